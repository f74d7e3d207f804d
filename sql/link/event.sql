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
    e.record_type,
    e.record_key,
    e.registration_id,
    n.person_id,
    'registration_id' AS how,
    'A' AS tier
FROM police_event AS e
INNER JOIN link.person AS n ON e.registration_id = n.registration_id;

INSERT INTO link.event
WITH waiting AS (
    SELECT e.*
    FROM police_event AS e
    LEFT JOIN link.event AS k ON e.record_type = k.record_type AND e.record_key = k.record_key
    WHERE k.record_key IS NULL
),

candidate AS (
    SELECT
        w.record_type,
        w.record_key,
        r.registration_id,
        'number' AS how,
        'A' AS tier,
        CASE WHEN r.station_code = w.station_code THEN 0 ELSE 1 END AS away,
        r.is_active
    FROM waiting AS w
    INNER JOIN scope.registration AS r ON w.citizen_id = r.citizen_id
    WHERE w.name_key = r.name_key OR w.birth_date = r.birth_date
    UNION ALL
    SELECT
        w.record_type,
        w.record_key,
        r.registration_id,
        'person' AS how,
        'C' AS tier,
        0 AS away,
        r.is_active
    FROM waiting AS w
    INNER JOIN scope.registration AS r
        ON w.name_key = r.name_key AND w.birth_date = r.birth_date AND w.station_code = r.station_code
    WHERE (w.citizen_id IS NULL OR r.citizen_id IS NULL) AND (w.sex = r.sex OR w.sex IS NULL OR w.sex IN ('0', '9'))
),

placed AS (
    SELECT
        c.*,
        n.person_id,
        min(n.person_id) OVER (PARTITION BY c.record_type, c.record_key, c.how) AS first_person,
        max(n.person_id) OVER (PARTITION BY c.record_type, c.record_key, c.how) AS last_person,
        row_number() OVER (
            PARTITION BY c.record_type, c.record_key
            ORDER BY c.how ASC, c.away ASC, CASE WHEN c.is_active THEN 0 ELSE 1 END ASC, c.registration_id ASC
        ) AS place
    FROM candidate AS c
    INNER JOIN link.person AS n ON c.registration_id = n.registration_id
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
    m.event_id AS move_in_id,
    m.moved_in_on,
    m.origin_code,
    e.person_id,
    e.registration_id,
    p.registration_id AS origin_id
FROM std.police_move_in AS m
INNER JOIN link.event AS e ON m.event_id = e.record_key AND e.record_type = 'police_move_in'
INNER JOIN link.person AS p ON e.person_id = p.person_id
WHERE NOT m.reversed AND e.registration_id <> p.registration_id;

DELETE FROM link.origin_active;

INSERT INTO link.origin_active
SELECT
    l.move_in_id,
    l.moved_in_on,
    l.person_id,
    l.registration_id,
    l.origin_id
FROM landing AS l
INNER JOIN scope.resident AS n ON l.registration_id = n.registration_id
INNER JOIN scope.resident AS o ON l.origin_id = o.registration_id
WHERE l.origin_code = o.county_code AND (o.registered_on IS NULL OR o.registered_on <= l.moved_in_on);

DROP TABLE landing;
