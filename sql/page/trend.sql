-- How many questions were open, new and overdue in each night of the last ninety days?
-- Columns: as_of, finding_type, open, new, overdue
SELECT
    as_of,
    finding_type,
    open,
    new,
    overdue
FROM stats.night_total
WHERE
    station_code = 'all'
    AND finding_type <> 'all'
    AND as_of > cast($as_of AS DATE) - INTERVAL 90 DAY
    AND as_of <= cast($as_of AS DATE)
ORDER BY finding_type, as_of
