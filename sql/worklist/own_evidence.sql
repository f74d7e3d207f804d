-- What a registration's own row contradicts in itself, such as a number that says another birth date: evidence of findings
-- that name one record only. Where there is another record, the evidence compares the two and is worded from other.sql.
WITH alone AS (
    SELECT finding_id
    FROM worklist_named
    GROUP BY finding_id
    HAVING count(*) = 1
)

SELECT
    e.finding_id,
    e.record_type,
    e.record_key,
    e.field,
    e.register_value,
    e.source_value
FROM find.evidence AS e
INNER JOIN alone ON e.finding_id = alone.finding_id
WHERE e.source_value <> e.register_value
ORDER BY e.finding_id, e.record_type, e.record_key, e.field
