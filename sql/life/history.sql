-- One row of history per difference between the known state of a finding and the new one.
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
ORDER BY finding_id, change
