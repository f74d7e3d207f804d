CREATE OR REPLACE VIEW ops.pair_verdict AS
WITH ordered AS (
    SELECT
        left_key,
        right_key,
        verdict,
        finding_id,
        row_number() OVER (
            PARTITION BY left_key, right_key
            ORDER BY verdict ASC, verified_on DESC, load_id DESC, finding_id ASC
        ) AS place
    FROM ops.pair_answer
    WHERE is_newest_of_station
)

SELECT
    left_key,
    right_key,
    verdict,
    finding_id
FROM ordered
WHERE place = 1;
COMMENT ON VIEW ops.pair_verdict IS
'What counts for two registrations: the newest answer of each station; where these differ they are two persons.';
COMMENT ON COLUMN ops.pair_verdict.verdict IS 'same or different; different where stations disagree.';
COMMENT ON COLUMN ops.pair_verdict.finding_id IS 'Finding whose answer it is.';
