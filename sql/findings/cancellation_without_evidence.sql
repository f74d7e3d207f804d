/*
letter = "W"
chinese = "死亡注销无佐证"
sentence = "The police registered a death over a year ago that neither health nor any parlour knows of, although both cover its date."
why = """\
Either health has missed a death, or somebody living was cancelled as dead. Late reports come within the year; health looks first, \
because its gap is the likelier one."""
law = "户口登记条例 art. 8; monthly exchange of deaths between health, police and civil affairs"
agency = ["health"]
priority = 6
parameters = ["cancellation_evidence_days"]
suggestion = "请核实该死亡的医学证明或调查记录是否漏报；确系漏报的，请按规定补报。"

[reasons]
none = "公安机关已于{registered_on}登记该人{death_on}死亡，至今没有相应的死亡医学证明或火化登记。"
*/
-- Coverage is what an extract ever delivered, voided certificates included; an extract that was never delivered covers nothing.
-- Any record that may be of this death is evidence, also one too weak for a list (tier D). A kind of cancellation that
-- nobody can read may be declared_dead.
WITH event AS (
    SELECT
        death.event_id,
        death.death_date,
        death.registered_on,
        death.citizen_id_state,
        police.person_id
    FROM std.police_death AS death
    INNER JOIN scope.event AS place ON place.record_type = 'police_death' AND death.event_id = place.record_key
    INNER JOIN scope.county AS county ON place.county_code = county.county_code
    INNER JOIN scope.coverage AS health
        ON health.extract = 'health_death' AND death.death_date BETWEEN health.first_on AND health.last_on
    INNER JOIN scope.coverage AS cremation
        ON cremation.extract = 'civil_cremation' AND death.death_date BETWEEN cremation.first_on AND cremation.last_on
    LEFT JOIN link.police_death AS police ON death.event_id = police.event_id
    LEFT JOIN link.police_death_source AS source ON death.event_id = source.event_id
    WHERE
        source.event_id IS NULL
        AND cast($as_of AS DATE) - death.death_date > $cancellation_evidence_days
        AND cast($as_of AS DATE) - death.registered_on > $cancellation_evidence_days
),

declared AS (
    SELECT DISTINCT person.person_id
    FROM event
    INNER JOIN link.person AS person ON event.person_id = person.person_id
    INNER JOIN scope.registration AS registration ON person.registration_id = registration.registration_id
    WHERE registration.cancel_kind = 'declared_dead' OR registration.is_kind_unread
)

-- An event that leads to no registration cannot be compared with the sources: tier D.
SELECT
    coalesce(event.person_id, event.event_id) AS problem,
    'none' AS variant,
    CASE
        WHEN event.person_id IS NULL THEN 'D'
        WHEN event.citizen_id_state = 'valid' THEN 'A'
        ELSE 'C'
    END AS tier,
    cast(0.9 AS DOUBLE) AS confidence,
    'death_event' AS role,
    'police_death' AS record_type,
    event.event_id AS record_key,
    event.registered_on,
    event.death_date AS death_on
FROM event
LEFT JOIN declared ON event.person_id = declared.person_id
WHERE declared.person_id IS NULL
