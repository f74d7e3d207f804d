-- Files of tonight's deliveries: those that no good run has published yet. Returned worklists have receipts of their own.
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
WHERE
    NOT load.superseded
    AND load.extract <> 'verification_result'
    AND load.run_id NOT IN (SELECT run_id FROM ops.run WHERE status = 'done')
ORDER BY load.extract, load.delivered_on, load.file
