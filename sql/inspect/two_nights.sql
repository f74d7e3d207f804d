-- What appeared, went, changed its tier, its station or its status between two nights? Adds up find.change as reconcile compare does,
-- for the last two nights or for any two, published still or not.
-- Columns: finding_type, change, finding_id, before, after
WITH known AS (
    SELECT DISTINCT as_of FROM stats.night
),

night AS (
    -- EDIT: SELECT DATE '2026-11-20' AS first_night, DATE '2026-11-21' AS second_night
    SELECT
        coalesce(max(CASE WHEN newer.as_of IS NOT NULL THEN known.as_of END), DATE '1900-01-01') AS first_night,
        max(known.as_of) AS second_night
    FROM known
    LEFT JOIN known AS newer ON known.as_of < newer.as_of
),

step AS (
    SELECT
        change.finding_id,
        change.finding_type,
        CASE WHEN change.change IN ('tier', 'station') THEN change.change ELSE 'status' END AS what,
        change.before,
        change.after,
        change.as_of,
        change.run_id
    FROM find.change AS change
    INNER JOIN night ON change.as_of > night.first_night AND change.as_of <= night.second_night
),

placed AS (
    SELECT
        finding_id,
        finding_type,
        what,
        after,
        first_value(before) OVER (PARTITION BY finding_id, what ORDER BY as_of ASC, run_id ASC) AS before,
        row_number() OVER (PARTITION BY finding_id, what ORDER BY as_of DESC, run_id DESC) AS from_last
    FROM step
),

summed AS (
    SELECT
        finding_id,
        finding_type,
        before,
        after,
        CASE
            WHEN what <> 'status' THEN what
            WHEN after = 'resolved' THEN CASE WHEN before IS NULL THEN 'neither' ELSE 'lost' END
            WHEN before IS NULL OR before = 'resolved' THEN 'gained'
            ELSE 'status'
        END AS change
    FROM placed
    WHERE from_last = 1 AND before IS DISTINCT FROM after
),

absent AS (
    SELECT finding_id FROM summed WHERE change IN ('gained', 'lost', 'neither')
)

SELECT
    summed.finding_type,
    summed.change,
    summed.finding_id,
    summed.before,
    summed.after
FROM summed
LEFT JOIN absent ON summed.finding_id = absent.finding_id
WHERE summed.change <> 'neither' AND (absent.finding_id IS NULL OR summed.change IN ('gained', 'lost'))
ORDER BY summed.finding_type ASC, summed.change ASC, summed.finding_id ASC;
