-- Where the questions to each station stand, and how it answered so far; those with the most open ones first.
WITH newest AS (SELECT max(as_of) AS as_of FROM stats.night)

SELECT
    station_code,
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
WHERE night.finding_type = 'all'
ORDER BY open DESC, station_code ASC
LIMIT $stations
