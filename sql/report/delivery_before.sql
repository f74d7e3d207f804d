-- Figures of the delivery of an extract before tonight's, as the newest published night of an earlier day with one counted them.
WITH last_time AS (
    SELECT max(metric.run_id) AS run_id
    FROM ops.metric AS metric
    INNER JOIN ops.run AS run ON metric.run_id = run.run_id
    WHERE
        metric.stage = 'publish'
        AND metric.name = 'delivery_rows'
        AND metric.subject = $extract
        AND left(metric.run_id, 8) < left($run_id, 8)
        AND run.status = 'done'
)

SELECT
    run.as_of,
    metric.name,
    metric.subject,
    metric.value
FROM ops.metric AS metric
INNER JOIN last_time ON metric.run_id = last_time.run_id
INNER JOIN ops.run AS run ON metric.run_id = run.run_id
WHERE
    metric.stage = 'publish'
    AND metric.name IN ('delivery_rows', 'delivery_rejects')
    AND (metric.subject = $extract OR starts_with(metric.subject, concat($extract, ' ')))
ORDER BY metric.name, metric.subject
