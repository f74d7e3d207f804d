-- Findings answered as corrected that a delivery of later than the answer shows all the same: the newest one of a subject's extract.
WITH delivered AS (
    SELECT
        subject.finding_id,
        max(load.delivered_on) AS delivered_on
    FROM find.subject AS subject
    INNER JOIN ops.load AS load ON subject.record_type = load.extract
    GROUP BY subject.finding_id
)

SELECT judgement.finding_id
FROM ops.newest_judgement AS judgement
INNER JOIN delivered ON judgement.finding_id = delivered.finding_id
WHERE judgement.outcome = 'corrected' AND delivered.delivered_on > judgement.verified_on
ORDER BY judgement.finding_id
