-- What the warehouse stands on: files, rows and rejects of each extract.
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
    max(load.delivered_on) AS newest,
    count(*) AS files,
    CAST(sum(load.rows) AS BIGINT) AS rows,
    CAST(sum(coalesce(rejects.rows_rejected, 0)) AS BIGINT) AS rows_rejected,
    CAST(sum(coalesce(rejects.values_rejected, 0)) AS BIGINT) AS values_rejected
FROM ops.load AS load
LEFT JOIN rejects ON load.load_id = rejects.load_id
WHERE NOT load.superseded
GROUP BY load.extract
ORDER BY load.extract
