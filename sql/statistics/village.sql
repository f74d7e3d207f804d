/*
what = "Registered persons of each village by urban code, kept for the last night of each month."
unit = "registrations"
source = "police_resident"
reading = """\
Active registrations by the code of the village they are registered in. The register shows only the present code: what is kept here is the \
memory that tells later where a code was changed."""
since = "2026-11"
*/
SELECT
    CAST($as_of AS DATE) AS as_of,
    station_code,
    community_code,
    urban_rural_code,
    CAST(sum(persons) AS BIGINT) AS persons
FROM resident
WHERE community_code IS NOT NULL
GROUP BY station_code, community_code, urban_rural_code
ORDER BY station_code, community_code, urban_rural_code
