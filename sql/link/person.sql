/* link.person and link.person_history: every registration has a person; those in no match are their own.
   person_group: registration_id, leader_id, the smallest of its group.
   An id lives on with the group that holds most of the registrations that bore it, of several such groups with the one whose
   registration was seen first; a group that several ids come to bears the one that brings most registrations, then the one seen first.
   A group that no id comes to gets its smallest registration_id and a number never used before. Only what was said before tonight
   counts, so that a night that is repeated gives the same. */

DELETE FROM link.person_history
WHERE as_of >= CAST($as_of AS DATE);

CREATE OR REPLACE TEMP TABLE grouped_registration AS
SELECT
    registration.registration_id,
    coalesce(member.leader_id, registration.registration_id) AS group_key,
    member.registration_id IS NOT NULL AS is_grouped,
    CASE WHEN known.registration_id IS NULL THEN CAST($as_of AS DATE) ELSE known.first_seen_on END AS first_seen_on
FROM std.police_resident AS registration
LEFT JOIN person_group AS member ON registration.registration_id = member.registration_id
LEFT JOIN link.person AS known ON registration.registration_id = known.registration_id;

/* Most registrations are nobody else's and never were: they keep their own id and need no comparison. */
CREATE OR REPLACE TEMP TABLE person_before AS
WITH latest AS (
    SELECT
        registration_id,
        person_id,
        row_number() OVER (PARTITION BY registration_id ORDER BY as_of DESC) AS place
    FROM link.person_history
),

touched AS (
    SELECT registration_id FROM link.person_history
    UNION
    SELECT person_id AS registration_id FROM link.person_history
)

SELECT
    registration.registration_id,
    registration.group_key,
    registration.first_seen_on,
    coalesce(latest.person_id, registration.registration_id) AS person_id,
    row_number() OVER (ORDER BY registration.first_seen_on ASC NULLS FIRST, registration.registration_id ASC) AS seniority
FROM grouped_registration AS registration
LEFT JOIN latest ON registration.registration_id = latest.registration_id AND latest.place = 1
LEFT JOIN touched ON registration.registration_id = touched.registration_id
WHERE registration.is_grouped OR touched.registration_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE person_tonight AS
WITH claim AS (
    SELECT
        person_id,
        group_key,
        count(*) AS registrations,
        min(seniority) AS seniority
    FROM person_before
    GROUP BY person_id, group_key
),

won AS (
    SELECT
        person_id,
        group_key,
        registrations,
        seniority,
        row_number() OVER (PARTITION BY person_id ORDER BY registrations DESC, seniority ASC) AS place
    FROM claim
),

borne AS (
    SELECT
        person_id,
        group_key,
        row_number() OVER (PARTITION BY group_key ORDER BY registrations DESC, seniority ASC) AS place
    FROM won
    WHERE place = 1
),

numbered AS (
    SELECT
        registration_id,
        count(*) AS ids
    FROM link.person_history
    WHERE change = 'split' AND starts_with(person_id, registration_id || '~')
    GROUP BY registration_id
),

size AS (
    SELECT
        group_key,
        min(registration_id) AS first_registration,
        count(*) AS registrations
    FROM person_before
    GROUP BY group_key
)

SELECT
    size.group_key,
    size.registrations,
    borne.person_id IS NULL AS is_new,
    coalesce(borne.person_id, concat(size.first_registration, '~', coalesce(numbered.ids, 0) + 2)) AS person_id
FROM size
LEFT JOIN borne ON size.group_key = borne.group_key AND borne.place = 1
LEFT JOIN numbered ON size.first_registration = numbered.registration_id;

INSERT INTO link.person_history
SELECT
    before.registration_id,
    CAST($as_of AS DATE) AS as_of,
    $run_id AS run_id,
    CASE WHEN tonight.is_new THEN 'split' WHEN before.first_seen_on = CAST($as_of AS DATE) THEN 'joined' ELSE 'merged' END AS change,
    tonight.person_id,
    before.person_id AS other_id,
    tonight.registrations
FROM person_before AS before
INNER JOIN person_tonight AS tonight ON before.group_key = tonight.group_key
WHERE before.person_id <> tonight.person_id;

DELETE FROM link.person;

INSERT INTO link.person
SELECT
    registration.registration_id,
    coalesce(tonight.person_id, registration.registration_id) AS person_id,
    registration.first_seen_on
FROM grouped_registration AS registration
LEFT JOIN person_tonight AS tonight ON registration.group_key = tonight.group_key;

DROP TABLE person_tonight;
DROP TABLE person_before;
DROP TABLE grouped_registration;
