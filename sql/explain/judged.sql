-- What the records of a finding said when it was dismissed, and what they said when it was last found.
WITH known AS (
    SELECT
        finding_id,
        record_type,
        record_key,
        field,
        value
    FROM find.judged_evidence
    WHERE finding_id = $finding_id
),

stated AS (
    SELECT
        finding_id,
        record_type,
        record_key,
        field,
        value
    FROM find.stated
    WHERE finding_id = $finding_id
)

SELECT
    coalesce(known.record_type, stated.record_type) AS record_type,
    coalesce(known.record_key, stated.record_key) AS record_key,
    coalesce(known.field, stated.field) AS field,
    known.value AS was,
    stated.value AS is_now
FROM known
FULL OUTER JOIN stated
    ON known.record_type = stated.record_type AND known.record_key = stated.record_key AND known.field = stated.field
WHERE
    known.value IS DISTINCT FROM stated.value
    AND $finding_id IN (SELECT judged.finding_id FROM find.judged_evidence AS judged)
ORDER BY record_type, record_key, field
