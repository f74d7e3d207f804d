-- What the rules raised this night, in the shape of find.finding; filled by the stage, taken over by settle.
CREATE OR REPLACE TEMP TABLE tonight AS
SELECT * FROM find.finding
WHERE FALSE;
