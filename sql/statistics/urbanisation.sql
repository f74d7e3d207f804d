/*
what = "户籍人口城镇化率: share of the registered population whose address is urban, by county, with its target."
unit = "percent; persons"
source = "stats.form_57, stats.target"
reading = """\
Urban is a code that begins with 1 (国函〔2008〕60号), not the old 非农业, and not the share of residents. Column 3 over column 2 of \
公业57, from whole numbers. The share before is that of the end of the year before; the step is what the plan asks of a year."""
since = "2026-11"
*/
WITH stock AS (
    SELECT
        period_from,
        period_to,
        county_code,
        max(CASE WHEN column_no = 3 THEN persons END) AS urban,
        max(CASE WHEN column_no = 2 THEN persons END) AS population,
        min(missing) AS missing
    FROM stats.form_57
    WHERE column_no IN (2, 3)
    GROUP BY period_from, period_to, county_code
),

shared AS (
    SELECT
        stock.*,
        CASE WHEN stock.missing IS NULL THEN 100.0 * CAST(stock.urban AS DOUBLE) / nullif(stock.population, 0) END AS share
    FROM stock
)

SELECT
    shared.period_from,
    shared.period_to,
    shared.county_code,
    shared.urban,
    shared.population,
    shared.share,
    before.share AS share_before,
    shared.share - before.share AS rise,
    aim.target AS target,
    shared.share - aim.target AS beyond_target,
    step.target AS step,
    CASE WHEN shared.share IS NULL THEN coalesce(shared.missing, 'nothing_to_divide_by') END AS missing,
    CASE WHEN aim.target IS NULL THEN 'no_target' END AS missing_target
FROM shared
LEFT JOIN shared AS before
    ON shared.county_code = before.county_code AND CAST(shared.period_from - INTERVAL 1 DAY AS DATE) = before.period_to
LEFT JOIN stats.target AS aim
    ON aim.kind = 'share' AND shared.county_code = aim.county_code AND year(shared.period_to) = aim.year
LEFT JOIN stats.target AS step ON step.kind = 'step' AND shared.county_code = step.county_code
ORDER BY shared.period_to, shared.county_code
