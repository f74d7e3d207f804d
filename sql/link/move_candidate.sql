/* A move-out and a move-in that may be two ends of one move, a row for each pair, best first. A migration certificate or permit may name
   a whole household, so that it also takes the same person. Without a paper the ends have to name each other's county, or to lie
   within the days that a certificate allows ($longest_days). */
WITH move_out AS (
    SELECT
        move.*,
        event.county_code,
        linked.person_id
    FROM std.police_move_out AS move
    INNER JOIN scope.event AS event ON move.event_id = event.record_key AND event.record_type = 'police_move_out'
    LEFT JOIN link.event AS linked ON move.event_id = linked.record_key AND linked.record_type = 'police_move_out'
),

move_in AS (
    SELECT
        move.*,
        event.county_code,
        linked.person_id
    FROM std.police_move_in AS move
    INNER JOIN scope.event AS event ON move.event_id = event.record_key AND event.record_type = 'police_move_in'
    LEFT JOIN link.event AS linked ON move.event_id = linked.record_key AND linked.record_type = 'police_move_in'
),

met AS (
    SELECT
        move_out.event_id AS move_out_id,
        move_in.event_id AS move_in_id,
        1 AS step
    FROM move_out
    INNER JOIN move_in ON move_out.certificate_no = move_in.certificate_no
    UNION ALL
    SELECT
        move_out.event_id AS move_out_id,
        move_in.event_id AS move_in_id,
        2 AS step
    FROM move_out
    INNER JOIN move_in ON move_out.permit_no = move_in.permit_no
    UNION ALL
    SELECT
        move_out.event_id AS move_out_id,
        move_in.event_id AS move_in_id,
        3 AS step
    FROM move_out
    INNER JOIN move_in ON move_out.citizen_id = move_in.citizen_id
    UNION ALL
    SELECT
        move_out.event_id AS move_out_id,
        move_in.event_id AS move_in_id,
        4 AS step
    FROM move_out
    INNER JOIN move_in ON move_out.person_id = move_in.person_id
),

nearest AS (
    SELECT
        move_out_id,
        move_in_id,
        min(step) AS step
    FROM met
    GROUP BY move_out_id, move_in_id
),

compared AS (
    SELECT
        nearest.*,
        move_in.moved_in_on - move_out.moved_out_on AS days,
        coalesce(move_out.citizen_id = move_in.citizen_id, FALSE) AS same_number,
        coalesce(move_out.person_id = move_in.person_id, FALSE) AS same_person,
        coalesce(move_out.name_key = move_in.name_key, FALSE) AS same_name,
        coalesce(move_out.birth_date = move_in.birth_date, FALSE) AS same_birth_date,
        coalesce(move_out.birth_date <> move_in.birth_date, FALSE) AS other_birth_date,
        coalesce(move_out.sex = move_in.sex, FALSE) AS same_sex,
        coalesce(move_out.citizen_id <> move_in.citizen_id, FALSE) AS other_number,
        coalesce(move_out.certificate_no <> move_in.certificate_no, FALSE) AS other_certificate,
        coalesce(move_out.destination_code, move_in.county_code) = move_in.county_code
        AND coalesce(move_in.origin_code, move_out.county_code) = move_out.county_code
        AND (move_out.destination_code IS NOT NULL OR move_in.origin_code IS NOT NULL) AS same_places
    FROM nearest
    INNER JOIN move_out ON nearest.move_out_id = move_out.event_id
    INNER JOIN move_in ON nearest.move_in_id = move_in.event_id
),

one_person AS (
    SELECT
        *,
        days BETWEEN 0 AND $longest_days AS in_time
    FROM compared
    WHERE
        (same_number AND (same_name OR same_birth_date))
        OR same_person
        OR (same_name AND NOT other_birth_date AND NOT other_number)
        OR (same_birth_date AND same_sex AND NOT other_number AND step <= 2)
)

SELECT
    move_out_id,
    move_in_id,
    CASE step WHEN 1 THEN 'certificate' WHEN 2 THEN 'permit' WHEN 3 THEN 'number' ELSE 'person' END AS how,
    CASE WHEN same_number THEN 'A' ELSE 'B' END AS tier
FROM one_person
WHERE step <= 2 OR in_time OR (same_places AND NOT other_certificate)
ORDER BY
    step ASC,
    CASE WHEN in_time THEN 0 ELSE 1 END ASC,
    CASE WHEN same_places THEN 0 ELSE 1 END ASC,
    abs(days) ASC,
    move_out_id ASC,
    move_in_id ASC
