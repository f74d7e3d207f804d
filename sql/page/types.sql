-- Of each type: how many questions are open, new, overdue, waiting for room on a list, answered, and how many were open the night before?
-- Columns: finding_type, open, before, new, overdue, waiting, answered
WITH night AS (
    SELECT max(as_of) AS before_on
    FROM stats.night_total
    WHERE as_of < cast($as_of AS DATE)
)

SELECT
    tonight.finding_type,
    tonight.open,
    CASE WHEN night.before_on IS NOT NULL THEN coalesce(earlier.open, 0) END AS before,
    tonight.new,
    tonight.overdue,
    tonight.waiting,
    tonight.answered
FROM stats.night_total AS tonight
CROSS JOIN night
LEFT JOIN stats.night_total AS earlier
    ON
        tonight.finding_type = earlier.finding_type
        AND earlier.station_code = 'all'
        AND night.before_on = earlier.as_of
WHERE tonight.as_of = cast($as_of AS DATE) AND tonight.station_code = 'all' AND tonight.finding_type <> 'all'
ORDER BY tonight.open DESC, tonight.finding_type ASC
