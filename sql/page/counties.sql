-- How many questions are open in each county, and how many is that for 10,000 registrations?
-- Columns: county_code, county_name, registrations, open, per_10000
WITH registered AS (
    SELECT
        county_code,
        sum(persons) AS registrations
    FROM stats.population
    GROUP BY county_code
),

asked AS (
    SELECT
        station.county_code,
        count(*) AS open
    FROM find.open_finding AS finding
    INNER JOIN std.station AS station ON finding.station_code = station.station_code
    GROUP BY station.county_code
)

SELECT
    place.county_code,
    place.county_name,
    CAST(coalesce(registered.registrations, 0) AS BIGINT) AS registrations,
    coalesce(asked.open, 0) AS open,
    CAST(coalesce(asked.open, 0) AS DOUBLE) * 10000 / nullif(registered.registrations, 0) AS per_10000
FROM scope.county AS place
LEFT JOIN registered ON place.county_code = registered.county_code
LEFT JOIN asked ON place.county_code = asked.county_code
ORDER BY place.county_code
