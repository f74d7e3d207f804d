-- Of each county and type: how many questions are open, overdue, new since the first day, and no longer found since then?
-- Columns: county_code, finding_type, open, overdue, new, resolved
SELECT
    station.county_code,
    finding.finding_type,
    count(CASE WHEN finding.status IN ('open', 'reopened') THEN 1 END) AS open,
    count(CASE WHEN finding.status IN ('open', 'reopened') AND finding.due_on < cast($as_of AS DATE) THEN 1 END) AS overdue,
    count(CASE WHEN finding.first_seen_on >= cast($since AS DATE) THEN 1 END) AS new,
    count(CASE WHEN finding.resolved_on >= cast($since AS DATE) THEN 1 END) AS resolved
FROM find.finding AS finding
INNER JOIN std.station AS station ON finding.station_code = station.station_code
WHERE finding.tier <> 'D'
GROUP BY station.county_code, finding.finding_type
ORDER BY station.county_code, finding.finding_type
