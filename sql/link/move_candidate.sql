/* move_candidate: a move-out and a move-in that may be two ends of one move, with a place for each pair, best first. A migration
   certificate or permit may name a whole household, so that it also takes the same person. Without a paper the ends have to name
   each other's county, or to lie within the days that a certificate allows ($longest_days). */
CREATE OR REPLACE TEMP TABLE move_candidate AS
WITH move_out AS (
    SELECT
        m.*,
        v.county_code,
        e.person_id
    FROM std.police_move_out AS m
    INNER JOIN scope.event AS v ON m.event_id = v.record_key AND v.record_type = 'police_move_out'
    LEFT JOIN link.event AS e ON m.event_id = e.record_key AND e.record_type = 'police_move_out'
),

move_in AS (
    SELECT
        m.*,
        v.county_code,
        e.person_id
    FROM std.police_move_in AS m
    INNER JOIN scope.event AS v ON m.event_id = v.record_key AND v.record_type = 'police_move_in'
    LEFT JOIN link.event AS e ON m.event_id = e.record_key AND e.record_type = 'police_move_in'
),

met AS (
    SELECT
        o.event_id AS move_out_id,
        i.event_id AS move_in_id,
        1 AS step
    FROM move_out AS o
    INNER JOIN move_in AS i ON o.certificate_no = i.certificate_no
    UNION ALL
    SELECT
        o.event_id AS move_out_id,
        i.event_id AS move_in_id,
        2 AS step
    FROM move_out AS o
    INNER JOIN move_in AS i ON o.permit_no = i.permit_no
    UNION ALL
    SELECT
        o.event_id AS move_out_id,
        i.event_id AS move_in_id,
        3 AS step
    FROM move_out AS o
    INNER JOIN move_in AS i ON o.citizen_id = i.citizen_id
    UNION ALL
    SELECT
        o.event_id AS move_out_id,
        i.event_id AS move_in_id,
        4 AS step
    FROM move_out AS o
    INNER JOIN move_in AS i ON o.person_id = i.person_id
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
        n.*,
        i.moved_in_on - o.moved_out_on AS days,
        coalesce(o.citizen_id = i.citizen_id, FALSE) AS same_number,
        coalesce(o.person_id = i.person_id, FALSE) AS same_person,
        coalesce(o.name_key = i.name_key, FALSE) AS same_name,
        coalesce(o.birth_date = i.birth_date, FALSE) AS same_birth_date,
        coalesce(o.birth_date <> i.birth_date, FALSE) AS other_birth_date,
        coalesce(o.sex = i.sex, FALSE) AS same_sex,
        coalesce(o.citizen_id <> i.citizen_id, FALSE) AS other_number,
        coalesce(o.certificate_no <> i.certificate_no, FALSE) AS other_certificate,
        coalesce(o.destination_code, i.county_code) = i.county_code
        AND coalesce(i.origin_code, o.county_code) = o.county_code
        AND (o.destination_code IS NOT NULL OR i.origin_code IS NOT NULL) AS same_places
    FROM nearest AS n
    INNER JOIN move_out AS o ON n.move_out_id = o.event_id
    INNER JOIN move_in AS i ON n.move_in_id = i.event_id
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
    CASE WHEN same_number THEN 'A' ELSE 'B' END AS tier,
    row_number() OVER (
        ORDER BY
            step ASC,
            CASE WHEN in_time THEN 0 ELSE 1 END ASC,
            CASE WHEN same_places THEN 0 ELSE 1 END ASC,
            abs(days) ASC,
            move_out_id ASC,
            move_in_id ASC
    ) AS place
FROM one_person
WHERE step <= 2 OR in_time OR (same_places AND NOT other_certificate);
