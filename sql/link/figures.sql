-- Figures of the linkage of a run.
SELECT
    name,
    subject,
    value
FROM ops.metric
WHERE run_id = $run_id AND stage = 'link'
ORDER BY name, subject
