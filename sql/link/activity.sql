/* link.activity: signs of life, and a person's word about a death (CONTRACT readings 5 and 15). Where only a number tells whose they
   are, every registration that carries it gets them, for they speak against a death; a parent's number on the other sex proves nothing.
   Reversed and voided rows take no part, but that a death was reversed is somebody's word. */

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

INSERT INTO link.activity
SELECT
    registration_id,
    'restored' AS kind,
    registered_on AS activity_on,
    'police_resident' AS record_type,
    registration_id AS record_key
FROM std.police_resident
WHERE registration_kind = 'restored' AND registered_on IS NOT NULL;

/* No column says when a death was reversed. It was by the first delivery that says so, and not before the death was entered: an entry
   made after the day of death, or for that same day, whose reversal was delivered when the evidence had been reported, is a word about
   this evidence. What was reported later than that is news. */
INSERT INTO link.activity
WITH reversed_death AS (
    SELECT
        event.event_id,
        event.registration_id,
        event.citizen_id,
        event.registered_on,
        event.death_date,
        min(load.delivered_on) AS said_on
    FROM std.police_death AS event
    INNER JOIN raw.police_death AS standing ON event._load_id = standing._load_id AND event._line = standing._line
    INNER JOIN raw.police_death AS told ON standing.event_id = told.event_id AND standing.reversed = told.reversed
    INNER JOIN ops.load AS load ON told._load_id = load.load_id
    WHERE event.reversed
    GROUP BY event.event_id, event.registration_id, event.citizen_id, event.registered_on, event.death_date
),

concerned AS (
    SELECT
        event.*,
        coalesce(named.registration_id, holder.registration_id) AS concerned_id
    FROM reversed_death AS event
    LEFT JOIN link.person AS named ON event.registration_id = named.registration_id
    LEFT JOIN number_holder AS holder
        ON CASE WHEN named.registration_id IS NULL THEN event.citizen_id END = holder.citizen_id
),

reported AS (
    SELECT
        person.person_id,
        max(evidence.death_date) AS death_on,
        max(coalesce(health.reported_on, cremation.cremated_on, evidence.death_date)) AS reported_on
    FROM concerned
    INNER JOIN link.person AS said ON concerned.concerned_id = said.registration_id
    INNER JOIN link.person AS person ON said.person_id = person.person_id
    INNER JOIN link.death_evidence AS evidence ON person.registration_id = evidence.registration_id
    LEFT JOIN std.health_death AS health ON evidence.record_type = 'health_death' AND evidence.record_key = health.death_cert_no
    LEFT JOIN std.civil_cremation AS cremation
        ON evidence.record_type = 'civil_cremation' AND evidence.record_key = cremation.cremation_cert_no
    GROUP BY person.person_id
)

SELECT
    concerned.concerned_id AS registration_id,
    'death_reversed' AS kind,
    concerned.said_on AS activity_on,
    'police_death' AS record_type,
    concerned.event_id AS record_key
FROM concerned
INNER JOIN link.person AS person ON concerned.concerned_id = person.registration_id
INNER JOIN reported ON person.person_id = reported.person_id
WHERE
    concerned.said_on >= reported.reported_on
    AND (
        concerned.registered_on >= reported.death_on
        OR abs(concerned.death_date - reported.death_on) <= $death_date_tolerance_days
    );

DROP TABLE child;
DROP TABLE number_holder;
