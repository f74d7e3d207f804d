-- What an operator should know of the newest night's deliveries and linkage; nothing of it stops the night.
WITH pairs AS (
    SELECT
        job,
        sum(pairs) AS pairs
    FROM stats.score
    GROUP BY job
),

night AS (SELECT max(run_id) AS run_id FROM ops.metric WHERE stage = 'link'),

told (stage, name, warning, says_how_much) AS (
    VALUES
    (
        'link',
        'without_numbers',
        'next to no numbers: the model is not proven, and what rests on its score is for analysts (tier D)',
        FALSE
    ),
    ('link', 'field_unused', 'missing in nearly every pair compared', TRUE),
    (
        'standardise',
        'equal_clocks',
        'all its clocks show this time, so whoever wrote the file may have moved its days; compare one with the source',
        TRUE
    ),
    ('ingest', 'unmatched_file', 'left alone in the inbox; reconcile check says more and drafts a profile', FALSE),
    ('ingest', 'sheets_left_out', 'sheets left out, since their headings are others', TRUE),
    ('ingest', 'sheet_note', 'look at the workbook: its values alone do not say so', FALSE)
)

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
    told.warning,
    CASE WHEN told.says_how_much THEN round(metric.value, 2) END AS value
FROM ops.metric AS metric
INNER JOIN night ON metric.run_id = night.run_id
INNER JOIN told ON metric.stage = told.stage AND metric.name = told.name
ORDER BY concerns, warning
