-- What the records of a finding said when it was last found.
SELECT
    record_type,
    record_key,
    field,
    value AS was
FROM find.stated
WHERE finding_id = $finding_id
ORDER BY record_type, record_key, field
