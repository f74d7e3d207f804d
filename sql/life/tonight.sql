-- What the rules raised this night, in the shape of find.finding; filled by the stage, taken over at the end.
CREATE OR REPLACE TEMP TABLE tonight AS
SELECT * FROM find.finding
WHERE FALSE;

-- What is new about findings that are known, one row per condition; detail goes to the history.
CREATE OR REPLACE TEMP TABLE news (finding_id VARCHAR, condition VARCHAR, detail VARCHAR);

-- The reasons for a status in order of precedence, as settling/statuses.py declares them.
CREATE OR REPLACE TEMP TABLE status_reason (place INTEGER, condition VARCHAR, status VARCHAR);
