-- What an operator should know of the newest night's deliveries and linkage; nothing of it stops the night.
WITH pairs AS (
    SELECT
        job,
        sum(pairs) AS pairs
    FROM stats.score
    GROUP BY job
),

night AS (SELECT max(run_id) AS run_id FROM ops.metric WHERE stage = 'link')

SELECT
    drift.job || ' ' || drift.field AS concerns,
    'drifted since the model was trained; consider reconcile train' AS warning,
    round(max(drift.psi), 2) AS value
FROM stats.drift AS drift
INNER JOIN pairs ON drift.job = pairs.job
WHERE drift.psi > $drifted AND pairs.pairs >= $least_pairs
GROUP BY drift.job, drift.field
UNION ALL
SELECT
    record_type || ' ' || column_name AS concerns,
    'values taken for missing, since so large a share of the records carries them' AS warning,
    round(sum(share), 2) AS value
FROM link.filler
GROUP BY record_type, column_name
UNION ALL
SELECT
    metric.subject AS concerns,
    'next to no numbers: the model is not proven, and what rests on its score is for analysts (tier D)' AS warning,
    NULL AS value
FROM ops.metric AS metric
INNER JOIN night ON metric.run_id = night.run_id
WHERE metric.name = 'without_numbers' AND metric.stage = 'link'
UNION ALL
SELECT
    metric.subject AS concerns,
    'missing in nearly every pair compared' AS warning,
    round(metric.value, 2) AS value
FROM ops.metric AS metric
INNER JOIN night ON metric.run_id = night.run_id
WHERE metric.name = 'field_unused' AND metric.stage = 'link'
UNION ALL
SELECT
    metric.subject AS concerns,
    'all its clocks show this time, so whoever wrote the file may have moved its days; compare one with the source' AS warning,
    metric.value
FROM ops.metric AS metric
INNER JOIN night ON metric.run_id = night.run_id
WHERE metric.name = 'equal_clocks' AND metric.stage = 'standardise'
UNION ALL
SELECT
    metric.subject AS concerns,
    'left alone in the inbox; reconcile check says more and drafts a profile' AS warning,
    NULL AS value
FROM ops.metric AS metric
INNER JOIN night ON metric.run_id = night.run_id
WHERE metric.name = 'unmatched_file' AND metric.stage = 'ingest'
UNION ALL
SELECT
    metric.subject AS concerns,
    'sheets left out, since their headings are others' AS warning,
    metric.value
FROM ops.metric AS metric
INNER JOIN night ON metric.run_id = night.run_id
WHERE metric.name = 'sheets_left_out' AND metric.stage = 'ingest'
ORDER BY concerns, warning
