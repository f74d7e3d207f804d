-- What a registration's own row contradicts in itself, such as a number that says another birth date: evidence of findings
-- that name one record only. Where there is another record, the evidence compares the two and is worded from other.sql.
WITH alone AS (
    SELECT finding_id
    FROM worklist_named
    GROUP BY finding_id
    HAVING count(*) = 1
)

SELECT
    evidence.finding_id,
    evidence.record_type,
    evidence.record_key,
    evidence.field,
    evidence.register_value,
    evidence.source_value
FROM find.evidence AS evidence
INNER JOIN alone ON evidence.finding_id = alone.finding_id
WHERE evidence.source_value <> evidence.register_value
ORDER BY evidence.finding_id, evidence.record_type, evidence.record_key, evidence.field
