-- Tables were made anew or got columns: what is standardised and linked is made again, and no stage of an unfinished run counts as
-- finished.
DELETE FROM ops.standardised;

DELETE FROM ops.linked;

DELETE FROM ops.stage
WHERE run_id IN (SELECT run.run_id FROM ops.run AS run WHERE run.status <> 'done');
