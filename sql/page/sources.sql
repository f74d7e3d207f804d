-- How old is the newest delivery of each extract, and how much of it could not be used?
-- Columns: extract, newest, days, rows, rejected
WITH rejects AS (
    SELECT
        load_id,
        count(DISTINCT line) AS rejected
    FROM ops.reject
    WHERE severity = 'row'
    GROUP BY load_id
)

SELECT
    load.extract,
    max(load.delivered_on) AS newest,
    date_diff('day', max(load.delivered_on), cast($as_of AS DATE)) AS days,
    CAST(sum(load.rows) AS BIGINT) AS rows,
    CAST(sum(coalesce(rejects.rejected, 0)) AS BIGINT) AS rejected
FROM ops.load AS load
LEFT JOIN rejects ON load.load_id = rejects.load_id
WHERE NOT load.superseded
GROUP BY load.extract
ORDER BY load.extract
