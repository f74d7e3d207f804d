/*
letter = "P"
chinese = "无户籍死亡"
sentence = "A death record gives a registered address in scope, and no registration of any status matches it; infants are left out."
why = "Either the record is wrong in number, name or address, or somebody lived here without ever being registered."
law = "户口登记条例 art. 6 and 8; art. 9 for infants, whose birth and death are registered together"
agency = ["police"]
priority = 5
parameters = ["infant_years", "ruled_out_below"]
suggestion = "请按死亡记录的户籍地址走访核实：该人是否登记过户口，或死亡记录中的号码、姓名、地址有误。"

[reasons]
numbered = "{death_source}所载户籍地址在本市（州）范围内，死者的公民身份号码和姓名在常住人口登记中均查无此人。"
unnumbered = "{death_source}所载户籍地址在本市（州）范围内，但死者没有可用的公民身份号码，按姓名和出生日期在常住人口登记中查无此人。"
*/
-- Two records of one death are one finding: about the health record, the cremation is evidence. What can hardly be found at all
-- (no number and no birth date), or may well be of somebody registered, stays in tier D.
WITH told AS (
    SELECT
        death.death_id,
        death.health_key,
        death.cremation_key,
        coalesce(health.death_date, cremation.death_date) AS death_date,
        coalesce(health.birth_date, cremation.birth_date) AS birth_date,
        least(coalesce(health.age, cremation.age), coalesce(cremation.age, health.age)) AS age,
        CASE
            WHEN list_contains($proven_states, health.citizen_id_state) THEN health.citizen_id
            WHEN list_contains($proven_states, cremation.citizen_id_state) THEN cremation.citizen_id
        END AS citizen_id
    FROM link.death AS death
    LEFT JOIN std.health_death AS health ON death.health_key = health.death_cert_no
    LEFT JOIN std.civil_cremation AS cremation ON death.cremation_key = cremation.cremation_cert_no
    WHERE
        death.registration_id IS NULL
        AND (
            health.registered_address_code IN (SELECT county.county_code FROM scope.county)
            OR cremation.registered_address_code IN (SELECT county.county_code FROM scope.county)
        )
),

dated AS (
    SELECT
        *,
        year(death_date) * 10000 + month(death_date) * 100 + day(death_date) AS death_day,
        coalesce(
            year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date), cast(substr(citizen_id, 7, 8) AS INTEGER)
        ) AS birth_day
    FROM told
),

-- A certificate that the police quote in a cancellation is of somebody who was registered.
quoted AS (
    SELECT DISTINCT
        record_type,
        record_key
    FROM link.police_death_source
),

raised AS (
    SELECT dated.*
    FROM dated
    LEFT JOIN quoted AS by_health ON by_health.record_type = 'health_death' AND dated.health_key = by_health.record_key
    LEFT JOIN quoted AS by_cremation ON by_cremation.record_type = 'civil_cremation' AND dated.cremation_key = by_cremation.record_key
    WHERE
        by_health.record_key IS NULL
        AND by_cremation.record_key IS NULL
        AND coalesce(dated.age, $infant_years) >= $infant_years
        AND coalesce(dated.death_day - dated.birth_day >= $infant_years * 10000, TRUE)
),

-- Whose death it may be, without being proven: then nobody can say that he was never registered. Two valid numbers are of two people
-- unless they lived in one place and the rest outweighs the numbers; without, a namesake of one birth date is ruled out by nothing but
-- being unlikely.
guessed AS (
    SELECT DISTINCT
        pair.left_type,
        pair.left_key
    FROM link.death_pair AS pair
    INNER JOIN link.level AS number ON number.field = 'number' AND pair.number_level = number.level
    INNER JOIN link.level AS address ON address.field = 'address' AND pair.address_level = address.level
    WHERE
        pair.probability >= $ruled_out_below
        AND (number.meaning <> 'contradicts' OR (address.meaning = 'agrees' AND pair.probability >= 1 - $ruled_out_below))
),

listed AS (
    SELECT
        death_id,
        'death_record' AS role,
        'health_death' AS record_type,
        health_key AS record_key
    FROM raised
    WHERE health_key IS NOT NULL
    UNION ALL
    SELECT
        death_id,
        CASE WHEN health_key IS NULL THEN 'death_record' ELSE 'evidence' END AS role,
        'civil_cremation' AS record_type,
        cremation_key AS record_key
    FROM raised
    WHERE cremation_key IS NOT NULL
)

SELECT
    raised.death_id AS problem,
    CASE WHEN raised.citizen_id IS NULL THEN 'unnumbered' ELSE 'numbered' END AS variant,
    CASE
        WHEN health_guess.left_key IS NOT NULL OR cremation_guess.left_key IS NOT NULL THEN 'D'
        WHEN raised.citizen_id IS NOT NULL THEN 'B'
        WHEN raised.birth_date IS NOT NULL THEN 'C'
        ELSE 'D'
    END AS tier,
    cast(CASE WHEN raised.citizen_id IS NULL THEN 0.7 ELSE 0.9 END AS DOUBLE) AS confidence,
    listed.role,
    listed.record_type,
    listed.record_key,
    CASE WHEN raised.health_key IS NULL THEN '火化登记' ELSE '死亡医学证明' END AS death_source
FROM raised
INNER JOIN listed ON raised.death_id = listed.death_id
LEFT JOIN guessed AS health_guess ON health_guess.left_type = 'health_death' AND raised.health_key = health_guess.left_key
LEFT JOIN guessed AS cremation_guess ON cremation_guess.left_type = 'civil_cremation' AND raised.cremation_key = cremation_guess.left_key
