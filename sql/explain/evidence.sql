SELECT record_type, record_key, field, register_value, source_value, agreement, weight
FROM find.evidence
WHERE finding_id = $finding_id
ORDER BY record_type, record_key, field, register_value, source_value
