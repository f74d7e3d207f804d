CREATE OR REPLACE VIEW ops.station_answer AS
WITH ordered AS (
    SELECT
        finding_id,
        station_code,
        outcome,
        note,
        counts_from,
        load_id,
        row_number() OVER (
            PARTITION BY finding_id, station_code
            ORDER BY counts_from DESC, load_id DESC, verified_on DESC, outcome ASC
        ) AS place
    FROM ops.answer
)

SELECT
    finding_id,
    station_code,
    outcome,
    note,
    counts_from,
    load_id
FROM ordered
WHERE place = 1;
COMMENT ON VIEW ops.station_answer IS 'The newest answer of each station to each finding; another agency answers without a station_code.';
