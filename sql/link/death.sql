/* link.death: one row per death. Health death and cremation are bonded one to one, the merged death goes to the person that
   is clearly the best, and to that person's subject registration (CONTRACT reading 1). Only what speaks for that very registration
   makes it more than a lead: who else is one person with it may be a twin. */

CREATE OR REPLACE TEMP TABLE death_evidence AS
WITH informed AS (
    SELECT DISTINCT
        right_type,
        right_key
    FROM link.death_cremation_pair
    WHERE veto = 'informant'
)

SELECT
    source.death_id,
    source.record_type,
    person.person_id,
    person.registration_id,
    -- The certificate or number of this cremation stands on a health death of somebody else: an informant's, so that it proves nobody.
    CASE WHEN informed.right_key IS NULL THEN pair.tier ELSE 'D' END AS tier,
    pair.probability,
    pair.match_weight,
    number.meaning = 'agrees' AS is_own_number,
    name.differs AS is_other_name,
    name.meaning = 'contradicts' AS is_anothers_name,
    name.meaning = 'contradicts' OR birth_date.meaning = 'contradicts' OR sex.meaning = 'contradicts' AS contradicts
FROM link.death_pair AS pair
INNER JOIN death_source AS source ON pair.left_type = source.record_type AND pair.left_key = source.record_key
INNER JOIN link.person AS person ON pair.right_key = person.registration_id
LEFT JOIN informed ON source.record_type = informed.right_type AND source.record_key = informed.right_key
INNER JOIN link.level AS number ON number.field = 'number' AND pair.number_level = number.level
INNER JOIN link.level AS name ON name.field = 'name' AND pair.name_level = name.level
INNER JOIN link.level AS birth_date ON birth_date.field = 'birth_date' AND pair.birth_date_level = birth_date.level
INNER JOIN link.level AS sex ON sex.field = 'sex' AND pair.sex_level = sex.level
WHERE pair.decision = 'match';

/* Somebody with that name, or one alike, and that birth date, whatever his number says; or with that very name in that house, group or
   village: the dead brother whose informant gave his own number, from which a form fills in the birth date as well. */
CREATE OR REPLACE TEMP TABLE death_rival AS
SELECT
    source.death_id,
    person.person_id,
    bool_or(birth_date.meaning = 'agrees') AS is_of_that_day
FROM link.death_pair AS pair
INNER JOIN death_source AS source ON pair.left_type = source.record_type AND pair.left_key = source.record_key
INNER JOIN link.person AS person ON pair.right_key = person.registration_id
INNER JOIN link.level AS name ON name.field = 'name' AND pair.name_level = name.level
INNER JOIN link.level AS birth_date ON birth_date.field = 'birth_date' AND pair.birth_date_level = birth_date.level
INNER JOIN link.level AS sex ON sex.field = 'sex' AND pair.sex_level = sex.level
INNER JOIN link.level AS address ON address.field = 'address' AND pair.address_level = address.level
WHERE
    sex.meaning <> 'contradicts'
    AND (
        (birth_date.meaning = 'agrees' AND name.meaning NOT IN ('contradicts', 'unknown'))
        OR (address.meaning = 'agrees' AND name.meaning IN ('agrees', 'tolerated'))
    )
GROUP BY source.death_id, person.person_id;

/* Who died as an infant was often one of two: the other one's number stands on the record, and names that differ in one character are
   those of twins. */
CREATE OR REPLACE TEMP TABLE death_of_infant AS
SELECT DISTINCT source.death_id
FROM death_source AS source
INNER JOIN numbered_record AS record ON source.record_type = record.record_type AND source.record_key = record.record_key
WHERE record.age < $infant_years OR record.death_date - record.birth_date < $infant_years * 365;

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
        bool_and(is_anothers_name) AS is_anothers_name,
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
        WHEN ranked.is_other_name AND count(CASE WHEN rival.is_of_that_day THEN rival.person_id END) > 0 THEN 'D'
        WHEN ranked.is_anothers_name AND (count(rival.person_id) > 0 OR infant.death_id IS NOT NULL) THEN 'D'
        WHEN ranked.tier = 'A' AND ranked.contradicts THEN 'B'
        ELSE ranked.tier
    END AS tier
