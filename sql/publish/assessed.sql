-- What the scores of each county are made of, for whole years and for the one that is not over; see statistics/assessment.py.
WITH form AS (
    SELECT
        period_to,
        county_code,
        max(CASE WHEN column_no = 2 THEN persons END) AS gained,
        max(CASE WHEN column_no = 3 THEN persons END) AS births,
        max(CASE WHEN column_no = 6 THEN persons END) AS urban_inside,
        max(CASE WHEN column_no = 7 THEN persons END) AS urban_outside,
        max(CASE WHEN column_no = 8 THEN persons END) AS settled,
        max(CASE WHEN column_no = 19 THEN persons END) AS village_rebuild,
        max(CASE WHEN column_no = 20 THEN persons END) AS code_change,
        min(missing) AS lacks_form
    FROM stats.form_58
    WHERE column_no IN (2, 3, 6, 7, 8, 19, 20)
    GROUP BY period_to, county_code
),

settled AS (
    SELECT
        year,
        county_code,
        sum(settled) AS moved
    FROM stats.resettlement
    GROUP BY year, county_code
)

SELECT
    after.period_from,
    after.period_to,
    after.county_code,
    after.urban,
    after.population,
    before.urban AS urban_before,
    before.population AS population_before,
    coalesce(after.missing, before.missing, CASE WHEN before.urban IS NULL THEN 'no_year_before' END) AS lacks_share,
    form.gained,
    form.births,
    form.urban_inside,
    form.urban_outside,
    form.settled,
    form.village_rebuild,
    form.code_change,
    form.lacks_form,
    CAST(coalesce(settled.moved, 0) AS BIGINT) AS moved
FROM stats.urbanisation AS after
INNER JOIN stats.period AS period ON after.period_to = period.period_to
INNER JOIN form ON after.period_to = form.period_to AND after.county_code = form.county_code
LEFT JOIN stats.urbanisation AS before
    ON after.county_code = before.county_code AND CAST(after.period_from - INTERVAL 1 DAY AS DATE) = before.period_to
LEFT JOIN settled ON year(after.period_to) = settled.year AND after.county_code = settled.county_code
WHERE after.county_code <> 'all' AND (period.is_year OR period.is_newest)
ORDER BY after.period_to, after.county_code;
