-- Where are the open questions? By station and type: how many of each tier, how many past their date; tier D is on no list.
-- Columns: county_name, station_name, station_code, finding_type, open_findings, tier_a, tier_b, tier_c, tier_d, overdue, oldest
WITH newest AS (SELECT max(last_seen_on) AS as_of FROM find.finding)

SELECT
    coalesce(station.county_name, '') AS county_name,
    coalesce(station.station_name, 'unrouted') AS station_name,
    finding.station_code,
    finding.finding_type,
    count(*) AS open_findings,
    count(CASE WHEN finding.tier = 'A' THEN 1 END) AS tier_a,
    count(CASE WHEN finding.tier = 'B' THEN 1 END) AS tier_b,
    count(CASE WHEN finding.tier = 'C' THEN 1 END) AS tier_c,
    count(CASE WHEN finding.tier = 'D' THEN 1 END) AS tier_d,
    count(CASE WHEN finding.due_on < newest.as_of THEN 1 END) AS overdue,
    min(finding.first_seen_on) AS oldest
FROM find.finding AS finding
CROSS JOIN newest
LEFT JOIN std.station AS station ON finding.station_code = station.station_code
WHERE finding.status IN ('open', 'reopened')
GROUP BY station.county_name, station.station_name, finding.station_code, finding.finding_type
ORDER BY open_findings DESC, finding.station_code ASC, finding.finding_type ASC;
