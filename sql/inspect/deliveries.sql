-- What was delivered, and how much of it could be used? One row per file; a superseded one is no longer in raw.
-- Columns: extract, delivered_on, file, rows, rows_rejected, values_rejected, refused_columns, encoding, superseded, run_id
WITH rejects AS (
    SELECT
        load_id,
        count(DISTINCT CASE WHEN severity = 'row' THEN line END) AS rows_rejected,
        count(CASE WHEN severity = 'value' THEN line END) AS values_rejected
    FROM ops.reject
    GROUP BY load_id
)

SELECT
    load.extract,
    load.delivered_on,
    load.file,
    load.rows,
    coalesce(rejects.rows_rejected, 0) AS rows_rejected,
    coalesce(rejects.values_rejected, 0) AS values_rejected,
    load.refused_columns,
    load.encoding,
    load.superseded,
    load.run_id
FROM ops.load AS load
LEFT JOIN rejects ON load.load_id = rejects.load_id
ORDER BY load.extract ASC, load.delivered_on DESC, load.file ASC;
