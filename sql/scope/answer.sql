CREATE OR REPLACE VIEW ops.answer AS
SELECT
    judgement.finding_id,
    judgement.outcome,
    judgement.station_code,
    judgement.note,
    judgement.verified_on,
    -- A date in the future, which may be a slip, must not outlast the answers that come after it.
    least(judgement.verified_on, coalesce(run.as_of, judgement.verified_on)) AS counts_from,
    judgement.load_id
FROM ops.judgement AS judgement
LEFT JOIN ops.run AS run ON judgement.run_id = run.run_id;
COMMENT ON VIEW ops.answer IS 'Answers with the day they count from: when they were verified, at most the night they were given to.';
