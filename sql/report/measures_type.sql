-- Where the questions of each type stand, and how stations answered them so far.
SELECT
    finding_type,
    open,
    overdue,
    waiting,
    closed,
    answered,
    median_days_to_answer AS median_days,
    confirmed_share,
    dismissed_share
FROM stats.night_total
WHERE as_of = cast($as_of AS DATE) AND station_code = 'all'
ORDER BY finding_type
