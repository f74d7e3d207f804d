-- The new states take the place of the known ones; what the night was settled with goes.
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
    about,
    suggestion,
    run_id
FROM settled
ORDER BY finding_id;

DROP TABLE settled;

DROP TABLE met;

DROP TABLE status_reason;

DROP TABLE news;

DROP TABLE tonight;
