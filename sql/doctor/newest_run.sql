-- The newest run and how it ended.
SELECT
    run_id,
    as_of,
    status,
    message
FROM ops.run
ORDER BY started_at DESC, run_id DESC
LIMIT 1
