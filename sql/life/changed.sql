-- What records of dismissed findings say tonight that they did not say when the finding was dismissed; what vanished is no news.
WITH known_record AS (
    SELECT DISTINCT
        finding_id,
        record_type,
        record_key
    FROM find.judged_evidence
)

SELECT DISTINCT
    stated.finding_id,
    stated.record_type,
    stated.record_key,
    stated.field,
    record.finding_id IS NULL AS is_new_record
FROM find.stated AS stated
INNER JOIN ops.newest_judgement AS judgement ON stated.finding_id = judgement.finding_id AND judgement.outcome = 'not_an_error'
LEFT JOIN find.judged_evidence AS known
    ON
        stated.finding_id = known.finding_id
        AND stated.record_type = known.record_type
        AND stated.record_key = known.record_key
        AND stated.field = known.field
        AND stated.value = known.value
LEFT JOIN known_record AS record
    ON
        stated.finding_id = record.finding_id
        AND stated.record_type = record.record_type
        AND stated.record_key = record.record_key
WHERE known.finding_id IS NULL
ORDER BY stated.finding_id, stated.record_type, stated.record_key, stated.field
