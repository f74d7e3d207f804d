/* link.event: which registration a police birth or move is about: the one it names; else that of the one person who bears its
   number and agrees on name or birth date; else of the one person of that name and birth date at that station. Of several
   registrations of the person the one at the event's station comes first, then an active one.
   link.origin_active: moves that left an active registration behind. */

DELETE FROM link.event;

CREATE OR REPLACE TEMP TABLE police_event AS
SELECT
    record_type,
    record_key,
    registration_id,
    citizen_id,
    name_key,
    sex,
    birth_date,
    station_code
FROM scope.event
WHERE record_type IN ('police_birth', 'police_move_in', 'police_move_out');

INSERT INTO link.event
SELECT
    event.record_type,
    event.record_key,
    event.registration_id,
    person.person_id,
    'registration_id' AS how,
    'A' AS tier
FROM police_event AS event
INNER JOIN link.person AS person ON event.registration_id = person.registration_id;

INSERT INTO link.event
WITH waiting AS (
    SELECT event.*
    FROM police_event AS event
    LEFT JOIN link.event AS known ON event.record_type = known.record_type AND event.record_key = known.record_key
    WHERE known.record_key IS NULL
),

candidate AS (
    SELECT
        waiting.record_type,
        waiting.record_key,
        registration.registration_id,
        'number' AS how,
        'A' AS tier,
        CASE WHEN registration.station_code = waiting.station_code THEN 0 ELSE 1 END AS away,
        registration.is_active
    FROM waiting
    INNER JOIN scope.registration AS registration ON waiting.citizen_id = registration.citizen_id
    WHERE waiting.name_key = registration.name_key OR waiting.birth_date = registration.birth_date
    UNION ALL
    SELECT
        waiting.record_type,
        waiting.record_key,
        registration.registration_id,
        'person' AS how,
        'C' AS tier,
        0 AS away,
        registration.is_active
    FROM waiting
    INNER JOIN scope.registration AS registration
        ON
            waiting.name_key = registration.name_key
            AND waiting.birth_date = registration.birth_date
            AND waiting.station_code = registration.station_code
    WHERE
        (waiting.citizen_id IS NULL OR registration.citizen_id IS NULL)
        AND (waiting.sex = registration.sex OR waiting.sex IS NULL OR waiting.sex IN ('0', '9'))
),

placed AS (
    SELECT
        candidate.*,
        person.person_id,
        min(person.person_id) OVER (PARTITION BY candidate.record_type, candidate.record_key, candidate.how) AS first_person,
        max(person.person_id) OVER (PARTITION BY candidate.record_type, candidate.record_key, candidate.how) AS last_person,
        row_number() OVER (
            PARTITION BY candidate.record_type, candidate.record_key
            ORDER BY
                candidate.how ASC, candidate.away ASC, CASE WHEN candidate.is_active THEN 0 ELSE 1 END ASC, candidate.registration_id ASC
        ) AS place
    FROM candidate
    INNER JOIN link.person AS person ON candidate.registration_id = person.registration_id
)

SELECT
    record_type,
    record_key,
    registration_id,
    person_id,
    how,
    tier
FROM placed
WHERE place = 1 AND first_person = last_person;

DROP TABLE police_event;

/* Both registrations of each move first, their places afterwards: joined in one go, counties would meet before persons do. */
CREATE OR REPLACE TEMP TABLE landing AS
SELECT
    move_in.event_id AS move_in_id,
    move_in.moved_in_on,
    move_in.origin_code,
    event.person_id,
    event.registration_id,
    other.registration_id AS origin_id
FROM std.police_move_in AS move_in
INNER JOIN link.event AS event ON move_in.event_id = event.record_key AND event.record_type = 'police_move_in'
INNER JOIN link.person AS other ON event.person_id = other.person_id
WHERE NOT move_in.reversed AND event.registration_id <> other.registration_id;

DELETE FROM link.origin_active;

INSERT INTO link.origin_active
SELECT
    landing.move_in_id,
    landing.moved_in_on,
    landing.person_id,
    landing.registration_id,
    landing.origin_id
FROM landing
INNER JOIN scope.resident AS destination ON landing.registration_id = destination.registration_id
INNER JOIN scope.resident AS origin ON landing.origin_id = origin.registration_id
WHERE landing.origin_code = origin.county_code AND (origin.registered_on IS NULL OR origin.registered_on <= landing.moved_in_on);

DROP TABLE landing;
