/* link.activity: signs of life (CONTRACT reading 5). Where only a number tells whose they are, every registration that carries it gets
   them, for they speak against a death; a parent's number on the other sex proves nothing. Reversed and voided rows take no part. */

DELETE FROM link.activity;

CREATE OR REPLACE TEMP TABLE number_holder AS
SELECT
    citizen_id,
    record_key AS registration_id,
    sex
FROM numbered_record
WHERE record_type = 'police_resident' AND list_contains($proven_states, citizen_id_state);

INSERT INTO link.activity
WITH move AS (
    SELECT
        registration_id,
        citizen_id,
        'move_in' AS kind,
        moved_in_on AS activity_on,
        'police_move_in' AS record_type,
        event_id AS record_key
    FROM std.police_move_in
    WHERE NOT reversed AND moved_in_on IS NOT NULL
    UNION ALL
    SELECT
        registration_id,
        citizen_id,
        'move_out' AS kind,
        moved_out_on AS activity_on,
        'police_move_out' AS record_type,
        event_id AS record_key
    FROM std.police_move_out
    WHERE NOT reversed AND moved_out_on IS NOT NULL
),

known AS (
    SELECT
        m.*,
        n.registration_id AS known_id
    FROM move AS m
    LEFT JOIN link.person AS n ON m.registration_id = n.registration_id
)

SELECT
    known_id AS registration_id,
    kind,
    activity_on,
    record_type,
    record_key
FROM known
WHERE known_id IS NOT NULL
UNION ALL
SELECT
    h.registration_id,
    k.kind,
    k.activity_on,
    k.record_type,
    k.record_key
FROM known AS k
INNER JOIN number_holder AS h ON k.citizen_id = h.citizen_id
WHERE k.known_id IS NULL;

INSERT INTO link.activity
SELECT
    registration_id,
    'id_card' AS kind,
    id_card_issued_on AS activity_on,
    'police_resident' AS record_type,
    registration_id AS record_key
FROM std.police_resident
/* Identity cards exist since 1984: an older date stands for unknown. */
WHERE id_card_issued_on >= DATE '1984-04-06';

-- Not every child has a birth event. Children older than any death known cannot speak against one, and they are most of the register.
CREATE OR REPLACE TEMP TABLE child AS
WITH first_death AS (
    SELECT min(death_date) AS death_date
    FROM numbered_record
    WHERE record_type IN ('health_death', 'civil_cremation')
)

SELECT
    mother_id,
    father_id,
    birth_date,
    'police_birth' AS record_type,
    event_id AS record_key
FROM std.police_birth
WHERE NOT reversed AND birth_date IS NOT NULL
UNION ALL
SELECT
    r.mother_id,
    r.father_id,
    r.birth_date,
    r.record_type,
    r.record_key
FROM numbered_record AS r
CROSS JOIN first_death AS d
WHERE r.record_type = 'police_resident' AND r.birth_date > d.death_date
UNION ALL
SELECT
    b.mother_id,
    b.father_id,
    b.birth_date,
    'health_birth' AS record_type,
    b.birth_cert_no AS record_key
FROM std.health_birth AS b
CROSS JOIN first_death AS d
WHERE NOT b.voided AND b.birth_date > d.death_date;

INSERT INTO link.activity
SELECT
    h.registration_id,
    'birth_as_mother' AS kind,
    c.birth_date AS activity_on,
    c.record_type,
    c.record_key
FROM child AS c
INNER JOIN number_holder AS h ON c.mother_id = h.citizen_id
WHERE h.sex <> '1'
UNION ALL
SELECT
    h.registration_id,
    'birth_as_father' AS kind,
    c.birth_date AS activity_on,
    c.record_type,
    c.record_key
FROM child AS c
INNER JOIN number_holder AS h ON c.father_id = h.citizen_id
WHERE h.sex <> '2';

DROP TABLE child;
DROP TABLE number_holder;
