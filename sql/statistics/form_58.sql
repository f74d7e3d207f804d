/*
what = "公业58, 城镇人口增减情况统计年报表: what the urban population gained and lost."
unit = "persons"
source = "stats.movement, police_resident"
reading = """\
Urban is a code that begins with 1. Columns 2 and 23 are the sums of theirs. Rural people settling (8) are moves in to an urban place \
from a rural one; where the place of origin is not known, the move stands under 其他 (22), since it could be either. 本市 is the \
prefecture. Who left the army or came back from abroad is not told apart from other restored registrations: columns 4 and 5 are empty \
and 22 holds them, except foreigners naturalised, who are column 5. 22 holds late registrations, restored ones and adoptions; 28 \
cancellations that are neither death, army, abroad nor a move."""
since = "2026-11"
*/
WITH grid AS (
    SELECT
        period.*,
        county.county_code
    FROM stats.period AS period
    CROSS JOIN scope.county AS county
),

stock AS (
    SELECT
        period.period_to,
        cell.county_code,
        sum(CASE WHEN cell.urban_rural = 'urban' THEN cell.persons ELSE 0 END) AS c1,
        sum(CASE WHEN cell.urban_rural = 'unknown' THEN 0 ELSE cell.persons END) AS coded
    FROM stock_cell AS cell
    CROSS JOIN stats.period AS period
    WHERE cell.entered_index <= period.month_index AND cell.left_index > period.month_index
    GROUP BY period.period_to, cell.county_code
),

-- Of the register itself, what no event table tells.
kept AS (
    SELECT
        period.period_to,
        change.county_code,
        sum(CASE WHEN change.is_entry AND change.kind = 'naturalised' THEN 1 ELSE 0 END) AS c5,
        sum(CASE WHEN change.is_entry AND change.kind IN ('restored', 'adoption', 'late_birth', 'other') THEN 1 ELSE 0 END) AS other_in,
        sum(CASE WHEN NOT change.is_entry AND change.kind = 'military' THEN 1 ELSE 0 END) AS c25,
        sum(CASE WHEN NOT change.is_entry AND change.kind = 'emigrated' THEN 1 ELSE 0 END) AS c26,
        sum(CASE WHEN NOT change.is_entry AND change.kind IN ('duplicate', 'fictitious', 'other') THEN 1 ELSE 0 END) AS c28
    FROM register_change AS change
    INNER JOIN stats.period AS period
        ON year(change.happened_on) = year(period.period_to) AND change.happened_on <= period.period_to
    WHERE change.urban_rural_code LIKE '1%'
    GROUP BY period.period_to, change.county_code
),

moved AS (
    SELECT
        period.period_to,
        movement.county_code,
        movement.movement,
        movement.place,
        movement.origin_urban_rural,
        movement.move_reason,
        sum(movement.persons) AS persons
    FROM stats.movement AS movement
    INNER JOIN stats.period AS period ON year(movement.month) = year(period.period_to) AND movement.month <= period.period_to
    WHERE movement.urban_rural = 'urban'
    GROUP BY ALL
),

flow AS (
    SELECT
        period_to,
        county_code,
        sum(CASE WHEN movement = 'birth' THEN persons ELSE 0 END) AS c3,
        sum(CASE WHEN origin_urban_rural = 'urban' AND place IN ('county', 'prefecture', 'province') THEN persons ELSE 0 END) AS c6,
        sum(CASE WHEN origin_urban_rural = 'urban' AND place = 'outside' THEN persons ELSE 0 END) AS c7,
        sum(CASE WHEN origin_urban_rural = 'rural' AND place <> 'unknown' THEN persons ELSE 0 END) AS c8,
        sum(CASE WHEN origin_urban_rural = 'rural' AND place IN ('county', 'prefecture') THEN persons ELSE 0 END) AS c9,
        sum(CASE WHEN origin_urban_rural = 'rural' AND place = 'province' THEN persons ELSE 0 END) AS c10,
        sum(CASE WHEN origin_urban_rural = 'rural' AND place = 'outside' THEN persons ELSE 0 END) AS c11,
        sum(CASE WHEN origin_urban_rural = 'unknown' OR (movement = 'move_in' AND place = 'unknown') THEN persons ELSE 0 END) AS unplaced,
        sum(CASE WHEN movement = 'death' THEN persons ELSE 0 END) AS c24,
        sum(CASE WHEN movement = 'move_out' THEN persons ELSE 0 END) AS c27
    FROM moved
    GROUP BY period_to, county_code
),

