CREATE OR REPLACE VIEW ops.pair_answer AS
SELECT
    pair.left_key,
    pair.right_key,
    pair.verdict,
    pair.finding_id,
    pair.verified_on,
    pair.load_id,
    row_number() OVER (
        PARTITION BY pair.left_key, pair.right_key, judgement.station_code
        ORDER BY pair.verified_on DESC, pair.load_id DESC, pair.verdict ASC, pair.finding_id ASC
    ) = 1 AS is_newest_of_station,
    row_number() OVER (
        PARTITION BY pair.left_key, pair.right_key, pair.finding_id
        ORDER BY pair.verified_on DESC, pair.load_id DESC, pair.verdict ASC
    ) = 1 AS is_newest_of_finding
FROM ops.judged_pair AS pair
LEFT JOIN ops.judgement AS judgement
    ON
        pair.finding_id = judgement.finding_id
        AND pair.load_id = judgement.load_id
        AND pair.verified_on = least(judgement.verified_on, pair.verified_on)
        AND pair.verdict = CASE WHEN judgement.outcome = 'not_an_error' THEN 'different' ELSE 'same' END
        AND judgement.outcome IN ('not_an_error', 'confirmed', 'corrected');
COMMENT ON VIEW ops.pair_answer IS 'What each answer to a duplicate said of two registrations, and whether a newer one stands above it.';
COMMENT ON COLUMN ops.pair_answer.verdict IS 'same or different.';
COMMENT ON COLUMN ops.pair_answer.is_newest_of_station IS 'Whether the station said nothing newer of the two.';
COMMENT ON COLUMN ops.pair_answer.is_newest_of_finding IS 'Whether nothing newer was answered of the two to this finding.';
