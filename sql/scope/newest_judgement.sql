CREATE OR REPLACE VIEW ops.newest_judgement AS
WITH ordered AS (
    SELECT
        finding_id,
        outcome,
        verified_on,
        counts_from,
        row_number() OVER (PARTITION BY finding_id ORDER BY counts_from DESC, load_id DESC, verified_on DESC, outcome ASC) AS place
    FROM ops.answer
    WHERE outcome <> 'wrong_station'
)

SELECT
    finding_id,
    outcome,
    verified_on,
    counts_from
FROM ordered
WHERE place = 1;
COMMENT ON VIEW ops.newest_judgement IS 'The answer that counts for each finding; that it belongs to another station is no answer.';
