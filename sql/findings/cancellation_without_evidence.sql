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
-- Any record that may be of this death is evidence, also one too weak for a list (tier D).
WITH health AS (
    SELECT
        min(death_date) AS first_on,
        max(death_date) AS last_on
    FROM std.health_death
),

cremation AS (
    SELECT
        min(death_date) AS first_on,
        max(death_date) AS last_on
    FROM std.civil_cremation
),

event AS (
    SELECT
        death.event_id,
        death.death_date,
        death.registered_on,
        death.citizen_id_state,
        police.person_id
    FROM std.police_death AS death
    CROSS JOIN health
    CROSS JOIN cremation
    LEFT JOIN link.police_death AS police ON death.event_id = police.event_id
    LEFT JOIN link.police_death_source AS source ON death.event_id = source.event_id
    WHERE
        NOT death.reversed
        AND source.event_id IS NULL
        AND cast($as_of AS DATE) - death.death_date > $cancellation_evidence_days
        AND cast($as_of AS DATE) - death.registered_on > $cancellation_evidence_days
        AND death.death_date BETWEEN health.first_on AND health.last_on
        AND death.death_date BETWEEN cremation.first_on AND cremation.last_on
        AND left(death.station_code, 6) IN (SELECT station.county_code FROM std.station)
),

declared AS (
    SELECT DISTINCT person.person_id
    FROM event
    INNER JOIN link.person AS person ON event.person_id = person.person_id
    INNER JOIN std.police_resident AS registration ON person.registration_id = registration.registration_id
    WHERE registration.cancel_kind = 'declared_dead'
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
