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
WITH change AS (
    SELECT
        happened_on,
        county_code,
        is_entry,
        kind,
        count(*) AS persons
    FROM register_change
    WHERE urban_rural_code LIKE '1%'
    GROUP BY happened_on, county_code, is_entry, kind
),

single AS (
    SELECT
        period_to,
        county_code,
        1 AS column_no,
        persons
    FROM stock
    WHERE urban_rural = 'urban'
    UNION ALL
    SELECT
        period.period_to,
        event.county_code,
        event.column_no,
        event.persons
    FROM form_month AS event
    INNER JOIN stats.period AS period ON year(event.month) = year(period.period_to) AND event.month <= period.period_to
    WHERE event.form = 58
    UNION ALL
    -- Of the register itself, what no event tells.
    SELECT
        period.period_to,
        change.county_code,
        CASE
            WHEN change.is_entry AND change.kind = 'naturalised' THEN 5
            WHEN change.is_entry AND change.kind IN ('restored', 'adoption', 'late_birth', 'other') THEN 22
            WHEN NOT change.is_entry AND change.kind = 'military' THEN 25
            WHEN NOT change.is_entry AND change.kind = 'emigrated' THEN 26
            WHEN NOT change.is_entry AND change.kind IN ('duplicate', 'fictitious', 'other') THEN 28
        END AS column_no,
        change.persons
    FROM change
    INNER JOIN stats.period AS period
        ON year(change.happened_on) = year(period.period_to) AND change.happened_on <= period.period_to
),

-- Columns 2 and 23 are the sums of theirs.
entry AS (
    SELECT
        period_to,
        county_code,
        unnest([column_no, CASE WHEN column_no IN (3, 5, 6, 7, 8, 22) THEN 2 WHEN column_no >= 24 THEN 23 END]) AS column_no,
        persons
    FROM single
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

coded AS (
    SELECT
        period_to,
        coalesce(county_code, 'all') AS county_code,
        sum(persons) AS persons
    FROM stock
    WHERE urban_rural <> 'unknown'
    GROUP BY GROUPING SETS ((period_to, county_code), (period_to))
),

figure AS (
    SELECT
        period.*,
        place.county_code,
        item.column_no,
        item.label,
        coalesce(counted.persons, 0) AS persons,
        coded.persons AS coded,
        sum(CASE WHEN item.column_no = 8 THEN counted.persons END) OVER (PARTITION BY period.period_to, place.county_code) AS settled,
        sum(CASE WHEN item.column_no BETWEEN 12 AND 21 THEN counted.persons END)
            OVER (PARTITION BY period.period_to, place.county_code)
            AS stated
    FROM stats.period AS period
    CROSS JOIN form_place AS place
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
    LEFT JOIN counted
        ON period.period_to = counted.period_to AND place.county_code = counted.county_code AND item.column_no = counted.column_no
    LEFT JOIN coded ON period.period_to = coded.period_to AND place.county_code = coded.county_code
),

told AS (
    SELECT
        *,
        CASE
            WHEN column_no = 4 THEN 'in_another_column'
            WHEN coded IS NULL THEN coalesce(lacks_stock, 'no_urban_code')
            WHEN column_no = 1 THEN lacks_stock
            WHEN column_no = 2 THEN coalesce(lacks_births, lacks_moves_in, lacks_before)
            WHEN column_no = 3 THEN lacks_births
            WHEN column_no BETWEEN 12 AND 21 AND settled > 0 AND stated IS NULL THEN 'no_move_reason'
            WHEN column_no BETWEEN 6 AND 21 THEN lacks_moves_in
            WHEN column_no = 22 THEN coalesce(lacks_moves_in, lacks_before)
            WHEN column_no = 23 THEN coalesce(lacks_deaths, lacks_moves_out, lacks_before)
            WHEN column_no = 24 THEN lacks_deaths
            WHEN column_no = 27 THEN lacks_moves_out
            ELSE lacks_before
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
