-- Runs that began after the first entry about a run, and that no entry is about.
SELECT run.run_id
FROM ops.run AS run
WHERE
    run.started_at > (SELECT min(noted_at) FROM ops.audit WHERE run_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM ops.audit AS entry WHERE entry.run_id = run.run_id)
ORDER BY run.run_id
