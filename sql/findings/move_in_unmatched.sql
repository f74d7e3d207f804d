/*
letter = "J"
chinese = "迁入无迁出"
sentence = "A move-in names an origin in scope, where there is neither a move-out nor a registration of the person."
why = """\
Whoever lands must have left. Without a trace at the origin the place is mistyped, a move-out is missing, or the papers were not \
genuine."""
law = "户口登记条例 art. 10 and 13"
agency = ["police"]
priority = 3
parameters = ["migration_certificate_days", "move_late_days"]
suggestion = "请核对迁移证、准迁证原件和迁出地登记，确认迁出地区划是否录错、迁出地是否漏办迁出登记。"

[reasons]
no_trace = "该人于{moved_in_on}从本市（州）范围内迁入，但所填迁出地（{origin}）没有该人的迁出登记，也没有该人的户口登记。"
unlinked = "该人于{moved_in_on}从本市（州）范围内迁入，所填迁出地（{origin}）没有相应的迁出登记；该迁入登记未能对应到户口登记。"
*/
-- An active registration at the origin is move_in_origin_active or in grace, a cancelled one says that the person left: neither is
-- unmatched. A certificate allows migration_certificate_days and move_late_days; those days have to lie inside the coverage of the
-- moves out, else the move-out could not have been seen.
WITH move AS (
    SELECT
        entry.event_id,
        entry.moved_in_on,
        entry.origin_code,
        coalesce(entry.origin_text, concat('区划代码', entry.origin_code)) AS origin,
        entry.citizen_id,
        linked.registration_id,
        linked.person_id
    FROM std.police_move_in AS entry
    INNER JOIN scope.county AS origin ON entry.origin_code = origin.county_code
    INNER JOIN scope.event AS event ON event.record_type = 'police_move_in' AND entry.event_id = event.record_key
    INNER JOIN scope.county AS county ON event.county_code = county.county_code
    INNER JOIN scope.coverage AS coverage
        ON
            coverage.extract = 'police_move_out'
            AND entry.moved_in_on - coverage.first_on >= $migration_certificate_days + $move_late_days
            AND entry.moved_in_on <= coverage.last_on
    LEFT JOIN link.event AS linked ON entry.event_id = linked.record_key AND linked.record_type = 'police_move_in'
    LEFT JOIN link.move AS landed ON entry.event_id = landed.move_in_id
    WHERE landed.move_in_id IS NULL
),

at_origin AS (
    SELECT move.event_id
    FROM move
    INNER JOIN link.person AS person ON move.person_id = person.person_id
    INNER JOIN scope.registration AS registration
        ON person.registration_id = registration.registration_id AND move.origin_code = registration.county_code
    WHERE registration.registration_id <> move.registration_id
    UNION
    SELECT move.event_id
    FROM move
    INNER JOIN scope.registration AS registration
        ON move.citizen_id = registration.citizen_id AND move.origin_code = registration.county_code
    WHERE move.registration_id IS NULL
)

SELECT
    move.event_id AS problem,
    CASE WHEN move.registration_id IS NULL THEN 'unlinked' ELSE 'no_trace' END AS variant,
    CASE WHEN move.registration_id IS NOT NULL THEN 'A' WHEN move.citizen_id IS NOT NULL THEN 'B' ELSE 'D' END AS tier,
    cast(CASE WHEN move.registration_id IS NOT NULL THEN 0.9 ELSE 0.6 END AS DOUBLE) AS confidence,
    'event' AS role,
    'police_move_in' AS record_type,
    move.event_id AS record_key,
    move.moved_in_on,
    move.origin
FROM move
LEFT JOIN at_origin ON move.event_id = at_origin.event_id
WHERE at_origin.event_id IS NULL
