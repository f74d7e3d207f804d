/*
letter = "A"
chinese = "死亡后仍有业务"
sentence = """\
A move, an identity card or a child born is dated after the latest death date of the same person; or the police restored the registration, \
or reversed the death, after it."""
why = """\
Somebody who moves, gets an identity card or has a child after the day of death is perhaps alive, and so is whose death an officer has \
already reversed. Until a person has looked, nobody may be asked to strike this registration off."""
law = "户口登记条例 art. 8 (deaths are reported and the registration cancelled)"
agency = ["police"]
priority = 2
parameters = ["activity_after_death_days", "father_activity_days"]
kin = ["police_birth"]
suggestion = "请先核实本人是否健在，再核对死亡记录是否张冠李戴、该项业务是否本人办理；未经核实不作任何变更。"

[about]
move = "死亡日期 {death_on}，迁移登记日期 {activity_on}"
id_card = "死亡日期 {death_on}，身份证签发日期 {activity_on}"
mother = "死亡日期 {death_on}，子女出生日期 {activity_on}"
father = "死亡日期 {death_on}，子女出生日期 {activity_on}"
restored = "死亡日期 {death_on}，恢复户口日期 {activity_on}"
reversed = "死亡日期 {death_on}，公安死亡登记（{activity_key}）已冲销"

[reasons]
move = "{death_sources}记载该人已于{death_on}死亡，但该人于{activity_on}另有迁移登记，两者必有一误。"
id_card = "{death_sources}记载该人已于{death_on}死亡，但该人的居民身份证于{activity_on}签发，两者必有一误。"
mother = "{death_sources}记载该人已于{death_on}死亡，但出生登记（{activity_key}）中其作为母亲的子女于{activity_on}出生，两者必有一误。"
father = "{death_sources}记载该人已于{death_on}死亡，但出生登记（{activity_key}）中其作为父亲的子女于{activity_on}出生，两者必有一误。"
restored = "{death_sources}记载该人已于{death_on}死亡，但该人户口于{activity_on}恢复登记，两者必有一误。"
reversed = "{death_sources}记载该人已于{death_on}死亡，但公安机关已将该人的死亡登记（{activity_key}）冲销，两者必有一误。"
*/
-- A date of death before the birth is no date of death: death_date_conflict asks about it. A child's event is named in the sentence and
-- is no evidence, because evidence is compared field by field with the registration.
WITH told AS (
    SELECT
        person.person_id,
        evidence.record_type,
        evidence.record_key,
        evidence.death_date,
        evidence.tier,
        evidence.probability
    FROM link.death_evidence AS evidence
    INNER JOIN link.person AS person ON evidence.registration_id = person.registration_id
    UNION ALL
    SELECT
        police.person_id,
        'police_death' AS record_type,
        event.event_id AS record_key,
        event.death_date,
        'A' AS tier,
        cast(0.99 AS DOUBLE) AS probability
    FROM link.police_death AS police
    INNER JOIN std.police_death AS event ON police.event_id = event.event_id
),

death AS (
    SELECT
        told.*,
        subject.registration_id
    FROM told
    INNER JOIN link.subject_registration AS subject ON told.person_id = subject.person_id
    INNER JOIN scope.registration AS registration ON subject.registration_id = registration.registration_id
    INNER JOIN scope.county AS county ON registration.county_code = county.county_code
    WHERE told.death_date >= registration.birth_date
),

latest AS (
    SELECT
        person_id,
        registration_id,
        max(death_date) AS death_on,
        min(tier) AS tier,
        max(probability) AS probability,
        concat_ws(
            '、',
            max(CASE record_type WHEN 'health_death' THEN '死亡医学证明' END),
            max(CASE record_type WHEN 'civil_cremation' THEN '火化登记' END),
            max(CASE record_type WHEN 'police_death' THEN '死亡注销' END)
        ) AS death_sources
    FROM death
    GROUP BY person_id, registration_id
),

later AS (
    SELECT
        latest.*,
        activity.kind,
        activity.activity_on,
        activity.record_type,
        activity.record_key,
        row_number() OVER (
            PARTITION BY latest.person_id
            ORDER BY activity.kind = 'death_reversed' ASC, activity.activity_on DESC, activity.kind ASC, activity.record_key ASC
        ) AS place
    FROM latest
    INNER JOIN link.person AS person ON latest.person_id = person.person_id
    INNER JOIN link.activity AS activity ON person.registration_id = activity.registration_id
    WHERE
        activity.activity_on - latest.death_on
        > CASE activity.kind WHEN 'birth_as_father' THEN $father_activity_days ELSE $activity_after_death_days END
),

raised AS (
    SELECT *
    FROM later
    WHERE place = 1
),

listed AS (
    SELECT
        person_id,
        'registration' AS role,
        'police_resident' AS record_type,
        registration_id AS record_key
    FROM raised
    UNION ALL
    SELECT
        person_id,
        'evidence' AS role,
        record_type,
        record_key
    FROM death
    UNION ALL
    SELECT
        person_id,
        'evidence' AS role,
        record_type,
        record_key
    FROM later
    WHERE kind IN ('move_in', 'move_out', 'death_reversed') OR (kind IN ('id_card', 'restored') AND record_key <> registration_id)
)

SELECT
    raised.person_id AS problem,
    CASE raised.kind
        WHEN 'id_card' THEN 'id_card'
        WHEN 'birth_as_mother' THEN 'mother'
        WHEN 'birth_as_father' THEN 'father'
        WHEN 'restored' THEN 'restored'
        WHEN 'death_reversed' THEN 'reversed'
        ELSE 'move'
    END AS variant,
    raised.tier,
    raised.probability AS confidence,
    listed.role,
    listed.record_type,
    listed.record_key,
    raised.death_on,
    raised.death_sources,
    raised.activity_on,
    raised.record_key AS activity_key
FROM raised
INNER JOIN listed ON raised.person_id = listed.person_id
