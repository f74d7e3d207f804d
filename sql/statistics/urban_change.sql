/*
what = "What changed the share of people in towns since the end of the year before, part by part."
unit = "percentage points; persons"
source = "stats.urbanisation, stats.movement, police_resident"
reading = """\
A part that changes the towns by u and the population by p moves the share by (u - share before * p) / population: the points of the \
parts add up to the rise, exactly. Rural people settling are told by reason, as in columns 12 to 21 of 公业58. The register shows only \
the code that a place has at present, on every day of the past as well, so that a code that was changed moves no share here: \
stats.urban_check lists the places. residual is what neither events nor the register explain."""
since = "2026-11"
*/
WITH change AS (
    SELECT
        month AS happened_on,
        county_code,
        part,
        sum(sign * persons) AS persons,
        is_urban
    FROM change_entry
    GROUP BY month, county_code, part, is_urban
    UNION ALL
    SELECT
        happened_on,
        county_code,
        CASE
            WHEN kind IN ('restored', 'adoption', 'other', 'duplicate', 'fictitious') THEN 'clean_up'
            ELSE 'army_and_abroad'
        END AS part,
        sum(CASE WHEN is_entry THEN 1 ELSE -1 END) AS persons,
        urban_rural_code LIKE '1%' AS is_urban
    FROM register_change
    WHERE kind IN ('restored', 'adoption', 'other', 'duplicate', 'fictitious', 'naturalised', 'military', 'emigrated')
    GROUP BY ALL
),

part AS (
    SELECT
        period.period_to,
        coalesce(change.county_code, 'all') AS county_code,
        change.part,
        sum(CASE WHEN change.is_urban THEN change.persons ELSE 0 END) AS urban,
        sum(change.persons) AS population
    FROM change
    INNER JOIN stats.period AS period ON year(change.happened_on) = year(period.period_to) AND change.happened_on <= period.period_to
    GROUP BY GROUPING SETS ((period.period_to, change.county_code, change.part), (period.period_to, change.part))
),

known AS (
    SELECT
        after.period_from,
        after.period_to,
        after.county_code,
        after.urban - before.urban AS urban,
        after.population - before.population AS population,
        before.share,
        after.population AS population_after
    FROM stats.urbanisation AS after
    INNER JOIN stats.urbanisation AS before
        ON after.county_code = before.county_code AND CAST(after.period_from - INTERVAL 1 DAY AS DATE) = before.period_to
    INNER JOIN stats.period AS period
        ON
            after.period_to = period.period_to
            AND coalesce(period.lacks_births, period.lacks_deaths, period.lacks_moves_in, period.lacks_moves_out) IS NULL
    WHERE after.share IS NOT NULL AND before.share IS NOT NULL
),

explained AS (
    SELECT
        period_to,
        county_code,
        sum(urban) AS urban,
        sum(population) AS population
    FROM part
    GROUP BY period_to, county_code
),

whole AS (
    SELECT
        known.*,
        part.part,
        part.urban AS part_urban,
        part.population AS part_population
    FROM known
    INNER JOIN part ON known.period_to = part.period_to AND known.county_code = part.county_code
    UNION ALL
    SELECT
        known.*,
        'residual' AS part,
        known.urban - coalesce(explained.urban, 0) AS part_urban,
        known.population - coalesce(explained.population, 0) AS part_population
    FROM known
    LEFT JOIN explained ON known.period_to = explained.period_to AND known.county_code = explained.county_code
)

SELECT
    period_from,
    period_to,
    county_code,
    part,
    part_urban AS urban,
    part_population AS population,
    (100.0 * part_urban - share * part_population) / population_after AS points
FROM whole
ORDER BY period_to, county_code, part
