-- What the newest night found and what changed, by type.
WITH newest AS (SELECT max(as_of) AS as_of FROM stats.night)

SELECT
    finding_type,
    found,
    new,
    reopened,
    resolved,
    dismissed
FROM stats.night AS night
INNER JOIN newest ON night.as_of = newest.as_of
WHERE night.station_code = 'all'
ORDER BY finding_type
