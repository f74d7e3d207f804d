-- Findings whose answer is of a day when one of their subjects was not asked about: nobody has looked at that one.
SELECT DISTINCT finding.finding_id
FROM find.finding AS finding
INNER JOIN ops.newest_judgement AS judgement ON finding.finding_id = judgement.finding_id
INNER JOIN find.subject AS subject ON finding.finding_id = subject.finding_id
INNER JOIN find.stated AS stated
    ON
        subject.finding_id = stated.finding_id
        AND subject.record_type = stated.record_type
        AND subject.record_key = stated.record_key
WHERE
    stated.field = 'record'
    AND stated.since >= judgement.counts_from
    AND stated.since > finding.first_seen_on
    AND judgement.outcome <> 'not_an_error'
ORDER BY finding.finding_id
