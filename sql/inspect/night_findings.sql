-- What the newest night found, by type; the columns after found say where those findings stand.
WITH night AS (SELECT max(last_seen_on) AS as_of FROM find.finding)

SELECT
    finding.finding_type,
    count(*) AS found,
    count(CASE WHEN finding.first_seen_on = night.as_of THEN 1 END) AS new,
    count(CASE WHEN finding.tier = 'D' THEN 1 END) AS analysts_only,
    count(CASE WHEN finding.tier <> 'D' AND finding.station_code IS NULL THEN 1 END) AS unrouted,
    count(CASE WHEN finding.status IN ('confirmed', 'dismissed', 'undetermined') THEN 1 END) AS answered
FROM find.finding AS finding
INNER JOIN night ON finding.last_seen_on = night.as_of
GROUP BY finding.finding_type
ORDER BY finding.finding_type
