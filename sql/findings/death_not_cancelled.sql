/*
letter = "X"
chinese = "应销未销"
sentence = "A health death or a cremation matches an active registration, the death is old enough, and nothing speaks against it."
why = """\
A registration that outlives its person keeps a vote, a pension and a number in use. A wrong one of these would harm a living person \
most, so everything that speaks for life comes first."""
law = "户口登记条例 art. 8; 公治明发〔2017〕393号 (report within one month everywhere)"
agency = ["police"]
priority = 1
parameters = ["death_grace_days", "activity_after_death_days", "father_activity_days"]
suggestion = "请联系家属或村（居）委会，核实该人是否已经去世、死亡日期是否属实；未经核实不作任何变更。"

[reasons]
two_sources = "{sources}均显示该人已于{death_on}死亡，{comparison}，户口尚未注销。"
health = "{sources}显示该人已于{death_on}死亡，{comparison}，户口尚未注销。"
cremation = "{sources}显示该人已于{death_on}死亡，{comparison}，户口尚未注销。"
*/
-- One person is one problem: all deaths matched to a registration are its evidence, and the latest date counts for grace and activity.
-- A record that death_evidence_conflict asks about is no evidence, nor is one dated before birth; another record of the person still is.
WITH possible AS (
    SELECT
        evidence.*,
        min(evidence.tier) OVER (PARTITION BY evidence.registration_id) AS best_tier
    FROM link.death_evidence AS evidence
    INNER JOIN scope.resident AS registration ON evidence.registration_id = registration.registration_id
    WHERE evidence.death_date >= registration.birth_date
),

-- A weak link must neither move the date of a sure one nor stand beside it.
usable AS (
    SELECT possible.*
    FROM possible
    WHERE possible.tier <> 'D' OR possible.best_tier = 'D'
),

candidate AS (
    SELECT
        usable.registration_id,
        person.person_id,
        max(usable.death_date) AS death_on,
        min(usable.tier) AS tier,
        max(usable.probability) AS probability,
        min(usable.record_type) AS first_source,
        max(usable.record_type) AS last_source
    FROM usable
    LEFT JOIN link.person AS person ON usable.registration_id = person.registration_id
    GROUP BY usable.registration_id, person.person_id
    HAVING cast($as_of AS DATE) - max(usable.death_date) >= $death_grace_days
),

sameness AS (
    SELECT
        candidate.registration_id AS candidate_id,
        candidate.death_on,
        coalesce(other.registration_id, candidate.registration_id) AS registration_id
    FROM candidate
    LEFT JOIN link.person AS other ON candidate.person_id = other.person_id
),

alive AS (
    SELECT DISTINCT sameness.candidate_id
    FROM sameness
    INNER JOIN link.activity AS activity ON sameness.registration_id = activity.registration_id
    WHERE
        activity.activity_on - sameness.death_on
        > CASE activity.kind WHEN 'birth_as_father' THEN $father_activity_days ELSE $activity_after_death_days END
),

raised AS (
    SELECT candidate.*
    FROM candidate
    LEFT JOIN alive ON candidate.registration_id = alive.candidate_id
    WHERE alive.candidate_id IS NULL
),

listed AS (
    SELECT
        registration_id,
        'registration' AS role,
        'police_resident' AS record_type,
        registration_id AS record_key
    FROM raised
    UNION ALL
    SELECT
        registration_id,
        'evidence' AS role,
        record_type,
        record_key
    FROM usable
)

SELECT
    raised.registration_id AS problem,
    CASE
        WHEN raised.first_source <> raised.last_source THEN 'two_sources'
        WHEN raised.first_source = 'health_death' THEN 'health'
        ELSE 'cremation'
    END AS variant,
    raised.tier,
    raised.probability AS confidence,
    listed.role,
    listed.record_type,
    listed.record_key,
    raised.death_on
FROM raised
INNER JOIN listed ON raised.registration_id = listed.registration_id
