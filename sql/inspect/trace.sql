-- Where does a registration come from, and what became of it? File and line, the person's other registrations, births, moves and
-- deaths linked to it, its findings.
-- Columns: step, record_type, record_key, detail, file, line
WITH chosen AS (
    -- EDIT: SELECT 'the registration you ask about' AS registration_id
    SELECT min(record_key) AS registration_id
    FROM find.subject
    WHERE record_type = 'police_resident'
),

person AS (
    SELECT
        person.registration_id,
        person.registration_id <> chosen.registration_id AS is_other
    FROM chosen
    INNER JOIN link.person AS own ON chosen.registration_id = own.registration_id
    INNER JOIN link.person AS person ON own.person_id = person.person_id
),

step AS (
    SELECT
        CASE WHEN person.is_other THEN '2 same person' ELSE '1 delivered' END AS step,
        'police_resident' AS record_type,
        resident.registration_id AS record_key,
        concat('cancelled: ', CASE WHEN registration.is_active THEN 'no' ELSE coalesce(registration.cancel_kind, 'not known why') END)
            AS detail,
        resident._file AS file,
        resident._line AS line
    FROM person
    INNER JOIN std.police_resident AS resident ON person.registration_id = resident.registration_id
    INNER JOIN scope.registration AS registration ON person.registration_id = registration.registration_id
    UNION ALL
    SELECT
        '3 event' AS step,
        event.record_type,
        event.record_key,
        concat('linked by ', event.how, ', tier ', event.tier) AS detail,
        NULL AS file,
        NULL AS line
    FROM person
    INNER JOIN link.event AS event ON person.registration_id = event.registration_id
    UNION ALL
    SELECT
        '4 death' AS step,
        death.record_type,
        death.record_key,
        concat('dead on ', death.death_date, ', tier ', death.tier) AS detail,
        NULL AS file,
        NULL AS line
    FROM person
    INNER JOIN link.death_evidence AS death ON person.registration_id = death.registration_id
    UNION ALL
    SELECT
        '5 finding' AS step,
        finding.finding_type AS record_type,
        finding.finding_id AS record_key,
        concat(finding.status, ', tier ', finding.tier, ', first seen on ', finding.first_seen_on) AS detail,
        NULL AS file,
        NULL AS line
    FROM chosen
    INNER JOIN find.subject AS subject ON chosen.registration_id = subject.record_key AND subject.record_type = 'police_resident'
    INNER JOIN find.finding AS finding ON subject.finding_id = finding.finding_id
)

SELECT
    step,
    record_type,
    record_key,
    detail,
    file,
    line
FROM step
ORDER BY step, record_type, record_key;