FROM ranked
LEFT JOIN death_rival AS rival ON ranked.death_id = rival.death_id AND ranked.person_id <> rival.person_id
LEFT JOIN death_two_numbers AS two ON ranked.death_id = two.death_id
LEFT JOIN death_of_infant AS infant ON ranked.death_id = infant.death_id
WHERE ranked.place = 1
GROUP BY
    ranked.death_id, ranked.person_id, ranked.probability, ranked.match_weight, ranked.next_weight, ranked.is_other_name,
    ranked.is_anothers_name, ranked.tier, ranked.contradicts, ranked.sources, two.death_id, infant.death_id;

CREATE OR REPLACE TEMP TABLE death_two_sources AS
SELECT
    death.death_id,
    health_pair.right_key AS registration_id
FROM death_base AS death
INNER JOIN link.death_pair AS health_pair ON health_pair.left_type = 'health_death' AND death.health_key = health_pair.left_key
INNER JOIN
    link.death_pair AS cremation_pair
    ON
        cremation_pair.left_type = 'civil_cremation'
        AND death.cremation_key = cremation_pair.left_key
        AND health_pair.right_key = cremation_pair.right_key
WHERE
    health_pair.decision = 'match'
    AND cremation_pair.decision = 'match'
    AND health_pair.number_level IN (SELECT level FROM link.level WHERE field = 'number' AND meaning = 'agrees')
    AND cremation_pair.number_level IN (SELECT level FROM link.level WHERE field = 'number' AND meaning = 'agrees')
GROUP BY death.death_id, health_pair.right_key;

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
        person.person_id,
        person.registration_id,
        row_number() OVER (
            PARTITION BY person.person_id
            ORDER BY
                CASE WHEN registration.is_active THEN 0 ELSE 1 END ASC,
                CASE WHEN county.county_code IS NULL THEN 1 ELSE 0 END ASC,
                registration.cancelled_on DESC NULLS LAST,
                person.registration_id ASC
        ) AS place
    FROM link.person AS person
    INNER JOIN scope.registration AS registration ON person.registration_id = registration.registration_id
    INNER JOIN subject ON person.person_id = subject.person_id
    LEFT JOIN scope.county AS county ON registration.county_code = county.county_code
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

named AS (
    SELECT
        death_id,
        person_id,
        bool_or(NOT is_anothers_name) AS is_named
    FROM death_evidence
    GROUP BY death_id, person_id
),

-- Of two registrations of one person, one bears the name of the record and the other does not: they may be of two after all.
direct AS (
    SELECT
        evidence.death_id,
        evidence.registration_id,
        min(CASE WHEN evidence.is_anothers_name AND named.is_named THEN 'D' ELSE evidence.tier END) AS tier
    FROM death_evidence AS evidence
    INNER JOIN named ON evidence.death_id = named.death_id AND evidence.person_id = named.person_id
    GROUP BY evidence.death_id, evidence.registration_id
)

SELECT
    death.death_id,
    death.health_key,
    death.cremation_key,
    death.death_date,
    subject.registration_id,
    CASE
        WHEN direct.tier IS NULL AND subject.registration_id IS NOT NULL THEN 'D'
        WHEN best.tier = 'B' AND two_sources.death_id IS NOT NULL AND NOT numbered.contradicts THEN 'A'
        ELSE greatest(best.tier, direct.tier)
    END AS tier,
    best.probability
FROM death_base AS death
LEFT JOIN death_person AS best ON death.death_id = best.death_id
LEFT JOIN link.subject_registration AS subject ON best.person_id = subject.person_id
LEFT JOIN direct ON best.death_id = direct.death_id AND subject.registration_id = direct.registration_id
LEFT JOIN death_two_sources AS two_sources ON best.death_id = two_sources.death_id AND subject.registration_id = two_sources.registration_id
LEFT JOIN numbered ON best.death_id = numbered.death_id AND best.person_id = numbered.person_id;

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
    pair.left_type AS record_type,
    pair.left_key AS record_key,
    pair.right_key AS registration_id
FROM link.death_pair AS pair
LEFT JOIN own ON pair.left_type = own.left_type AND pair.left_key = own.left_key
WHERE pair.decision = 'conflict' AND own.left_key IS NULL;

DROP TABLE death_bond;

DROP TABLE death_base;

DROP TABLE death_source;

DROP TABLE death_evidence;

DROP TABLE death_rival;

DROP TABLE death_of_infant;

DROP TABLE death_two_numbers;

DROP TABLE death_person;

DROP TABLE death_two_sources;
