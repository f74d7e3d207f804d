-- Whose list a file may be by its numbers (table list_number): who was asked about every one of them.
WITH listed AS (
    SELECT count(*) AS numbers
    FROM list_number
),

agency AS (
    SELECT unnest(['health', 'civil_affairs']) AS agency
),

asked AS (
    SELECT
        asked.finding_id,
        asked.station_code AS recipient
    FROM find.asked AS asked
    INNER JOIN list_number ON asked.finding_id = list_number.finding_id
    INNER JOIN find.finding AS finding ON asked.finding_id = finding.finding_id
    WHERE asked.station_code <> '' AND finding.agency LIKE '%police%'
    UNION
    SELECT
        finding.finding_id,
        agency.agency AS recipient
    FROM find.finding AS finding
    INNER JOIN list_number ON finding.finding_id = list_number.finding_id
    INNER JOIN agency ON strpos(finding.agency, agency.agency) > 0
)

SELECT
    asked.recipient,
    station.station_name
FROM asked
LEFT JOIN std.station AS station ON asked.recipient = station.station_code
CROSS JOIN listed
GROUP BY asked.recipient, station.station_name
HAVING count(DISTINCT asked.finding_id) = max(listed.numbers)
ORDER BY asked.recipient
