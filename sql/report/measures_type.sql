-- Where the questions of each type stand, and how stations answered them so far.
WITH newest AS (SELECT max(as_of) AS as_of FROM stats.night)

SELECT
    finding_type,
    open,
    overdue,
    waiting,
    closed,
    answered,
    median_days_to_answer AS median_days,
    confirmed_share,
    dismissed_share
FROM stats.night AS night
INNER JOIN newest ON night.as_of = newest.as_of
WHERE night.station_code = 'all'
ORDER BY finding_type
