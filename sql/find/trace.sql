CREATE OR REPLACE VIEW find.trace AS
WITH delivered AS (
    SELECT
        'police_resident' AS record_type,
        registration_id AS record_key,
        _file AS file,
        _line AS line,
        _load_id AS load_id
    FROM std.police_resident
    UNION ALL
    SELECT
        'police_birth' AS record_type,
        event_id AS record_key,
        _file AS file,
        _line AS line,
        _load_id AS load_id
    FROM std.police_birth
    UNION ALL
    SELECT
        'police_death' AS record_type,
        event_id AS record_key,
        _file AS file,
        _line AS line,
        _load_id AS load_id
    FROM std.police_death
    UNION ALL
    SELECT
        'police_move_in' AS record_type,
        event_id AS record_key,
        _file AS file,
        _line AS line,
        _load_id AS load_id
    FROM std.police_move_in
    UNION ALL
    SELECT
        'police_move_out' AS record_type,
        event_id AS record_key,
        _file AS file,
        _line AS line,
        _load_id AS load_id
    FROM std.police_move_out
    UNION ALL
    SELECT
        'health_birth' AS record_type,
        birth_cert_no AS record_key,
        _file AS file,
        _line AS line,
        _load_id AS load_id
    FROM std.health_birth
    UNION ALL
    SELECT
        'health_death' AS record_type,
        death_cert_no AS record_key,
        _file AS file,
        _line AS line,
        _load_id AS load_id
    FROM std.health_death
    UNION ALL
    SELECT
        'civil_cremation' AS record_type,
        cremation_cert_no AS record_key,
        _file AS file,
        _line AS line,
        _load_id AS load_id
    FROM std.civil_cremation
    UNION ALL
    SELECT
        'relocation_roll' AS record_type,
        roll_no AS record_key,
        _file AS file,
        _line AS line,
        _load_id AS load_id
    FROM std.relocation_roll
),

named AS (
    SELECT
        finding_id,
        record_type,
        record_key,
        role
    FROM find.subject
    UNION ALL
    SELECT DISTINCT
        stated.finding_id,
        stated.record_type,
        stated.record_key,
        'evidence' AS role
    FROM find.stated AS stated
    LEFT JOIN find.subject AS subject
        ON
            stated.finding_id = subject.finding_id
            AND stated.record_type = subject.record_type
            AND stated.record_key = subject.record_key
    WHERE stated.field = 'record' AND subject.finding_id IS NULL
)

SELECT
    named.finding_id,
    named.role,
    named.record_type,
    named.record_key,
    delivered.file,
    delivered.line,
    delivered.load_id
FROM named
LEFT JOIN delivered ON named.record_type = delivered.record_type AND named.record_key = delivered.record_key;
COMMENT ON VIEW find.trace IS
'From a finding to file and line of every record it rests on; of a record that is no longer delivered both are empty.';
COMMENT ON COLUMN find.trace.role IS 'What the record is in the finding; evidence where it is not a subject.';
COMMENT ON COLUMN find.trace.line IS 'Line the record starts on; header = 1; in XLSX the row of the sheet.';
