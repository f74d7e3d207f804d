-- How many stations got a list tonight, and how many rows stand on them, on unrouted ones and on those of other agencies.
SELECT
    concat_ws(' ', metric.name, metric.subject) AS name,
    CAST(metric.value AS BIGINT) AS value
FROM ops.metric AS metric
WHERE metric.stage = 'worklist' AND metric.run_id = $run_id
ORDER BY name
