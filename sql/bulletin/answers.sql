-- Of each county: how many questions were answered since the first day, and how many of them were right?
-- Columns: county_code, answered, confirmed, refuted
SELECT
    substr(finding.station_code, 1, 6) AS county_code,
    count(*) AS answered,
    count(CASE WHEN judgement.outcome IN ('confirmed', 'corrected') THEN 1 END) AS confirmed,
    count(CASE WHEN judgement.outcome = 'not_an_error' THEN 1 END) AS refuted
FROM ops.newest_judgement AS judgement
INNER JOIN find.finding AS finding ON judgement.finding_id = finding.finding_id
WHERE
    finding.station_code IS NOT NULL
    AND judgement.outcome <> 'wrong_station'
    AND judgement.verified_on >= cast($since AS DATE)
GROUP BY substr(finding.station_code, 1, 6)
ORDER BY county_code