settled AS (
    SELECT
        period_to,
        county_code,
        move_reason,
        persons
    FROM moved
    WHERE origin_urban_rural = 'rural' AND place <> 'unknown'
),

reason AS (
    SELECT
        period_to,
        county_code,
        count(move_reason) AS stated,
        sum(CASE WHEN move_reason = 'enrolment' THEN persons ELSE 0 END) AS c12,
        sum(CASE WHEN move_reason = 'hired' THEN persons ELSE 0 END) AS c13,
        sum(CASE WHEN move_reason = 'work_trade' THEN persons ELSE 0 END) AS c14,
        sum(CASE WHEN move_reason = 'invest' THEN persons ELSE 0 END) AS c15,
        sum(CASE WHEN move_reason = 'house' THEN persons ELSE 0 END) AS c16,
        sum(CASE WHEN move_reason = 'kin' THEN persons ELSE 0 END) AS c17,
        sum(CASE WHEN move_reason = 'relocation' THEN persons ELSE 0 END) AS c18,
        sum(CASE WHEN move_reason = 'village_rebuild' THEN persons ELSE 0 END) AS c19,
        sum(CASE WHEN move_reason = 'code_change' THEN persons ELSE 0 END) AS c20,
        sum(CASE WHEN move_reason = 'other' THEN persons ELSE 0 END) AS c21
    FROM settled
    GROUP BY period_to, county_code
),

filled AS (
    SELECT
        grid.period_from,
        grid.period_to,
        coalesce(grid.county_code, 'all') AS county_code,
        min(grid.lacks_stock) AS lacks_stock,
        min(grid.lacks_before) AS lacks_before,
        min(grid.lacks_births) AS lacks_births,
        min(grid.lacks_deaths) AS lacks_deaths,
        min(grid.lacks_moves_in) AS lacks_moves_in,
        min(grid.lacks_moves_out) AS lacks_moves_out,
        coalesce(sum(stock.coded), 0) AS coded,
        coalesce(sum(reason.stated), 0) AS stated,
        coalesce(sum(stock.c1), 0) AS c1,
        coalesce(sum(flow.c3), 0) AS c3,
        coalesce(sum(kept.c5), 0) AS c5,
        coalesce(sum(flow.c6), 0) AS c6,
        coalesce(sum(flow.c7), 0) AS c7,
        coalesce(sum(flow.c8), 0) AS c8,
        coalesce(sum(flow.c9), 0) AS c9,
        coalesce(sum(flow.c10), 0) AS c10,
        coalesce(sum(flow.c11), 0) AS c11,
        coalesce(sum(reason.c12), 0) AS c12,
        coalesce(sum(reason.c13), 0) AS c13,
        coalesce(sum(reason.c14), 0) AS c14,
        coalesce(sum(reason.c15), 0) AS c15,
        coalesce(sum(reason.c16), 0) AS c16,
        coalesce(sum(reason.c17), 0) AS c17,
        coalesce(sum(reason.c18), 0) AS c18,
        coalesce(sum(reason.c19), 0) AS c19,
        coalesce(sum(reason.c20), 0) AS c20,
        coalesce(sum(reason.c21), 0) AS c21,
        coalesce(sum(kept.other_in), 0) + coalesce(sum(flow.unplaced), 0) AS c22,
        coalesce(sum(flow.c24), 0) AS c24,
        coalesce(sum(kept.c25), 0) AS c25,
        coalesce(sum(kept.c26), 0) AS c26,
        coalesce(sum(flow.c27), 0) AS c27,
        coalesce(sum(kept.c28), 0) AS c28
    FROM grid
    LEFT JOIN stock ON grid.period_to = stock.period_to AND grid.county_code = stock.county_code
    LEFT JOIN kept ON grid.period_to = kept.period_to AND grid.county_code = kept.county_code
    LEFT JOIN flow ON grid.period_to = flow.period_to AND grid.county_code = flow.county_code
    LEFT JOIN reason ON grid.period_to = reason.period_to AND grid.county_code = reason.county_code
    GROUP BY GROUPING SETS ((grid.period_from, grid.period_to, grid.county_code), (grid.period_from, grid.period_to))
),

