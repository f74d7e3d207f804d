-- Of each county: how many questions were answered since the first day, and how many of them were right?
-- Columns: county_code, answered, confirmed, refuted
SELECT
    station.county_code,
    count(*) AS answered,
    count(CASE WHEN judgement.outcome IN ('confirmed', 'corrected') THEN 1 END) AS confirmed,
    count(CASE WHEN judgement.outcome = 'not_an_error' THEN 1 END) AS refuted
FROM ops.newest_judgement AS judgement
INNER JOIN find.finding AS finding ON judgement.finding_id = finding.finding_id
INNER JOIN std.station AS station ON finding.station_code = station.station_code
WHERE
    judgement.outcome <> 'wrong_station'
    AND judgement.verified_on >= cast($since AS DATE)
GROUP BY station.county_code
ORDER BY station.county_code
