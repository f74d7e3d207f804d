-- What the run has loaded, in whichever of its tries.
WITH loaded AS (
    SELECT load_id, rows, refused_columns
    FROM ops.load
    WHERE run_id = $run_id AND part IS DISTINCT FROM $returned
)

SELECT
    count(*) AS files,
    CAST(coalesce(sum(rows), 0) AS BIGINT) AS rows,
    (
        SELECT count(*)
        FROM ops.reject
        WHERE stage = 'ingest' AND severity = 'row' AND load_id IN (SELECT loaded.load_id FROM loaded)
    ) AS rejects,
    CAST(coalesce(sum(len(string_split(nullif(refused_columns, ''), ', '))), 0) AS BIGINT) AS refused_columns
FROM loaded
