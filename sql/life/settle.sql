-- The new state of every finding beside the known one: its status by the first reason that holds, what tonight says of it, else what
-- was last said. Repeating a night changes nothing, because every change is the difference between two states.
CREATE OR REPLACE TEMP TABLE settled AS
WITH ordered AS (
    SELECT
        met.finding_id,
        reason.status,
        row_number() OVER (PARTITION BY met.finding_id ORDER BY reason.place) AS place
    FROM met
    INNER JOIN status_reason AS reason ON met.condition = reason.condition
),

decided AS (
    SELECT
        finding_id,
        status
    FROM ordered
    WHERE place = 1
),

evidence AS (
    SELECT
        finding_id,
        detail
    FROM news
    WHERE condition = 'evidence_changed'
),

merged AS (
    SELECT
        decided.finding_id,
        coalesce(tonight.finding_type, known.finding_type) AS finding_type,
        coalesce(tonight.variant, known.variant) AS variant,
        coalesce(tonight.tier, known.tier) AS tier,
        coalesce(tonight.confidence, known.confidence) AS confidence,
        coalesce(tonight.priority, known.priority) AS priority,
        decided.status,
        coalesce(tonight.agency, known.agency) AS agency,
        CASE WHEN tonight.finding_id IS NULL THEN known.station_code ELSE tonight.station_code END AS station_code,
        coalesce(known.first_seen_on, tonight.first_seen_on) AS first_seen_on,
        coalesce(tonight.last_seen_on, known.last_seen_on) AS last_seen_on,
        CASE WHEN tonight.finding_id IS NULL THEN coalesce(known.resolved_on, $as_of) END AS resolved_on,
        known.due_on AS known_due_on,
        tonight.due_on AS new_due_on,
        coalesce(tonight.reason, known.reason) AS reason,
        CASE WHEN tonight.finding_id IS NULL THEN known.about ELSE tonight.about END AS about,
        coalesce(tonight.suggestion, known.suggestion) AS suggestion,
        CASE WHEN tonight.finding_id IS NULL AND known.status = 'resolved' THEN known.run_id ELSE $run_id END AS run_id,
        known.status AS known_status,
        known.variant AS known_variant,
        known.tier AS known_tier,
        known.station_code AS known_station_code,
        evidence.detail AS evidence_detail
    FROM decided
    LEFT JOIN find.finding AS known ON decided.finding_id = known.finding_id
    LEFT JOIN tonight ON decided.finding_id = tonight.finding_id
    LEFT JOIN evidence ON decided.finding_id = evidence.finding_id
)

SELECT
    *,
    CASE
        WHEN known_status <> 'reopened' AND status = 'reopened' THEN new_due_on
        WHEN station_code <> coalesce(known_station_code, '') THEN new_due_on
        ELSE coalesce(known_due_on, new_due_on)
    END AS due_on
FROM merged
