/*
what = "公业57, 人口及其变动情况统计年报表: households, population, births, deaths, moves."
unit = "persons; households in column 1"
source = "stats.movement, police_resident (scope.stay)"
reading = """\
The stock of an earlier day is told from the days of registration and cancellation, with the urban code that the register has. Births \
are births registered in the period, late ones are none of them: the form has no column for these, nor for restored or cancelled \
duplicate registrations, which are the residual of the balance. Moves inside a county count on both sides; a move whose other end is \
not stated stands in no column. A household is one that has a member on \
the day. Who was born on 29 February completes a year on the last day of February where the year has no such day (民法典 202)."""
since = "2026-11"
*/
WITH entry AS (
    SELECT
        period_to,
        county_code,
        1 AS column_no,
        households AS persons
    FROM household
    UNION ALL
    SELECT
        period_to,
        county_code,
        unnest([
            2,
            CASE urban_rural WHEN 'urban' THEN 3 WHEN 'rural' THEN 4 END,
            CASE sex WHEN '1' THEN 5 WHEN '2' THEN 6 END,
            CASE age_band WHEN '0-17' THEN 7 WHEN '18-34' THEN 8 WHEN '35-59' THEN 9 WHEN '60+' THEN 10 END
        ]) AS column_no,
        persons
    FROM stock
    UNION ALL
    SELECT
        period.period_to,
        event.county_code,
        event.column_no,
        event.persons
    FROM form_month AS event
    INNER JOIN stats.period AS period ON year(event.month) = year(period.period_to) AND event.month <= period.period_to
    WHERE event.form = 57
),

counted AS (
    SELECT
        period_to,
        coalesce(county_code, 'all') AS county_code,
        column_no,
        sum(persons) AS persons
    FROM entry
    GROUP BY GROUPING SETS ((period_to, county_code, column_no), (period_to, column_no))
),

figure AS (
    SELECT
        period.*,
        place.county_code,
        item.column_no,
        item.label,
        coalesce(counted.persons, 0) AS persons,
        sum(CASE WHEN item.column_no IN (3, 4) THEN counted.persons END) OVER (PARTITION BY period.period_to, place.county_code) AS coded,
        sum(CASE WHEN item.column_no = 2 THEN counted.persons END) OVER (PARTITION BY period.period_to, place.county_code) AS population
    FROM stats.period AS period
    CROSS JOIN form_place AS place
    CROSS JOIN (
        VALUES
        (1, '年末总户数'),
        (2, '年末总人口'),
        (3, '城镇'),
        (4, '乡村'),
        (5, '男'),
        (6, '女'),
        (7, '0-17岁'),
        (8, '18-34岁'),
        (9, '35-59岁'),
        (10, '60岁及以上'),
        (11, '出生'),
        (12, '出生男'),
        (13, '出生女'),
        (14, '死亡'),
        (15, '死亡男'),
        (16, '死亡女'),
        (17, '省内迁入'),
        (18, '省外迁入'),
        (19, '迁往省内'),
        (20, '迁往省外')
    ) AS item (column_no, label)
    LEFT JOIN counted
        ON period.period_to = counted.period_to AND place.county_code = counted.county_code AND item.column_no = counted.column_no
),

told AS (
    SELECT
        *,
        CASE
            WHEN column_no IN (3, 4) AND population > 0 AND coded IS NULL THEN coalesce(lacks_stock, 'no_urban_code')
            WHEN column_no <= 10 THEN lacks_stock
            WHEN column_no <= 13 THEN lacks_births
            WHEN column_no <= 16 THEN lacks_deaths
            WHEN column_no <= 18 THEN lacks_moves_in
            ELSE lacks_moves_out
        END AS missing
    FROM figure
)

SELECT
    period_from,
    period_to,
    county_code,
    column_no,
    label,
    CASE WHEN missing IS NULL THEN persons END AS persons,
    missing
FROM told
ORDER BY period_to, county_code, column_no
