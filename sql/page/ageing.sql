-- For how long have questions been open?
-- Columns: band, findings
WITH aged AS (
    SELECT date_diff('day', first_seen_on, cast($as_of AS DATE)) AS days
    FROM find.open_finding
),

banded AS (
    SELECT
        days,
        CASE
            WHEN days <= 7 THEN '0-7'
            WHEN days <= 30 THEN '8-30'
            WHEN days <= 60 THEN '31-60'
            WHEN days <= 90 THEN '61-90'
            ELSE '91+'
        END AS band
    FROM aged
)

SELECT
    band,
    count(*) AS findings
FROM banded
GROUP BY band
ORDER BY min(days)
