-- register_change: who entered the register and who left it, since the first day that figures tell of.
CREATE OR REPLACE TEMP TABLE register_change AS
WITH window_start AS (
    SELECT min(period_to) AS begins_after
    FROM stats.period
),

dated AS (
    SELECT
        stay.registration_id,
        stay.county_code,
        stay.station_code,
        stay.urban_rural_code,
        stay.birth_date,
        coalesce(stay.registration_kind, 'birth') AS registration_kind,
        coalesce(stay.cancel_kind, 'unread') AS cancel_kind,
        stay.entered_on > window_start.begins_after AS is_new,
        stay.left_on > window_start.begins_after AS is_gone,
        stay.entered_on,
        stay.left_on
    FROM scope.stay AS stay
    CROSS JOIN window_start
    WHERE stay.is_told AND (stay.entered_on > window_start.begins_after OR stay.left_on > window_start.begins_after)
)

SELECT
    registration_id,
    county_code,
    station_code,
    urban_rural_code,
    birth_date,
    TRUE AS is_entry,
    entered_on AS happened_on,
    registration_kind AS kind
FROM dated
WHERE is_new
UNION ALL
SELECT
    registration_id,
    county_code,
    station_code,
    urban_rural_code,
    birth_date,
    FALSE AS is_entry,
    left_on AS happened_on,
    cancel_kind AS kind
FROM dated
WHERE is_gone;
