-- Of the questions that stations answered, how many were right, by type? A question nobody could verify counts for neither.
-- Columns: finding_type, confirmed, refuted
SELECT
    finding.finding_type,
    count(CASE WHEN judgement.outcome IN ('confirmed', 'corrected') THEN 1 END) AS confirmed,
    count(CASE WHEN judgement.outcome = 'not_an_error' THEN 1 END) AS refuted
FROM ops.newest_judgement AS judgement
INNER JOIN find.finding AS finding ON judgement.finding_id = finding.finding_id
WHERE judgement.outcome IN ('confirmed', 'corrected', 'not_an_error')
GROUP BY finding.finding_type
ORDER BY finding.finding_type
