-- The county is the first six characters of the station's code (CONTRACT §1); of an entry of the roll, of the station that settles it.
CREATE OR REPLACE VIEW scope.event AS
SELECT
    'police_birth' AS record_type,
    event_id AS record_key,
    registration_id,
    citizen_id,
    name_key,
    sex,
    birth_date,
    station_code,
    left(station_code, 6) AS county_code
FROM std.police_birth
WHERE NOT reversed
UNION ALL
SELECT
    'police_death' AS record_type,
    event_id AS record_key,
    registration_id,
    citizen_id,
    name_key,
    sex,
    birth_date,
    station_code,
    left(station_code, 6) AS county_code
FROM std.police_death
WHERE NOT reversed
UNION ALL
SELECT
    'police_move_in' AS record_type,
    event_id AS record_key,
    registration_id,
    citizen_id,
    name_key,
    sex,
    birth_date,
    station_code,
    left(station_code, 6) AS county_code
FROM std.police_move_in
WHERE NOT reversed
UNION ALL
SELECT
    'police_move_out' AS record_type,
    event_id AS record_key,
    registration_id,
    citizen_id,
    name_key,
    sex,
    birth_date,
    station_code,
    left(station_code, 6) AS county_code
FROM std.police_move_out
WHERE NOT reversed
UNION ALL
SELECT
    'relocation_roll' AS record_type,
    roll_no AS record_key,
    NULL AS registration_id,
    citizen_id,
    name_key,
    sex,
    birth_date,
    resettlement_station_code AS station_code,
    left(resettlement_station_code, 6) AS county_code
FROM std.relocation_roll;
COMMENT ON VIEW scope.event IS 'Events of the police that are not reversed, and entries of the relocation roll: whose they are and where.';
COMMENT ON COLUMN scope.event.registration_id IS 'Registration the event names.';
COMMENT ON COLUMN scope.event.station_code IS 'Station of the event; of an entry of the roll, the one at the new place.';
COMMENT ON COLUMN scope.event.county_code IS 'County of that station; scope.county says whether it is in scope.';
