-- The newest run, where it is of this night and did not finish: a later run of another night closes it.
WITH newest AS (
    SELECT run_id, as_of, status, program
    FROM ops.run
    ORDER BY started_at DESC, run_id DESC
    LIMIT 1
)

SELECT run_id, program FROM newest WHERE as_of = $as_of AND status <> 'done'
