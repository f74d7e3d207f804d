-- Every brake that is pulled: what is judged, what was found, what is allowed. Empty when the night may be published.
WITH delivered AS (
    SELECT extract, max(delivered_on) AS delivered_on, CAST(sum(rows) AS DOUBLE) AS rows
    FROM ops.load
    WHERE NOT superseded
    GROUP BY extract
),

good AS (
    SELECT run_id
    FROM ops.run
    WHERE status = 'done'
    ORDER BY started_at DESC, run_id DESC
    LIMIT 1
),

-- Snapshots alone write this metric: an append extract never shrinks.
former AS (
    SELECT metric.subject AS extract, metric.value AS rows
    FROM ops.metric AS metric
    INNER JOIN good ON metric.run_id = good.run_id
    WHERE metric.stage = 'publish' AND metric.name = 'rows'
),

-- Files that no good run has published yet: an old file is not judged again every night.
rejected AS (
    SELECT load.file AS subject, count(DISTINCT reject.line) AS rejects, max(load.rows) AS rows
    FROM ops.load AS load
    INNER JOIN ops.reject AS reject ON load.load_id = reject.load_id
    WHERE
        NOT load.superseded
        AND reject.severity = 'row'
        AND load.run_id NOT IN (SELECT run_id FROM ops.run WHERE status = 'done')
    GROUP BY load.load_id, load.file
),

active AS (
    SELECT CAST(count(*) AS DOUBLE) AS registrations FROM scope.registration WHERE is_active
),

raised AS (
    SELECT finding_type AS subject, count(*) AS findings
    FROM find.finding
    WHERE last_seen_on = $as_of
    GROUP BY finding_type
),

pulled AS (
    SELECT
        'age' AS brake,
        extract AS subject,
        CAST(date_diff('day', delivered_on, $as_of) AS DOUBLE) AS found,
        CAST($snapshot_age_days AS DOUBLE) AS allowed
    FROM delivered
    WHERE extract = 'police_resident'
    UNION ALL
    SELECT
        'empty' AS brake,
        extract AS subject,
        1 AS found,
        0 AS allowed
    FROM delivered
    WHERE rows = 0 AND list_contains($mandatory, extract)
    UNION ALL
    SELECT
        'volume' AS brake,
        delivered.extract AS subject,
        1 - delivered.rows / former.rows AS found,
        $volume_drop_share AS allowed
    FROM delivered INNER JOIN former ON delivered.extract = former.extract
    WHERE former.rows > 0
    UNION ALL
    SELECT
        'rejects' AS brake,
        subject,
        CAST(rejects AS DOUBLE) / rows AS found,
        $reject_share AS allowed
    FROM rejected
    WHERE rejects > $reject_floor AND rows > 0
    UNION ALL
    SELECT
        'findings' AS brake,
        raised.subject,
        raised.findings / active.registrations AS found,
        $finding_share AS allowed
    FROM raised CROSS JOIN active
    WHERE raised.findings > $finding_floor AND active.registrations > 0
)

SELECT brake, subject, found, allowed
FROM pulled
WHERE found > allowed
ORDER BY brake, subject