summed AS (
    SELECT
        filled.*,
        filled.c3 + filled.c5 + filled.c6 + filled.c7 + filled.c8 + filled.c22 AS c2,
        filled.c24 + filled.c25 + filled.c26 + filled.c27 + filled.c28 AS c23
    FROM filled
),

figure AS (
    SELECT
        summed.period_from,
        summed.period_to,
        summed.county_code,
        item.column_no,
        item.label,
        CASE item.column_no
            WHEN 1 THEN c1 WHEN 2 THEN c2 WHEN 3 THEN c3 WHEN 5 THEN c5 WHEN 6 THEN c6 WHEN 7 THEN c7 WHEN 8 THEN c8 WHEN 9 THEN c9
            WHEN 10 THEN c10 WHEN 11 THEN c11 WHEN 12 THEN c12 WHEN 13 THEN c13 WHEN 14 THEN c14 WHEN 15 THEN c15 WHEN 16 THEN c16
            WHEN 17 THEN c17 WHEN 18 THEN c18 WHEN 19 THEN c19 WHEN 20 THEN c20 WHEN 21 THEN c21 WHEN 22 THEN c22 WHEN 23 THEN c23
            WHEN 24 THEN c24 WHEN 25 THEN c25 WHEN 26 THEN c26 WHEN 27 THEN c27 WHEN 28 THEN c28
        END AS persons,
        CASE
            WHEN item.column_no = 4 THEN 'in_another_column'
            WHEN summed.coded = 0 THEN coalesce(summed.lacks_stock, 'no_urban_code')
            WHEN item.column_no = 1 THEN summed.lacks_stock
            WHEN item.column_no = 2 THEN coalesce(summed.lacks_births, summed.lacks_moves_in, summed.lacks_before)
            WHEN item.column_no = 3 THEN summed.lacks_births
            WHEN item.column_no BETWEEN 12 AND 21 AND summed.c8 > 0 AND summed.stated = 0 THEN 'no_move_reason'
            WHEN item.column_no BETWEEN 6 AND 21 THEN summed.lacks_moves_in
            WHEN item.column_no = 22 THEN coalesce(summed.lacks_moves_in, summed.lacks_before)
            WHEN item.column_no = 23 THEN coalesce(summed.lacks_deaths, summed.lacks_moves_out, summed.lacks_before)
            WHEN item.column_no = 24 THEN summed.lacks_deaths
            WHEN item.column_no = 27 THEN summed.lacks_moves_out
            ELSE summed.lacks_before
        END AS missing
    FROM summed
    CROSS JOIN (
        VALUES
        (1, '年末城镇人口'),
        (2, '增加合计'),
        (3, '出生'),
        (4, '退出现役'),
        (5, '回国定居及入籍'),
        (6, '城镇人口省内迁入'),
        (7, '城镇人口省外迁入'),
        (8, '农业转移人口落户城镇'),
        (9, '来自本市(地)'),
        (10, '来自本省外市'),
        (11, '来自外省'),
        (12, '大中专院校招生'),
        (13, '录(聘)用'),
        (14, '务工经商'),
        (15, '投资(创业)'),
        (16, '购(租)房'),
        (17, '投靠亲属'),
        (18, '移民搬迁'),
        (19, '城中村改造'),
        (20, '城乡属性调整'),
        (21, '其他原因'),
        (22, '增加其他'),
        (23, '减少合计'),
        (24, '死亡'),
        (25, '服现役'),
        (26, '出国(境)定居及入外籍'),
        (27, '城镇人口迁出'),
        (28, '减少其他')
    ) AS item (column_no, label)
)

SELECT
    period_from,
    period_to,
    county_code,
    column_no,
    label,
    CASE WHEN missing IS NULL THEN persons END AS persons,
    missing
FROM figure
ORDER BY period_to, county_code, column_no
