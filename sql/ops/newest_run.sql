-- The newest run, whatever became of it.
SELECT run_id, as_of, status
FROM ops.run
ORDER BY started_at DESC, run_id DESC
LIMIT 1
