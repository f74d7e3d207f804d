/*
what = "Balance of the population, P = P before + births - deaths + moves in - moves out + R, and what R consists of."
unit = "persons"
source = "stats.form_57, police_resident, link.event, find.finding"
reading = """\
R is what the columns of 公业57 leave over. It is explained registration by registration: by what the register itself says (late and \
restored registrations, cancelled duplicates, army, abroad), by moves of which the form has no column, by days that fall into two periods, \
by births that the events do not reach back to (before_first_event) or that were registered more than a year later without an event \
(late_without_event), and by open questions about the very record. A part says by how many persons it raises or lowers the population at \
the end; the parts of R add up to R."""
since = "2026-11"
*/
WITH term AS (
    SELECT
        column_nos.column_no,
        column_nos.part,
        column_nos.sign
    FROM (
        VALUES (2, 'after', 1), (11, 'births', 1), (14, 'deaths', -1), (17, 'moves_in', 1), (18, 'moves_in', 1), (19, 'moves_out', -1),
        (20, 'moves_out', -1)
    ) AS column_nos (column_no, part, sign)
),

official AS (
    SELECT
        form.period_from,
        form.period_to,
        form.county_code,
        term.part,
        CASE WHEN count(form.missing) = 0 THEN sum(term.sign * form.persons) END AS persons,
        min(form.missing) AS missing
    FROM stats.form_57 AS form
    INNER JOIN term ON form.column_no = term.column_no
    GROUP BY form.period_from, form.period_to, form.county_code, term.part
    UNION ALL
    SELECT
        period.period_from,
        period.period_to,
        form.county_code,
        'before' AS part,
        form.persons,
        form.missing
    FROM stats.period AS period
    INNER JOIN stats.form_57 AS form
        ON form.column_no = 2 AND form.period_to = CAST(period.period_from - INTERVAL 1 DAY AS DATE)
),

residual AS (
    SELECT
        period_from,
        period_to,
        county_code,
        CASE WHEN count(missing) = 0 THEN sum(CASE WHEN part = 'after' THEN persons ELSE -persons END) END AS persons,
        min(missing) AS missing
    FROM official
    GROUP BY period_from, period_to, county_code
    HAVING count(*) = 6
),

-- Added up by day before a day meets the periods it counts in.
item AS (
    SELECT
        happened_on,
        county_code,
        kind,
        part,
        sum(persons) AS persons
    FROM residual_item
    GROUP BY happened_on, county_code, kind, part
),

explained AS (
    SELECT
        period.period_from,
        period.period_to,
        coalesce(item.county_code, 'all') AS county_code,
        item.kind,
        item.part,
        sum(item.persons) AS persons
    FROM item
    INNER JOIN stats.period AS period ON year(item.happened_on) = year(period.period_to) AND item.happened_on <= period.period_to
    GROUP BY
        GROUPING SETS (
            (period.period_from, period.period_to, item.county_code, item.kind, item.part),
            (period.period_from, period.period_to, item.kind, item.part)
        )
),

whole AS (
    SELECT
        official.period_from,
        official.period_to,
        official.county_code,
        'official' AS kind,
        official.part,
        official.persons,
        official.missing
    FROM official
    INNER JOIN residual ON official.period_to = residual.period_to AND official.county_code = residual.county_code
    UNION ALL
    SELECT
        residual.period_from,
        residual.period_to,
        residual.county_code,
        'official' AS kind,
        'residual' AS part,
        residual.persons,
        residual.missing
    FROM residual
    UNION ALL
    SELECT
        explained.period_from,
        explained.period_to,
        explained.county_code,
        explained.kind,
        explained.part,
        explained.persons,
        NULL AS missing
    FROM explained
    INNER JOIN residual ON explained.period_to = residual.period_to AND explained.county_code = residual.county_code
    WHERE residual.missing IS NULL AND explained.persons <> 0
)

SELECT *
FROM whole
ORDER BY period_to, county_code, kind, part
