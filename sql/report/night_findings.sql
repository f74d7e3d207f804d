-- What a night found and what changed, by type.
SELECT
    finding_type,
    found,
    new,
    reopened,
    resolved,
    dismissed
FROM stats.night_total
WHERE as_of = cast($as_of AS DATE) AND station_code = 'all'
ORDER BY finding_type
