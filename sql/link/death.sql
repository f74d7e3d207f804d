/* link.death: one row per death. Health death and cremation are bonded one to one, the merged death goes to the person that
   is clearly the best, and to that person's subject registration (CONTRACT reading 1). Only what speaks for that very registration
   makes it more than a lead: who else is one person with it may be a twin. */

CREATE OR REPLACE TEMP TABLE death_evidence AS
WITH source AS (
    SELECT
        death_id,
        'health_death' AS record_type,
        health_key AS record_key
    FROM death_base
    WHERE health_key IS NOT NULL
    UNION ALL
    SELECT
        death_id,
        'civil_cremation' AS record_type,
        cremation_key AS record_key
    FROM death_base
    WHERE cremation_key IS NOT NULL
),

informed AS (
    SELECT DISTINCT
        right_type,
        right_key
    FROM link.death_cremation_pair
    WHERE veto = 'informant'
)

SELECT
    s.death_id,
    s.record_type,
    n.person_id,
    n.registration_id,
    -- The certificate or number of this cremation stands on a health death of somebody else: an informant's, so that it proves nobody.
    CASE WHEN i.right_key IS NULL THEN p.tier ELSE 'D' END AS tier,
    p.probability,
    p.match_weight,
    number.meaning = 'agrees' AS is_own_number,
    name.differs AS is_other_name,
    name.meaning = 'contradicts' OR birth_date.meaning = 'contradicts' OR sex.meaning = 'contradicts' AS contradicts
FROM link.death_pair AS p
INNER JOIN source AS s ON p.left_type = s.record_type AND p.left_key = s.record_key
INNER JOIN link.person AS n ON p.right_key = n.registration_id
LEFT JOIN informed AS i ON s.record_type = i.right_type AND s.record_key = i.right_key
INNER JOIN link.level AS number ON number.field = 'number' AND p.number_level = number.level
INNER JOIN link.level AS name ON name.field = 'name' AND p.name_level = name.level
INNER JOIN link.level AS birth_date ON birth_date.field = 'birth_date' AND p.birth_date_level = birth_date.level
INNER JOIN link.level AS sex ON sex.field = 'sex' AND p.sex_level = sex.level
WHERE p.decision = 'match';

/* Somebody with that name, or one alike, and that birth date, whatever his number says: the dead brother whose informant gave his own
   number. */
CREATE OR REPLACE TEMP TABLE death_rival AS
WITH source AS (
    SELECT
        death_id,
        'health_death' AS record_type,
        health_key AS record_key
    FROM death_base
    UNION ALL
    SELECT
        death_id,
        'civil_cremation' AS record_type,
        cremation_key AS record_key
    FROM death_base
)

SELECT DISTINCT
    s.death_id,
    n.person_id
FROM link.death_pair AS p
INNER JOIN source AS s ON p.left_type = s.record_type AND p.left_key = s.record_key
INNER JOIN link.person AS n ON p.right_key = n.registration_id
INNER JOIN link.level AS name ON name.field = 'name' AND p.name_level = name.level
INNER JOIN link.level AS birth_date ON birth_date.field = 'birth_date' AND p.birth_date_level = birth_date.level
INNER JOIN link.level AS sex ON sex.field = 'sex' AND p.sex_level = sex.level
WHERE name.meaning NOT IN ('contradicts', 'unknown') AND birth_date.meaning = 'agrees' AND sex.meaning <> 'contradicts';

CREATE OR REPLACE TEMP TABLE death_person AS
WITH per_person AS (
    SELECT
        death_id,
        person_id,
        count(DISTINCT record_type) AS sources,
        min(tier) AS tier,
        max(probability) AS probability,
        max(match_weight) AS match_weight,
        bool_and(is_other_name) AS is_other_name,
        bool_or(contradicts AND is_own_number) AS contradicts
    FROM death_evidence
    GROUP BY death_id, person_id
),

ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY death_id ORDER BY match_weight DESC, person_id ASC) AS place,
        lead(match_weight) OVER (PARTITION BY death_id ORDER BY match_weight DESC, person_id ASC) AS next_weight
    FROM per_person
)

SELECT
    ranked.death_id,
    ranked.person_id,
    ranked.probability,
    CASE
        WHEN ranked.match_weight - ranked.next_weight < $bits_ahead THEN 'D'
        WHEN two.death_id IS NOT NULL AND ranked.sources < 2 THEN 'D'
        WHEN ranked.is_other_name AND count(rival.person_id) > 0 THEN 'D'
        WHEN ranked.tier = 'A' AND ranked.contradicts THEN 'B'
        ELSE ranked.tier
    END AS tier
