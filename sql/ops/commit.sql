-- One transaction more; the same number goes into <home>/warehouse.state.
INSERT INTO ops.state (commits)
SELECT 0 AS commits
WHERE NOT EXISTS (SELECT 1 FROM ops.state);

UPDATE ops.state SET commits = commits + 1
RETURNING commits
