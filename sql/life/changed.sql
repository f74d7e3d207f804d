-- What records of dismissed findings say tonight that they did not say when the finding was dismissed; what vanished is no news.
WITH known_record AS (
    SELECT DISTINCT
        finding_id,
        record_type,
        record_key
    FROM find.judged_evidence
)

SELECT DISTINCT
    said.finding_id,
    said.record_type,
    said.record_key,
    said.field,
    record.finding_id IS NULL AS is_new_record
FROM find.said AS said
INNER JOIN ops.newest_judgement AS judgement ON said.finding_id = judgement.finding_id AND judgement.outcome = 'not_an_error'
LEFT JOIN find.judged_evidence AS known
    ON
        said.finding_id = known.finding_id
        AND said.record_type = known.record_type
        AND said.record_key = known.record_key
        AND said.field = known.field
        AND said.value = known.value
LEFT JOIN known_record AS record
    ON
        said.finding_id = record.finding_id
        AND said.record_type = record.record_type
        AND said.record_key = record.record_key
WHERE known.finding_id IS NULL
ORDER BY said.finding_id, said.record_type, said.record_key, said.field
