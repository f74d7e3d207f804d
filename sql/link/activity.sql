/* link.activity: signs of life (CONTRACT reading 5). A parent is found by number; a number that two persons share, or that
   belongs to the other sex, proves nothing about either. Reversed rows take no part. */

DELETE FROM link.activity;

CREATE OR REPLACE TEMP TABLE number_holder AS
SELECT
    r.citizen_id,
    min(r.record_key) AS registration_id,
    min(r.sex) AS sex
FROM numbered_record AS r
INNER JOIN link.person AS n ON r.record_key = n.registration_id
WHERE r.record_type = 'police_resident' AND r.citizen_id_state IN ('valid', 'upgraded')
GROUP BY r.citizen_id
HAVING count(DISTINCT n.person_id) = 1;

INSERT INTO link.activity
SELECT
    coalesce(m.registration_id, h.registration_id) AS registration_id,
    'move_in' AS kind,
    m.moved_in_on AS activity_on,
    'police_move_in' AS record_type,
    m.event_id AS record_key
FROM std.police_move_in AS m
LEFT JOIN number_holder AS h ON m.citizen_id = h.citizen_id
WHERE NOT coalesce(m.reversed, FALSE) AND coalesce(m.registration_id, h.registration_id) IS NOT NULL AND m.moved_in_on IS NOT NULL;

INSERT INTO link.activity
SELECT
    coalesce(m.registration_id, h.registration_id) AS registration_id,
    'move_out' AS kind,
    m.moved_out_on AS activity_on,
    'police_move_out' AS record_type,
    m.event_id AS record_key
FROM std.police_move_out AS m
LEFT JOIN number_holder AS h ON m.citizen_id = h.citizen_id
WHERE NOT coalesce(m.reversed, FALSE) AND coalesce(m.registration_id, h.registration_id) IS NOT NULL AND m.moved_out_on IS NOT NULL;

INSERT INTO link.activity
SELECT
    registration_id,
    'id_card' AS kind,
    id_card_issued_on AS activity_on,
    'police_resident' AS record_type,
    registration_id AS record_key
FROM std.police_resident
WHERE id_card_issued_on IS NOT NULL;

INSERT INTO link.activity
SELECT
    h.registration_id,
    'birth_as_mother' AS kind,
    b.birth_date AS activity_on,
    'police_birth' AS record_type,
    b.event_id AS record_key
FROM std.police_birth AS b
INNER JOIN number_holder AS h ON b.mother_id = h.citizen_id AND h.sex <> '1'
WHERE NOT coalesce(b.reversed, FALSE) AND b.birth_date IS NOT NULL;

INSERT INTO link.activity
SELECT
    h.registration_id,
    'birth_as_father' AS kind,
    b.birth_date AS activity_on,
    'police_birth' AS record_type,
    b.event_id AS record_key
FROM std.police_birth AS b
INNER JOIN number_holder AS h ON b.father_id = h.citizen_id AND h.sex <> '2'
WHERE NOT coalesce(b.reversed, FALSE) AND b.birth_date IS NOT NULL;

DROP TABLE number_holder;
