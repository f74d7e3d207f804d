SELECT
    finding_id,
    finding_type,
    variant,
    tier,
    round(confidence, 4) AS confidence,
    priority,
    status,
    agency,
    station_code,
    first_seen_on,
    last_seen_on,
    resolved_on,
    due_on,
    reason,
    suggestion
FROM find.finding
WHERE finding_id = $finding_id
