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
        move.*,
        person.registration_id AS known_id
    FROM move
    LEFT JOIN link.person AS person ON move.registration_id = person.registration_id
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
    holder.registration_id,
    known.kind,
    known.activity_on,
    known.record_type,
    known.record_key
FROM known
INNER JOIN number_holder AS holder ON known.citizen_id = holder.citizen_id
WHERE known.known_id IS NULL;

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
    registration.mother_id,
    registration.father_id,
    registration.birth_date,
    registration.record_type,
    registration.record_key
FROM numbered_record AS registration
CROSS JOIN first_death
WHERE registration.record_type = 'police_resident' AND registration.birth_date > first_death.death_date
UNION ALL
SELECT
    certificate.mother_id,
    certificate.father_id,
    certificate.birth_date,
    'health_birth' AS record_type,
    certificate.birth_cert_no AS record_key
FROM std.health_birth AS certificate
CROSS JOIN first_death
WHERE NOT certificate.voided AND certificate.birth_date > first_death.death_date;

INSERT INTO link.activity
SELECT
    holder.registration_id,
    'birth_as_mother' AS kind,
    child.birth_date AS activity_on,
    child.record_type,
    child.record_key
FROM child
INNER JOIN number_holder AS holder ON child.mother_id = holder.citizen_id
WHERE holder.sex <> '1'
UNION ALL
SELECT
    holder.registration_id,
    'birth_as_father' AS kind,
    child.birth_date AS activity_on,
    child.record_type,
    child.record_key
FROM child
INNER JOIN number_holder AS holder ON child.father_id = holder.citizen_id
WHERE holder.sex <> '2';

DROP TABLE child;
DROP TABLE number_holder;
