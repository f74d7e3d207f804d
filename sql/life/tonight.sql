-- What the rules raised this night, in the shape of find.finding; filled by the stage, taken over by settle.
CREATE OR REPLACE TEMP TABLE tonight AS
SELECT * FROM find.finding
WHERE FALSE;

-- Findings that were dismissed on other evidence, with what is new.
CREATE OR REPLACE TEMP TABLE changed (finding_id VARCHAR, detail VARCHAR);

-- Findings that ask about more records than before.
CREATE OR REPLACE TEMP TABLE grown (finding_id VARCHAR);

-- Findings that were answered before they asked about all they ask tonight.
CREATE OR REPLACE TEMP TABLE unasked (finding_id VARCHAR);

-- Findings that were answered as corrected and are found in a later delivery.
CREATE OR REPLACE TEMP TABLE uncorrected (finding_id VARCHAR);
