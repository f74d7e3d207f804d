/*
what = "Registered population on the day of the register, by county, station, sex, age and urban code."
unit = "registrations"
source = "police_resident"
reading = """\
Registrations that are active, in counties of the station table; who is registered twice counts twice, as in every figure of the \
register. Ages in completed years, in the bands of 公业57."""
since = "2026-11"
*/
SELECT
    county_code,
    station_code,
    CASE WHEN sex IN ('1', '2') THEN sex ELSE 'unknown' END AS sex,
    age_band,
    urban_rural_code,
    CAST(sum(persons) AS BIGINT) AS persons
FROM resident
GROUP BY ALL
ORDER BY ALL
