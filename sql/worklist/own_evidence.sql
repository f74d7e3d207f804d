-- What a subject's own row contradicts in itself, such as a number that says another birth date.
SELECT
    e.finding_id,
    e.record_type,
    e.record_key,
    e.field,
    e.register_value,
    e.source_value
FROM find.evidence AS e
INNER JOIN worklist_listed AS listed ON e.finding_id = listed.finding_id
INNER JOIN find.subject AS s ON e.finding_id = s.finding_id AND e.record_type = s.record_type AND e.record_key = s.record_key
WHERE e.source_value <> e.register_value AND s.record_type = 'police_resident'
ORDER BY e.finding_id, e.record_type, e.record_key, e.field
