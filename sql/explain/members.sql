-- The records of a finding, numbered: its subjects first, the register's before others', then what stands beside them.
WITH member AS (
    SELECT
        role,
        record_type,
        record_key,
        station_code,
        1 AS place
    FROM find.subject
    WHERE finding_id = $finding_id
    UNION
    SELECT
        'evidence' AS role,
        evidence.record_type,
        evidence.record_key,
        NULL AS station_code,
        2 AS place
    FROM find.evidence AS evidence
    LEFT JOIN find.subject AS subject
        ON
            evidence.finding_id = subject.finding_id
            AND evidence.record_type = subject.record_type
            AND evidence.record_key = subject.record_key
    WHERE evidence.finding_id = $finding_id AND subject.finding_id IS NULL
)

SELECT
    role,
    record_type,
    record_key,
    station_code,
    CAST(
        row_number() OVER (
            ORDER BY place, CASE WHEN record_type = 'police_resident' THEN 0 ELSE 1 END, role, record_type, record_key
        ) AS VARCHAR
    ) AS no
FROM member
ORDER BY CAST(no AS INTEGER)
