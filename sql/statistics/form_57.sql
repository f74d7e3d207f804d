/*
what = "公业57, 人口及其变动情况统计年报表: households, population, births, deaths, moves."
unit = "persons; households in column 1"
source = "stats.movement, police_resident (scope.stay)"
reading = """\
The stock of an earlier day is told from the days of registration and cancellation, with the urban code that the register has. Births \
are births registered in the period, late ones are none of them: the form has no column for these, nor for restored or cancelled \
duplicate registrations, which are the residual of the balance. Moves inside a county count on both sides; a move whose other end is \
not stated stands in no column. A household is one that has a member on the day."""
since = "2026-11"
*/
WITH grid AS (
    SELECT
        period.*,
        county.county_code
    FROM stats.period AS period
    CROSS JOIN scope.county AS county
),

aged AS (
    SELECT
        period.period_to,
        cell.county_code,
        cell.sex,
        cell.urban_rural,
        period.month_index - cell.birth_index - CASE WHEN period.is_newest AND cell.is_late THEN 1 ELSE 0 END AS months,
        cell.persons
    FROM stock_cell AS cell
    CROSS JOIN stats.period AS period
    WHERE cell.entered_index <= period.month_index AND cell.left_index > period.month_index
),

stock AS (
    SELECT
        period_to,
        county_code,
        sum(persons) AS c2,
        sum(CASE WHEN urban_rural = 'urban' THEN persons ELSE 0 END) AS c3,
        sum(CASE WHEN urban_rural = 'rural' THEN persons ELSE 0 END) AS c4,
        sum(CASE WHEN sex = '1' THEN persons ELSE 0 END) AS c5,
        sum(CASE WHEN sex = '2' THEN persons ELSE 0 END) AS c6,
        sum(CASE WHEN months < 18 * 12 THEN persons ELSE 0 END) AS c7,
        sum(CASE WHEN months >= 18 * 12 AND months < 35 * 12 THEN persons ELSE 0 END) AS c8,
        sum(CASE WHEN months >= 35 * 12 AND months < 60 * 12 THEN persons ELSE 0 END) AS c9,
        sum(CASE WHEN months >= 60 * 12 THEN persons ELSE 0 END) AS c10
    FROM aged
    GROUP BY period_to, county_code
),

household AS (
    SELECT
        county_code,
        month_index,
        sum(households) AS c1
    FROM household_cell
    GROUP BY county_code, month_index
),

flow AS (
    SELECT
        period.period_to,
        movement.county_code,
        sum(CASE WHEN movement.movement = 'birth' THEN movement.persons ELSE 0 END) AS c11,
        sum(CASE WHEN movement.movement = 'birth' AND movement.sex = '1' THEN movement.persons ELSE 0 END) AS c12,
        sum(CASE WHEN movement.movement = 'birth' AND movement.sex = '2' THEN movement.persons ELSE 0 END) AS c13,
        sum(CASE WHEN movement.movement = 'death' THEN movement.persons ELSE 0 END) AS c14,
        sum(CASE WHEN movement.movement = 'death' AND movement.sex = '1' THEN movement.persons ELSE 0 END) AS c15,
        sum(CASE WHEN movement.movement = 'death' AND movement.sex = '2' THEN movement.persons ELSE 0 END) AS c16,
        sum(CASE WHEN movement.movement = 'move_in' AND movement.place NOT IN ('outside', 'unknown') THEN movement.persons END) AS c17,
        sum(CASE WHEN movement.movement = 'move_in' AND movement.place = 'outside' THEN movement.persons ELSE 0 END) AS c18,
        sum(CASE WHEN movement.movement = 'move_out' AND movement.place NOT IN ('outside', 'unknown') THEN movement.persons END) AS c19,
        sum(CASE WHEN movement.movement = 'move_out' AND movement.place = 'outside' THEN movement.persons ELSE 0 END) AS c20
    FROM stats.movement AS movement
    INNER JOIN stats.period AS period ON year(movement.month) = year(period.period_to) AND movement.month <= period.period_to
    GROUP BY period.period_to, movement.county_code
),

filled AS (
    SELECT
        grid.period_from,
        grid.period_to,
        coalesce(grid.county_code, 'all') AS county_code,
        min(grid.lacks_stock) AS lacks_stock,
        min(grid.lacks_births) AS lacks_births,
        min(grid.lacks_deaths) AS lacks_deaths,
        min(grid.lacks_moves_in) AS lacks_moves_in,
        min(grid.lacks_moves_out) AS lacks_moves_out,
        sum(household.c1) AS c1,
        sum(stock.c2) AS c2,
        sum(stock.c3) AS c3,
        sum(stock.c4) AS c4,
        sum(stock.c5) AS c5,
        sum(stock.c6) AS c6,
        sum(stock.c7) AS c7,
        sum(stock.c8) AS c8,
        sum(stock.c9) AS c9,
        sum(stock.c10) AS c10,
        sum(flow.c11) AS c11,
        sum(flow.c12) AS c12,
        sum(flow.c13) AS c13,
        sum(flow.c14) AS c14,
        sum(flow.c15) AS c15,
        sum(flow.c16) AS c16,
        sum(flow.c17) AS c17,
        sum(flow.c18) AS c18,
        sum(flow.c19) AS c19,
        sum(flow.c20) AS c20
    FROM grid
    LEFT JOIN stock ON grid.period_to = stock.period_to AND grid.county_code = stock.county_code
    LEFT JOIN household ON grid.month_index = household.month_index AND grid.county_code = household.county_code
    LEFT JOIN flow ON grid.period_to = flow.period_to AND grid.county_code = flow.county_code
    GROUP BY GROUPING SETS ((grid.period_from, grid.period_to, grid.county_code), (grid.period_from, grid.period_to))
),

figure AS (
    SELECT
        filled.period_from,
        filled.period_to,
        filled.county_code,
        item.column_no,
        item.label,
        CASE item.column_no
            WHEN 1 THEN c1 WHEN 2 THEN c2 WHEN 3 THEN c3 WHEN 4 THEN c4 WHEN 5 THEN c5 WHEN 6 THEN c6 WHEN 7 THEN c7 WHEN 8 THEN c8
            WHEN 9 THEN c9 WHEN 10 THEN c10 WHEN 11 THEN c11 WHEN 12 THEN c12 WHEN 13 THEN c13 WHEN 14 THEN c14 WHEN 15 THEN c15
            WHEN 16 THEN c16 WHEN 17 THEN c17 WHEN 18 THEN c18 WHEN 19 THEN c19 ELSE c20
        END AS persons,
        CASE
            WHEN item.column_no IN (3, 4) AND filled.c2 > 0 AND filled.c3 + filled.c4 = 0
                THEN coalesce(filled.lacks_stock, 'no_urban_code')
            WHEN item.column_no <= 10 THEN filled.lacks_stock
            WHEN item.column_no <= 13 THEN filled.lacks_births
            WHEN item.column_no <= 16 THEN filled.lacks_deaths
            WHEN item.column_no <= 18 THEN filled.lacks_moves_in
            ELSE filled.lacks_moves_out
        END AS missing
    FROM filled
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
)

SELECT
    period_from,
    period_to,
    county_code,
    column_no,
    label,
    CASE WHEN missing IS NULL THEN coalesce(persons, 0) END AS persons,
    missing
FROM figure
ORDER BY period_to, county_code, column_no
