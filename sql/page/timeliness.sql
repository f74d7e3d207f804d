-- What share of births, deaths and moves was registered in time, month by month of the last half year, and after how many days?
-- Columns: month, event, registered, median_days, limit_days, share_in_time
SELECT
    month,
    event,
    registered,
    median_days,
    limit_days,
    share_in_time
FROM stats.timeliness
WHERE
    county_code = 'all'
    AND month > cast($as_of AS DATE) - INTERVAL 6 MONTH
    AND month <= cast($as_of AS DATE)
ORDER BY month DESC, event ASC
