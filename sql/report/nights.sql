-- Every night since a day, as its newest run ended, and what came of it in counts; a night that was not published has none.
WITH run AS (
    SELECT
        run.run_id,
        run.as_of,
        run.status,
        run.message,
        row_number() OVER (PARTITION BY run.as_of ORDER BY run.started_at DESC, run.run_id DESC) AS newest
    FROM ops.run AS run
    WHERE run.as_of >= cast($since AS DATE)
),

counted AS (
    SELECT
        as_of,
        cast(sum(open) AS BIGINT) AS open,
        cast(sum(new) AS BIGINT) AS new,
        cast(sum(resolved) AS BIGINT) AS resolved,
        cast(sum(dismissed) AS BIGINT) AS dismissed,
        cast(sum(answered) AS BIGINT) AS answered
    FROM stats.night_total
    WHERE station_code = 'all'
    GROUP BY as_of
)

SELECT
    run.as_of,
    run.run_id,
    run.status,
    night.open,
    night.new,
    night.resolved,
    night.dismissed,
    night.answered,
    run.message
FROM run
LEFT JOIN counted AS night ON run.as_of = night.as_of AND run.status = 'done'
WHERE run.newest = 1
ORDER BY run.as_of
