/*
letter = "Y"
chinese = "迁移日期矛盾"
sentence = "The two ends of one move contradict each other: it lands before it left, or later than a certificate allows."
why = """\
Between leaving and landing a person is registered nowhere. Dates that contradict each other are typing errors, or a landing the \
certificate no longer allowed."""
law = "户口登记条例 art. 10 and 13; a 迁移证 is valid for at most 30 days"
agency = ["police"]
priority = 5
parameters = ["migration_certificate_days", "move_late_days"]
suggestion = "请双方派出所核对迁移证签发日期与迁出、迁入登记日期，确认哪一方日期有误，或是否逾期落户。"

[suggestions]
move_in = "请核对本所的迁入登记日期和迁移证签发日期，并与迁出地派出所确认哪一方日期有误，或是否逾期落户。"
move_out = "请核对本所的迁出登记日期和迁移证签发日期，并与迁入地派出所确认哪一方日期有误，或是否逾期落户。"

[about]
before = "迁出日期 {moved_out_on}，迁入日期 {moved_in_on}"
late = "迁出日期 {moved_out_on}，迁入日期 {moved_in_on}"

[reasons]
before = "迁入日期（{moved_in_on}）早于迁出日期（{moved_out_on}）。"
late = "迁入日期（{moved_in_on}）比迁出日期（{moved_out_on}）晚{days}天，超过迁移证有效期。"
*/
WITH pair AS (
    SELECT
        move.move_in_id,
        move.move_out_id,
        move.tier,
        entry.moved_in_on,
        departure.moved_out_on,
        entry.moved_in_on - departure.moved_out_on AS days
    FROM link.move AS move
    INNER JOIN std.police_move_in AS entry ON move.move_in_id = entry.event_id
    INNER JOIN std.police_move_out AS departure ON move.move_out_id = departure.event_id
)

SELECT
    concat(pair.move_in_id, '|', pair.move_out_id) AS problem,
    CASE WHEN pair.days < 0 THEN 'before' ELSE 'late' END AS variant,
    pair.tier,
    cast(CASE pair.tier WHEN 'A' THEN 0.98 ELSE 0.9 END AS DOUBLE) AS confidence,
    side.side AS role,
    concat('police_', side.side) AS record_type,
    CASE side.side WHEN 'move_in' THEN pair.move_in_id ELSE pair.move_out_id END AS record_key,
    pair.moved_in_on,
    pair.moved_out_on,
    pair.days
FROM pair
CROSS JOIN (VALUES ('move_in'), ('move_out')) AS side (side)
WHERE pair.days < 0 OR pair.days > $migration_certificate_days + $move_late_days
