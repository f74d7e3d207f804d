/*
what = "Days from a birth, a death or a move to its registration."
unit = "days; share 0 to 1"
source = "police_birth, police_death, police_move_in, link.move"
reading = """\
By the month of registration. A move counts from the day of its move out, where one was matched; its limit is the validity of the \
migration certificate. Late registrations of births are in it. Events registered before they happened have a wrong date on one side; \
they are counted beside and in no share."""
since = "2026-11"
parameters = ["birth_limit_days", "death_limit_days", "migration_certificate_days"]
*/
WITH dated AS (
    SELECT
        county_code,
        CASE movement WHEN 'death' THEN 'death' WHEN 'move_in' THEN 'move' ELSE 'birth' END AS event,
        CAST(date_trunc('month', happened_on) AS DATE) AS month,
        happened_on - fact_on AS days,
        CASE movement
            WHEN 'death' THEN $death_limit_days
            WHEN 'move_in' THEN $migration_certificate_days
            ELSE $birth_limit_days
        END AS limit_days
    FROM counted_event
    WHERE
        movement <> 'move_out'
        AND fact_on IS NOT NULL
        AND happened_on BETWEEN (SELECT min(period_to) FROM stats.period) AND (SELECT max(period_to) FROM stats.period)
)

SELECT
    month,
    coalesce(county_code, 'all') AS county_code,
    event,
    count(CASE WHEN days >= 0 THEN 1 END) AS registered,
    count(CASE WHEN days < 0 THEN 1 END) AS registered_before,
    CAST(median(CASE WHEN days >= 0 THEN days END) AS DOUBLE) AS median_days,
    CAST(min(limit_days) AS INTEGER) AS limit_days,
    CAST(count(CASE WHEN days BETWEEN 0 AND limit_days THEN 1 END) AS DOUBLE) / nullif(count(CASE WHEN days >= 0 THEN 1 END), 0)
        AS share_in_time
FROM dated
GROUP BY GROUPING SETS ((month, county_code, event), (month, event))
ORDER BY month, county_code, event
