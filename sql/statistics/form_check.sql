/*
what = "Soft checks of both forms: what the columns must add up to."
unit = "persons"
source = "stats.form_57, stats.form_58"
reading = """\
Inferred from the layout of the forms, since no instructions were seen; each is a question, none stops the night. Column 4 of 公业58 \
is empty and its people stand in column 22, so that it counts as 0 in a sum. A check of which one side is not known has no difference."""
since = "2026-11"
*/
WITH first_period AS (
    SELECT min(period_to) AS period_to
    FROM stats.period
),

term AS (
    SELECT
        said.check_name,
        said.is_limit,
        said.side,
        said.form,
        unnest(said.column_nos) AS column_no,
        said.sign,
        said.is_before
    FROM (
        VALUES
        ('57.c2 = 57.c3 + 57.c4', FALSE, 'found', 57, [2], 1, FALSE),
        ('57.c2 = 57.c3 + 57.c4', FALSE, 'expected', 57, [3, 4], 1, FALSE),
        ('57.c2 = 57.c5 + 57.c6', FALSE, 'found', 57, [2], 1, FALSE),
        ('57.c2 = 57.c5 + 57.c6', FALSE, 'expected', 57, [5, 6], 1, FALSE),
        ('57.c2 = 57.c7 + 57.c8 + 57.c9 + 57.c10', FALSE, 'found', 57, [2], 1, FALSE),
        ('57.c2 = 57.c7 + 57.c8 + 57.c9 + 57.c10', FALSE, 'expected', 57, [7, 8, 9, 10], 1, FALSE),
        ('57.c11 = 57.c12 + 57.c13', FALSE, 'found', 57, [11], 1, FALSE),
        ('57.c11 = 57.c12 + 57.c13', FALSE, 'expected', 57, [12, 13], 1, FALSE),
        ('57.c14 = 57.c15 + 57.c16', FALSE, 'found', 57, [14], 1, FALSE),
        ('57.c14 = 57.c15 + 57.c16', FALSE, 'expected', 57, [15, 16], 1, FALSE),
        ('57.c2 = before + 57.c11 - 57.c14 + 57.c17 + 57.c18 - 57.c19 - 57.c20', FALSE, 'found', 57, [2], 1, FALSE),
        ('57.c2 = before + 57.c11 - 57.c14 + 57.c17 + 57.c18 - 57.c19 - 57.c20', FALSE, 'expected', 57, [2], 1, TRUE),
        ('57.c2 = before + 57.c11 - 57.c14 + 57.c17 + 57.c18 - 57.c19 - 57.c20', FALSE, 'expected', 57, [11, 17, 18], 1, FALSE),
        ('57.c2 = before + 57.c11 - 57.c14 + 57.c17 + 57.c18 - 57.c19 - 57.c20', FALSE, 'expected', 57, [14, 19, 20], -1, FALSE),
        ('57.c17 = 57.c19', FALSE, 'found', 57, [17], 1, FALSE),
        ('57.c17 = 57.c19', FALSE, 'expected', 57, [19], 1, FALSE),
        ('58.c2 = 58.c3 + … + 58.c8 + 58.c22', FALSE, 'found', 58, [2], 1, FALSE),
        ('58.c2 = 58.c3 + … + 58.c8 + 58.c22', FALSE, 'expected', 58, [3, 4, 5, 6, 7, 8, 22], 1, FALSE),
        ('58.c8 = 58.c9 + 58.c10 + 58.c11', FALSE, 'found', 58, [8], 1, FALSE),
        ('58.c8 = 58.c9 + 58.c10 + 58.c11', FALSE, 'expected', 58, [9, 10, 11], 1, FALSE),
        ('58.c8 = 58.c12 + … + 58.c21', FALSE, 'found', 58, [8], 1, FALSE),
        ('58.c8 = 58.c12 + … + 58.c21', FALSE, 'expected', 58, [12, 13, 14, 15, 16, 17, 18, 19, 20, 21], 1, FALSE),
        ('58.c23 = 58.c24 + … + 58.c28', FALSE, 'found', 58, [23], 1, FALSE),
        ('58.c23 = 58.c24 + … + 58.c28', FALSE, 'expected', 58, [24, 25, 26, 27, 28], 1, FALSE),
        ('58.c1 = before + 58.c2 - 58.c23', FALSE, 'found', 58, [1], 1, FALSE),
        ('58.c1 = before + 58.c2 - 58.c23', FALSE, 'expected', 58, [1], 1, TRUE),
        ('58.c1 = before + 58.c2 - 58.c23', FALSE, 'expected', 58, [2], 1, FALSE),
        ('58.c1 = before + 58.c2 - 58.c23', FALSE, 'expected', 58, [23], -1, FALSE),
        ('58.c1 = 57.c3', FALSE, 'found', 58, [1], 1, FALSE),
        ('58.c1 = 57.c3', FALSE, 'expected', 57, [3], 1, FALSE),
        ('58.c3 <= 57.c11', TRUE, 'found', 58, [3], 1, FALSE),
        ('58.c3 <= 57.c11', TRUE, 'expected', 57, [11], 1, FALSE),
        ('58.c24 <= 57.c14', TRUE, 'found', 58, [24], 1, FALSE),
        ('58.c24 <= 57.c14', TRUE, 'expected', 57, [14], 1, FALSE)
    ) AS said (check_name, is_limit, side, form, column_nos, sign, is_before)
),

figure AS (
    SELECT
        57 AS form,
        form_57.*
    FROM stats.form_57 AS form_57
    UNION ALL
    SELECT
        58 AS form,
        form_58.*
    FROM stats.form_58 AS form_58
),

side AS (
    SELECT
        period.period_from,
        period.period_to,
        figure.county_code,
        term.check_name,
        term.is_limit,
        sum(CASE WHEN term.side = 'expected' THEN term.sign * coalesce(figure.persons, 0) END) AS expected,
        sum(CASE WHEN term.side = 'found' THEN term.sign * coalesce(figure.persons, 0) END) AS found,
        min(CASE WHEN figure.missing <> 'in_another_column' THEN figure.missing END) AS missing
    FROM stats.period AS period
    INNER JOIN first_period ON period.period_to > first_period.period_to
    CROSS JOIN term
    INNER JOIN figure
        ON
            term.form = figure.form
            AND term.column_no = figure.column_no
            AND figure.period_to = CASE WHEN term.is_before THEN period.period_from - INTERVAL 1 DAY ELSE period.period_to END
    WHERE term.check_name <> '57.c17 = 57.c19' OR figure.county_code = 'all'
    GROUP BY period.period_from, period.period_to, figure.county_code, term.check_name, term.is_limit
)

SELECT
    side.period_from,
    side.period_to,
    side.county_code,
    side.check_name,
    side.is_limit,
    CASE WHEN side.missing IS NULL THEN side.expected END AS expected,
    CASE WHEN side.missing IS NULL THEN side.found END AS found,
    CASE
        WHEN side.missing IS NOT NULL THEN NULL
        WHEN side.is_limit THEN greatest(side.found - side.expected, 0)
        ELSE side.found - side.expected
    END AS difference,
    side.missing
FROM side
ORDER BY side.period_to, side.county_code, side.check_name
