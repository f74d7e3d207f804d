/*
what = "Registered population on the day of the register, by county, station, sex, age and urban code."
unit = "registrations"
source = "police_resident"
reading = """\
Registrations that are active, in counties of the station table; who is registered twice counts twice, as in every figure of the \
register. Ages in completed years, in the bands of 公业57."""
since = "2026-11"
*/
WITH register AS (
    SELECT max(period_to) AS seen_on
    FROM stats.period
),

aged AS (
    SELECT
        resident.county_code,
        resident.station_code,
        CASE WHEN resident.sex IN ('1', '2') THEN resident.sex ELSE 'unknown' END AS sex,
        (
            year(register.seen_on) * 12 + month(register.seen_on) - year(resident.birth_date) * 12 - month(resident.birth_date)
            - CASE WHEN day(resident.birth_date) > day(register.seen_on) THEN 1 ELSE 0 END
        ) AS months,
        resident.urban_rural_code
    FROM scope.resident AS resident
    CROSS JOIN register
)

SELECT
    county_code,
    station_code,
    sex,
    CASE
        WHEN months IS NULL THEN 'unknown'
        WHEN months < 18 * 12 THEN '0-17'
        WHEN months < 35 * 12 THEN '18-34'
        WHEN months < 60 * 12 THEN '35-59'
        ELSE '60+'
    END AS age_band,
    urban_rural_code,
    count(*) AS persons
FROM aged
GROUP BY ALL
ORDER BY ALL
