/* counted_event: births, deaths and moves that count, in scope, with the day they were registered and what the forms ask of them.
   The code of a birth or death is that of its registration; that of a move stands on the event, else on the registration. Where somebody
   came from is told by the move out that was matched with the move in, else by the address: one that names a village, a hamlet or a
   group is rural, one that names a street, a community or a building urban. stay_on is the day on which the registration entered the
   register or left it. */
CREATE OR REPLACE TEMP TABLE counted_event AS
WITH happened AS (
    SELECT
        'police_birth' AS record_type,
        event_id AS record_key,
        CASE WHEN coalesce(registration_kind, 'birth') = 'birth' THEN 'birth' ELSE 'late_birth' END AS movement,
        registered_on AS happened_on,
        birth_date AS fact_on,
        CAST(NULL AS VARCHAR) AS other_code,
        CAST(NULL AS VARCHAR) AS origin_text,
        CAST(NULL AS VARCHAR) AS urban_rural_code,
        CAST(NULL AS VARCHAR) AS move_reason
    FROM std.police_birth
    UNION ALL
    SELECT
        'police_death' AS record_type,
        event_id AS record_key,
        'death' AS movement,
        registered_on AS happened_on,
        death_date AS fact_on,
        NULL AS other_code,
        NULL AS origin_text,
        NULL AS urban_rural_code,
        NULL AS move_reason
    FROM std.police_death
    UNION ALL
    SELECT
        'police_move_in' AS record_type,
        event_id AS record_key,
        'move_in' AS movement,
        moved_in_on AS happened_on,
        NULL AS fact_on,
        origin_code AS other_code,
        origin_text,
        urban_rural_code,
        move_reason
    FROM std.police_move_in
    UNION ALL
    SELECT
        'police_move_out' AS record_type,
        event_id AS record_key,
        'move_out' AS movement,
        moved_out_on AS happened_on,
        NULL AS fact_on,
        destination_code AS other_code,
        NULL AS origin_text,
        urban_rural_code,
        move_reason
    FROM std.police_move_out
),

own AS (
    SELECT
        happened.*,
        event.county_code,
        event.station_code,
        event.sex,
        coalesce(linked.registration_id, event.registration_id) AS registration_id,
        CASE WHEN happened.movement = 'move_in' THEN happened.record_key END AS move_in_id
    FROM happened
    INNER JOIN scope.event AS event ON happened.record_type = event.record_type AND happened.record_key = event.record_key
    INNER JOIN scope.county AS county ON event.county_code = county.county_code
    LEFT JOIN link.event AS linked ON happened.record_type = linked.record_type AND happened.record_key = linked.record_key
),

-- Only what events name: joined to the view itself, the whole register would be hashed.
stay AS (
    SELECT
        registration_id,
        county_code,
        is_told,
        entered_on,
        left_on,
        sex,
        urban_rural_code
    FROM scope.stay
    WHERE registration_id IN (SELECT own.registration_id FROM own)
)

SELECT
    own.record_type,
    own.record_key,
    own.movement,
    own.happened_on,
    own.county_code,
    own.station_code,
    own.registration_id,
    own.other_code,
    own.move_reason,
    landed.move_out_id,
    stay.county_code AS stay_county,
    stay.is_told,
    CASE WHEN own.movement IN ('birth', 'late_birth', 'move_in') THEN stay.entered_on ELSE stay.left_on END AS stay_on,
    coalesce(own.fact_on, departure.moved_out_on) AS fact_on,
    CASE WHEN coalesce(own.sex, '9') IN ('1', '2') THEN own.sex WHEN stay.sex IN ('1', '2') THEN stay.sex ELSE 'unknown' END
        AS sex,
    CASE left(coalesce(own.urban_rural_code, stay.urban_rural_code), 1)
        WHEN '1' THEN 'urban' WHEN '2' THEN 'rural' ELSE 'unknown'
    END AS urban_rural,
    CASE
        WHEN own.movement <> 'move_in' THEN NULL
        WHEN departure.urban_rural_code LIKE '1%' THEN 'urban'
        WHEN departure.urban_rural_code LIKE '2%' THEN 'rural'
        WHEN
            contains(own.origin_text, '村') OR contains(own.origin_text, '屯') OR contains(own.origin_text, '寨')
            OR contains(own.origin_text, '组')
            THEN 'rural'
        WHEN regexp_matches(own.origin_text, '[路街巷]|社区|居委会|小区|号楼') THEN 'urban'
        ELSE 'unknown'
    END AS origin_urban_rural,
    CASE
        WHEN own.movement NOT IN ('move_in', 'move_out') THEN NULL
        WHEN own.other_code IS NULL THEN 'unknown'
        WHEN own.other_code = own.county_code THEN 'county'
        WHEN left(own.other_code, 4) = left(own.county_code, 4) THEN 'prefecture'
        WHEN left(own.other_code, 2) = left(own.county_code, 2) THEN 'province'
        ELSE 'outside'
    END AS place
FROM own
LEFT JOIN stay ON own.registration_id = stay.registration_id
LEFT JOIN link.move AS landed ON own.move_in_id = landed.move_in_id
LEFT JOIN std.police_move_out AS departure ON landed.move_out_id = departure.event_id;