FROM ranked
LEFT JOIN death_rival AS rival ON ranked.death_id = rival.death_id AND ranked.person_id <> rival.person_id
LEFT JOIN death_two_numbers AS two ON ranked.death_id = two.death_id
WHERE ranked.place = 1
GROUP BY
    ranked.death_id, ranked.person_id, ranked.probability, ranked.match_weight, ranked.next_weight, ranked.is_other_name,
    ranked.tier, ranked.contradicts, ranked.sources, two.death_id;

CREATE OR REPLACE TEMP TABLE death_two_sources AS
SELECT
    h.death_id,
    p.right_key AS registration_id
FROM death_base AS h
INNER JOIN link.death_pair AS p ON p.left_type = 'health_death' AND h.health_key = p.left_key
INNER JOIN link.death_pair AS q ON q.left_type = 'civil_cremation' AND h.cremation_key = q.left_key AND p.right_key = q.right_key
WHERE
    p.decision = 'match'
    AND q.decision = 'match'
    AND p.number_level IN (SELECT level FROM link.level WHERE field = 'number' AND meaning = 'agrees')
    AND q.number_level IN (SELECT level FROM link.level WHERE field = 'number' AND meaning = 'agrees')
GROUP BY h.death_id, p.right_key;

DELETE FROM link.subject_registration;

INSERT INTO link.subject_registration
WITH subject AS (
    SELECT person_id
    FROM death_person
    UNION
    SELECT person_id
    FROM link.police_death
    UNION
    SELECT person_id
    FROM link.relocation
),

placed AS (
    SELECT
        n.person_id,
        n.registration_id,
        row_number() OVER (
            PARTITION BY n.person_id
            ORDER BY
                CASE WHEN s.is_active THEN 0 ELSE 1 END ASC,
                CASE WHEN c.county_code IS NULL THEN 1 ELSE 0 END ASC,
                s.cancelled_on DESC NULLS LAST,
                n.registration_id ASC
        ) AS place
    FROM link.person AS n
    INNER JOIN scope.registration AS s ON n.registration_id = s.registration_id
    INNER JOIN subject ON n.person_id = subject.person_id
    LEFT JOIN scope.county AS c ON s.county_code = c.county_code
)

SELECT
    person_id,
    registration_id
FROM placed
WHERE place = 1;

DELETE FROM link.death;

INSERT INTO link.death
WITH numbered AS (
    SELECT
        death_id,
        person_id,
        bool_or(contradicts) AS contradicts
    FROM death_evidence
    WHERE is_own_number
    GROUP BY death_id, person_id
),

direct AS (
    SELECT
        death_id,
        registration_id,
        min(tier) AS tier
    FROM death_evidence
    GROUP BY death_id, registration_id
)

SELECT
    b.death_id,
    b.health_key,
    b.cremation_key,
    b.death_date,
    s.registration_id,
    CASE
        WHEN d.tier IS NULL AND s.registration_id IS NOT NULL THEN 'D'
        WHEN p.tier = 'B' AND t.death_id IS NOT NULL AND NOT e.contradicts THEN 'A'
        ELSE greatest(p.tier, d.tier)
    END AS tier,
    p.probability
FROM death_base AS b
LEFT JOIN death_person AS p ON b.death_id = p.death_id
LEFT JOIN link.subject_registration AS s ON p.person_id = s.person_id
LEFT JOIN direct AS d ON p.death_id = d.death_id AND s.registration_id = d.registration_id
LEFT JOIN death_two_sources AS t ON p.death_id = t.death_id AND s.registration_id = t.registration_id
LEFT JOIN numbered AS e ON p.death_id = e.death_id AND p.person_id = e.person_id;

DELETE FROM link.death_conflict;

/* A number that two registrations share is the dead person's own where one of them fits. */
INSERT INTO link.death_conflict
WITH own AS (
    SELECT DISTINCT
        left_type,
        left_key
    FROM link.death_pair
    WHERE decision = 'match' AND number_level IN (SELECT level FROM link.level WHERE field = 'number' AND meaning = 'agrees')
)

SELECT DISTINCT
    p.left_type AS record_type,
    p.left_key AS record_key,
    p.right_key AS registration_id
FROM link.death_pair AS p
LEFT JOIN own ON p.left_type = own.left_type AND p.left_key = own.left_key
WHERE p.decision = 'conflict' AND own.left_key IS NULL;

DROP TABLE death_bond;

DROP TABLE death_base;

DROP TABLE death_evidence;

DROP TABLE death_rival;

DROP TABLE death_two_numbers;

DROP TABLE death_person;

DROP TABLE death_two_sources;
