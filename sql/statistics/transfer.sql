/*
what = "Moves inside the prefecture by pairs of counties: who left for another county and who came from there must be the same."
unit = "moves"
source = "police_move_out, police_move_in, link.move, find.finding"
reading = """\
A move that is registered on one side alone is explained by an open question about it, by its days (the other side lies in another period, \
or it is younger than the grace of landing), by the two sides naming different counties, or by a registration that was restored at the \
origin; the rest is unexplained. Destinations that are given as text alone take no part."""
since = "2026-11"
parameters = ["landing_grace_days"]
*/
WITH newest AS (
    SELECT max(period_to) AS seen_on
    FROM stats.period
),

side AS (
    SELECT
        counted.record_type,
        counted.record_key,
        counted.registration_id,
        counted.happened_on,
        counted.county_code AS from_county,
        counted.other_code AS to_county,
        1 AS moves,
        counted.record_key AS move_out_id
    FROM counted_event AS counted
    INNER JOIN scope.county AS other ON counted.other_code = other.county_code
    WHERE counted.movement = 'move_out'
    UNION ALL
    SELECT
        counted.record_type,
        counted.record_key,
        counted.registration_id,
        counted.happened_on,
        counted.other_code AS from_county,
        counted.county_code AS to_county,
        -1 AS moves,
        counted.move_out_id
    FROM counted_event AS counted
    INNER JOIN scope.county AS other ON counted.other_code = other.county_code
    WHERE counted.movement = 'move_in'
),

-- Both sides of one move, where both name the same counties.
met AS (
    SELECT
        move_out_id,
        from_county,
        to_county
    FROM side
    WHERE move_out_id IS NOT NULL
    GROUP BY move_out_id, from_county, to_county
    HAVING count(*) > 1
),

-- Who did not land and was restored where they came from.
restored AS (
    SELECT DISTINCT before.registration_id
    FROM register_change AS change
    INNER JOIN link.person AS after ON change.registration_id = after.registration_id
    INNER JOIN link.person AS before ON after.person_id = before.person_id
    WHERE change.is_entry AND change.kind = 'restored'
),

told AS (
    SELECT
        side.happened_on,
        side.from_county,
        side.to_county,
        side.moves,
        CASE
            WHEN met.move_out_id IS NOT NULL THEN 'other_period'
            WHEN coalesce(question.finding_type, register.finding_type) IS NOT NULL THEN 'open_question'
            WHEN side.moves > 0 AND restored.registration_id IS NOT NULL THEN 'restored'
            WHEN newest.seen_on - side.happened_on < $landing_grace_days THEN 'on_its_way'
            WHEN side.moves < 0 AND side.move_out_id IS NOT NULL THEN 'other_county'
            WHEN landed.move_out_id IS NOT NULL THEN 'other_county'
            ELSE 'unexplained'
        END AS part
    FROM side
    CROSS JOIN newest
    LEFT JOIN met
        ON side.move_out_id = met.move_out_id AND side.from_county = met.from_county AND side.to_county = met.to_county
    LEFT JOIN open_question AS question ON side.record_type = question.record_type AND side.record_key = question.record_key
    LEFT JOIN open_question AS register ON register.record_type = 'police_resident' AND side.registration_id = register.record_key
    LEFT JOIN restored ON side.registration_id = restored.registration_id
    LEFT JOIN link.move AS landed ON side.record_key = landed.move_out_id
),

counted AS (
    SELECT
        happened_on,
        from_county,
        to_county,
        moves,
        part,
        count(*) AS times
    FROM told
    GROUP BY happened_on, from_county, to_county, moves, part
)

SELECT
    period.period_from,
    period.period_to,
    told.from_county,
    told.to_county,
    sum(CASE WHEN told.moves > 0 THEN told.times ELSE 0 END) AS moved_out,
    sum(CASE WHEN told.moves < 0 THEN told.times ELSE 0 END) AS moved_in,
    sum(told.moves * told.times) AS gap,
    sum(CASE WHEN told.part = 'other_period' THEN told.moves * told.times ELSE 0 END) AS other_period,
    sum(CASE WHEN told.part = 'other_county' THEN told.moves * told.times ELSE 0 END) AS other_county,
    sum(CASE WHEN told.part = 'restored' THEN told.moves * told.times ELSE 0 END) AS restored,
    sum(CASE WHEN told.part = 'on_its_way' THEN told.moves * told.times ELSE 0 END) AS on_its_way,
    sum(CASE WHEN told.part = 'open_question' THEN told.moves * told.times ELSE 0 END) AS open_questions,
    sum(CASE WHEN told.part = 'unexplained' THEN told.moves * told.times ELSE 0 END) AS unexplained
FROM counted AS told
INNER JOIN stats.period AS period ON year(told.happened_on) = year(period.period_to) AND told.happened_on <= period.period_to
GROUP BY period.period_from, period.period_to, told.from_county, told.to_county
ORDER BY period.period_to, told.from_county, told.to_county
