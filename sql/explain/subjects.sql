SELECT role, record_type, record_key, station_code
FROM find.subject
WHERE finding_id = $finding_id
ORDER BY role, record_type, record_key
