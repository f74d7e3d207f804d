/*
letter = "S"
chinese = "重号"
sentence = "Two or more active registrations of different persons carry one citizen number."
why = "Whatever is booked to the number is booked to either person. One of the two has to get another number, and that takes both stations."
law = "居民身份证法 art. 3 (a number is unique and lifelong); GA/T 2000.24 code 11 纠正重号"
agency = ["police"]
priority = 2
suggestion = "请调阅各方档案，核实每个人号码的编制来源，商对方派出所确认应由哪一方更正。"

[reasons]
valid = "{count}条有效户口登记使用同一公民身份号码，但不是同一人（{differing}不一致），疑为重号。"
judged = "{count}条有效户口登记使用同一公民身份号码，派出所核实结果为不是同一人，疑为重号。"
checksum = "{count}条有效户口登记使用同一公民身份号码，但不是同一人（{differing}不一致），且该号码校验码有误。"
*/
-- Numbers with a tail damaged by a spreadsheet are left out: they are equal because the tail is lost, not because it was shared.
WITH usable AS (
    SELECT
        citizen_id,
        citizen_id_state,
        registration_id
    FROM scope.resident
    WHERE list_contains($proven_states, citizen_id_state) OR citizen_id_state = 'checksum'
),

repeated AS (
    SELECT citizen_id
    FROM usable
    GROUP BY citizen_id
    HAVING count(*) > 1
),

carrier AS (
    SELECT
        usable.*,
        person.person_id
    FROM usable
    INNER JOIN repeated ON usable.citizen_id = repeated.citizen_id
    INNER JOIN link.person AS person ON usable.registration_id = person.registration_id
),

shared AS (
    SELECT
        citizen_id,
        max(CASE WHEN citizen_id_state = 'checksum' THEN 1 ELSE 0 END) AS has_wrong_check
    FROM carrier
    GROUP BY citizen_id
    HAVING min(person_id) <> max(person_id)
),

-- Where a station said so, nothing has to differ.
judged AS (
    SELECT DISTINCT one.citizen_id
    FROM ops.pair_verdict AS said
    INNER JOIN carrier AS one ON said.left_key = one.registration_id
    INNER JOIN carrier AS other ON said.right_key = other.registration_id AND one.citizen_id = other.citizen_id
    WHERE said.verdict = 'different'
)

SELECT
    carrier.citizen_id AS problem,
    CASE
        WHEN judged.citizen_id IS NOT NULL THEN 'judged'
        WHEN shared.has_wrong_check = 1 THEN 'checksum'
        ELSE 'valid'
    END AS variant,
    CASE shared.has_wrong_check WHEN 1 THEN 'B' ELSE 'A' END AS tier,
    cast(CASE shared.has_wrong_check WHEN 1 THEN 0.9 ELSE 0.98 END AS DOUBLE) AS confidence,
    'registration' AS role,
    'police_resident' AS record_type,
    carrier.registration_id AS record_key
FROM carrier
INNER JOIN shared ON carrier.citizen_id = shared.citizen_id
LEFT JOIN judged ON carrier.citizen_id = judged.citizen_id
