/*
letter = "T"
chinese = "死亡日期不一致"
sentence = "The date of death the police registered differs by more than a day from health's or the parlour's, or precedes the birth."
why = "Pensions, inheritance and statistics follow the date of death. A day around midnight is no difference."
law = "户口登记条例 art. 8 and 17 (correction of items)"
agency = ["police"]
priority = 4
parameters = ["death_date_tolerance_days"]
suggestion = "请调阅死亡证明材料，核对各方记载的死亡日期，以原始证明为准。"

[about]
differs = "死亡日期：公安登记 {police_on}，{source_name} {source_on}"
before_birth = "死亡日期 {police_on}，出生日期 {birth_on}"

[reasons]
differs = "死亡注销登记的死亡日期为{police_on}，{source_name}为{source_on}，两者不一致。"
before_birth = "死亡注销登记的死亡日期{police_on}早于登记的出生日期{birth_on}。"
*/
-- A source whose date precedes the birth differs from the police date too; where the police know of no death, death_not_cancelled asks.
WITH death AS (
    SELECT
        police.person_id,
        subject.registration_id,
        registration.birth_date,
        event.event_id,
        event.death_date
    FROM link.police_death AS police
    INNER JOIN std.police_death AS event ON police.event_id = event.event_id
    INNER JOIN link.subject_registration AS subject ON police.person_id = subject.person_id
    INNER JOIN scope.registration AS registration ON subject.registration_id = registration.registration_id
    INNER JOIN scope.county AS county ON registration.county_code = county.county_code
),

dated AS (
    SELECT
        'health_death' AS record_type,
        death_cert_no AS record_key,
        death_date
    FROM std.health_death
    UNION ALL
    SELECT
        'civil_cremation' AS record_type,
        cremation_cert_no AS record_key,
        death_date
    FROM std.civil_cremation
),

source AS (
    SELECT
        known.*,
        dated.death_date
    FROM link.police_death_source AS known
    INNER JOIN dated ON known.record_type = dated.record_type AND known.record_key = dated.record_key
),

conflict AS (
    SELECT
        death.*,
        source.record_type,
        source.record_key,
        source.death_date AS source_on,
        source.tier,
        source.probability,
        'differs' AS variant,
        2 AS weight
    FROM death
    INNER JOIN source ON death.event_id = source.event_id
    WHERE abs(death.death_date - source.death_date) > $death_date_tolerance_days
    UNION ALL
    SELECT
        death.*,
        NULL AS record_type,
        NULL AS record_key,
        NULL AS source_on,
        'A' AS tier,
        0.99 AS probability,
        'before_birth' AS variant,
        1 AS weight
    FROM death
    WHERE death.death_date < death.birth_date
),

raised AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY person_id ORDER BY weight ASC, tier ASC, record_type DESC, record_key ASC, event_id ASC) AS place
    FROM conflict
),

listed AS (
    SELECT
        person_id,
        'registration' AS role,
        'police_resident' AS record_type,
        registration_id AS record_key
    FROM conflict
    UNION
    SELECT
        person_id,
        'evidence' AS role,
        'police_death' AS record_type,
        event_id AS record_key
    FROM conflict
    UNION
    SELECT
        person_id,
        'evidence' AS role,
        record_type,
        record_key
    FROM conflict
    WHERE record_key IS NOT NULL
)

SELECT
    raised.person_id AS problem,
    raised.variant,
    raised.tier,
    cast(raised.probability AS DOUBLE) AS confidence,
    listed.role,
    listed.record_type,
    listed.record_key,
    raised.death_date AS police_on,
    CASE raised.record_type WHEN 'health_death' THEN '死亡医学证明' ELSE '火化登记' END AS source_name,
    raised.source_on,
    raised.birth_date AS birth_on
FROM raised
INNER JOIN listed ON raised.person_id = listed.person_id
WHERE raised.place = 1
