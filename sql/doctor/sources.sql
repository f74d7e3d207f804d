-- What each source delivered last, and the longest it was ever silent; deliveries on one day count once.
WITH delivered AS (
    SELECT DISTINCT
        load.extract,
        load.delivered_on
    FROM ops.load AS load
    WHERE load.part IS DISTINCT FROM 'returned' AND load.delivered_on IS NOT NULL
),

spaced AS (
    SELECT
        extract,
        delivered_on,
        date_diff('day', lag(delivered_on) OVER (PARTITION BY extract ORDER BY delivered_on), delivered_on) AS days
    FROM delivered
)

SELECT
    extract,
    max(delivered_on) AS newest,
    max(days) AS longest,
    count(*) AS deliveries
FROM spaced
GROUP BY extract
ORDER BY extract
