-- The life of findings: what is known, what was raised tonight, what people judged → one new state each, one row of history per change.
-- Repeating a night changes nothing, because every change is the difference between two states.
--
-- A judgement made before a finding was reopened, or on the day it grew or before, does not count any more; "corrected" counts until the
-- next delivery shows the error all the same; "not an error" until the evidence changes.
CREATE OR REPLACE TEMP TABLE settled AS
WITH last_reopening AS (
    SELECT
        finding_id,
        max(as_of) AS reopened_on
    FROM find.history
    WHERE change = 'reopened'
    GROUP BY finding_id
),

merged AS (
    SELECT
        coalesce(t.finding_id, f.finding_id) AS finding_id,
        coalesce(t.finding_type, f.finding_type) AS finding_type,
        coalesce(t.variant, f.variant) AS variant,
        coalesce(t.tier, f.tier) AS tier,
        coalesce(t.confidence, f.confidence) AS confidence,
        coalesce(t.priority, f.priority) AS priority,
        CASE
            WHEN t.finding_id IS NULL THEN 'resolved'
            WHEN j.outcome = 'not_an_error' AND c.finding_id IS NULL THEN 'dismissed'
            WHEN j.outcome = 'not_an_error' THEN 'reopened'
            WHEN f.status IN ('confirmed', 'undetermined') AND g.finding_id IS NOT NULL THEN 'reopened'
            WHEN f.status = 'resolved' THEN 'reopened'
            WHEN r.reopened_on > j.counts_from THEN 'reopened'
            WHEN j.outcome = 'corrected' AND u.finding_id IS NOT NULL THEN 'reopened'
            WHEN n.finding_id IS NOT NULL AND r.reopened_on IS NULL THEN 'open'
            WHEN n.finding_id IS NOT NULL THEN 'reopened'
            WHEN j.outcome IN ('confirmed', 'corrected') THEN 'confirmed'
            WHEN j.outcome = 'undetermined' THEN 'undetermined'
            WHEN r.reopened_on IS NOT NULL THEN 'reopened'
            ELSE 'open'
        END AS status,
        coalesce(t.agency, f.agency) AS agency,
        CASE WHEN t.finding_id IS NULL THEN f.station_code ELSE t.station_code END AS station_code,
        coalesce(f.first_seen_on, t.first_seen_on) AS first_seen_on,
        coalesce(t.last_seen_on, f.last_seen_on) AS last_seen_on,
        CASE WHEN t.finding_id IS NULL THEN coalesce(f.resolved_on, $as_of) END AS resolved_on,
        f.due_on AS known_due_on,
        t.due_on AS new_due_on,
        coalesce(t.reason, f.reason) AS reason,
        coalesce(t.suggestion, f.suggestion) AS suggestion,
        CASE WHEN t.finding_id IS NULL AND f.status = 'resolved' THEN f.run_id ELSE $run_id END AS run_id,
        f.status AS known_status,
        f.variant AS known_variant,
        f.tier AS known_tier,
        f.station_code AS known_station_code,
        c.detail AS evidence_detail
    FROM find.finding AS f
    FULL OUTER JOIN tonight AS t ON f.finding_id = t.finding_id
    LEFT JOIN ops.newest_judgement AS j ON coalesce(t.finding_id, f.finding_id) = j.finding_id
    LEFT JOIN last_reopening AS r ON coalesce(t.finding_id, f.finding_id) = r.finding_id
    LEFT JOIN uncorrected AS u ON t.finding_id = u.finding_id
    LEFT JOIN changed AS c ON t.finding_id = c.finding_id
    LEFT JOIN grown AS g ON t.finding_id = g.finding_id
    LEFT JOIN unasked AS n ON t.finding_id = n.finding_id
)

SELECT
    *,
    CASE
        WHEN known_status <> 'reopened' AND status = 'reopened' THEN new_due_on
        WHEN station_code <> coalesce(known_station_code, '') THEN new_due_on
        ELSE coalesce(known_due_on, new_due_on)
    END AS due_on
FROM merged;

INSERT INTO find.history
SELECT
    finding_id,
    $as_of AS as_of,
    $run_id AS run_id,
    change,
    detail
FROM (
    SELECT
        finding_id,
        status AS change,
        known_status AS detail
    FROM settled
    WHERE status IS DISTINCT FROM known_status
    UNION ALL
    SELECT
        finding_id,
        'evidence' AS change,
        evidence_detail AS detail
    FROM settled
    WHERE known_status = 'dismissed' AND status = 'reopened'
    UNION ALL
    SELECT
        finding_id,
        'variant' AS change,
        concat(coalesce(known_variant, ''), ' → ', coalesce(variant, '')) AS detail
    FROM settled
    WHERE known_status IS NOT NULL AND variant IS DISTINCT FROM known_variant
    UNION ALL
    SELECT
        finding_id,
        'tier' AS change,
        concat(coalesce(known_tier, ''), ' → ', coalesce(tier, '')) AS detail
    FROM settled
    WHERE known_status IS NOT NULL AND tier IS DISTINCT FROM known_tier
    UNION ALL
    SELECT
        finding_id,
        'station_code' AS change,
        concat(coalesce(known_station_code, ''), ' → ', coalesce(station_code, '')) AS detail
    FROM settled
    WHERE known_status IS NOT NULL AND station_code IS DISTINCT FROM known_station_code
) AS changes
ORDER BY finding_id, change;

DELETE FROM find.finding;

INSERT INTO find.finding
SELECT
    finding_id,
    finding_type,
    variant,
    tier,
    confidence,
    priority,
    status,
    agency,
    station_code,
    first_seen_on,
    last_seen_on,
    resolved_on,
    due_on,
    reason,
    suggestion,
    run_id
FROM settled
ORDER BY finding_id;

DROP TABLE settled;

DROP TABLE tonight;

DROP TABLE changed;

DROP TABLE grown;

DROP TABLE unasked;

DROP TABLE uncorrected;
