-- Files of a night's deliveries: those that no good run of an earlier day has published. Returned worklists have receipts of their own.
-- A run is named after its day.
WITH earlier AS (
    SELECT max(run.run_id) AS run_id
    FROM ops.run AS run
    WHERE run.status = 'done' AND left(run.run_id, 8) < left($run_id, 8)
)

SELECT
    load.load_id,
    load.extract,
    load.delivered_on,
    load.file,
    load.rows,
    load.encoding,
    load.refused_columns,
    load.ignored_columns
FROM ops.load AS load
CROSS JOIN earlier
WHERE
    NOT load.superseded
    AND load.extract <> 'verification_result'
    AND load.run_id > coalesce(earlier.run_id, '')
ORDER BY load.extract, load.delivered_on, load.file
