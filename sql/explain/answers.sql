-- What stations answered to a finding, the newest last.
SELECT
    judgement.verified_on,
    judgement.outcome,
    judgement.method,
    judgement.station_code,
    judgement.verified_by,
    judgement.note
FROM ops.judgement AS judgement
WHERE judgement.finding_id = $finding_id
ORDER BY judgement.verified_on, judgement.load_id, judgement.outcome, judgement.station_code
