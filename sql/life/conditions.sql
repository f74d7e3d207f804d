-- Which conditions hold for each finding that is known or was raised tonight; several may, and status_reason says which one decides.
--
-- A judgement made before a finding was reopened does not count any more.
CREATE OR REPLACE TEMP TABLE met AS
WITH reopening AS (
    SELECT
        finding_id,
        max(as_of) AS reopened_on
    FROM find.history
    WHERE change = 'reopened'
    GROUP BY finding_id
),

raised AS (
    SELECT
        tonight.finding_id,
        known.status AS known_status,
        judgement.outcome,
        judgement.counts_from,
        reopening.reopened_on
    FROM tonight
    LEFT JOIN find.finding AS known ON tonight.finding_id = known.finding_id
    LEFT JOIN ops.newest_judgement AS judgement ON tonight.finding_id = judgement.finding_id
    LEFT JOIN reopening ON tonight.finding_id = reopening.finding_id
),

fresh AS (
    SELECT
        raised.finding_id,
        raised.known_status,
        raised.reopened_on,
        news.condition AS what
    FROM raised
    INNER JOIN news ON raised.finding_id = news.finding_id
)

SELECT
    known.finding_id,
    'not_found' AS condition
FROM find.finding AS known
LEFT JOIN tonight ON known.finding_id = tonight.finding_id
WHERE tonight.finding_id IS NULL
UNION ALL
SELECT
    finding_id,
    'evidence_changed' AS condition
FROM fresh
WHERE what = 'evidence_changed'
UNION ALL
SELECT
    finding_id,
    'not_an_error' AS condition
FROM raised
WHERE outcome = 'not_an_error'
UNION ALL
SELECT
    finding_id,
    'grown_since_answer' AS condition
FROM fresh
WHERE what = 'grown' AND known_status IN ('confirmed', 'undetermined')
UNION ALL
SELECT
    finding_id,
    'found_again' AS condition
FROM raised
WHERE known_status = 'resolved'
UNION ALL
SELECT
    finding_id,
    'reopened_since_answer' AS condition
FROM raised
WHERE reopened_on > counts_from
UNION ALL
SELECT
    finding_id,
    'still_delivered' AS condition
FROM fresh
WHERE what = 'still_delivered'
UNION ALL
SELECT
    finding_id,
    'unasked_once_reopened' AS condition
FROM fresh
WHERE what = 'unasked' AND reopened_on IS NOT NULL
UNION ALL
SELECT
    finding_id,
    'unasked' AS condition
FROM fresh
WHERE what = 'unasked'
UNION ALL
SELECT
    finding_id,
    'confirmed' AS condition
FROM raised
WHERE outcome IN ('confirmed', 'corrected')
UNION ALL
SELECT
    finding_id,
    'undetermined' AS condition
FROM raised
WHERE outcome = 'undetermined'
UNION ALL
SELECT
    finding_id,
    'once_reopened' AS condition
FROM raised
WHERE reopened_on IS NOT NULL
UNION ALL
SELECT
    finding_id,
    'raised' AS condition
FROM raised
