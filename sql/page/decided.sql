-- How often was a brake overruled by a person for this night?
-- Columns: overruled
SELECT count(*) AS overruled
FROM ops.audit AS audit
INNER JOIN ops.run AS run ON audit.run_id = run.run_id
WHERE audit.command = 'run' AND audit.decided_by IS NOT NULL AND run.as_of = cast($as_of AS DATE)
