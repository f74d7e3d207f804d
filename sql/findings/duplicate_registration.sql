/*
letter = "D"
chinese = "重复户口"
sentence = "Two or more active registrations are of one person."
why = """\
One person has one place of permanent residence. A second registration counts the person twice, and lets two numbers be used. Twins, \
brothers and namesakes must never be merged, so a person looks at both files."""
law = "户口登记条例 art. 6 (one place of permanent residence)"
agency = ["police"]
priority = 2
parameters = ["move_grace_days"]
suggestion = "请调阅各方档案和照片并联系本人，核实是否为同一人以及每条登记的来源；保留哪一条由核实人按规定判断。"

[reasons]
same_number = "{count}条有效户口登记的公民身份号码相同，{comparison}，疑为同一人重复登记。"
different_number = "{count}条有效户口登记（公民身份号码{numbers}），{comparison}，疑为同一人重复登记。"
*/
-- A group in which a move-in from a known county explains the second registration is never a duplicate: younger than move_grace_days
-- it is in grace, older it is move_in_origin_active (reading 2).
WITH several AS (
    SELECT person_id
    FROM link.person
    GROUP BY person_id
    HAVING count(*) > 1
),

member AS (
    SELECT
        person.person_id,
        registration.registration_id,
        registration.citizen_id,
        registration.county_code,
        count(*) OVER (PARTITION BY person.person_id) AS size
    FROM link.person AS person
    INNER JOIN several ON person.person_id = several.person_id
    INNER JOIN scope.resident AS registration ON person.registration_id = registration.registration_id
),

-- A province or prefecture ends in 00, an origin without a code could be any place: such a move explains the other registration while
-- it is young, and then no longer.
vague AS (
    SELECT
        event.person_id,
        event.registration_id,
        coalesce(regexp_replace(move.origin_code, '(00)+$', ''), '') AS origin_area
    FROM std.police_move_in AS move
    INNER JOIN link.event AS event ON move.event_id = event.record_key AND event.record_type = 'police_move_in'
    WHERE
        NOT move.reversed
        AND (move.origin_code IS NULL OR move.origin_code LIKE '%00')
        AND cast($as_of AS DATE) - move.moved_in_on < $move_grace_days
),

moved AS (
    SELECT person_id
    FROM link.origin_active
    UNION
    SELECT vague.person_id
    FROM vague
    INNER JOIN member AS origin
        ON
            vague.person_id = origin.person_id
            AND vague.registration_id <> origin.registration_id
            AND vague.origin_area = left(origin.county_code, length(vague.origin_area))
),

candidate AS (
    SELECT member.*
    FROM member
    LEFT JOIN moved ON member.person_id = moved.person_id
    WHERE member.size > 1 AND moved.person_id IS NULL
),

-- The strongest pair that ties each registration to another one of the person, active or not.
tie AS (
    SELECT
        pair.left_key AS registration_id,
        pair.tier,
        pair.probability
    FROM link.registration_pair AS pair
    WHERE pair.decision = 'match'
    UNION ALL
    SELECT
        pair.right_key AS registration_id,
        pair.tier,
        pair.probability
    FROM link.registration_pair AS pair
    WHERE pair.decision = 'match'
),

strongest AS (
    SELECT
        candidate.person_id,
        candidate.registration_id,
        candidate.citizen_id,
        coalesce(min(tie.tier), 'D') AS tier,
        coalesce(max(tie.probability), 0) AS probability
    FROM candidate
    LEFT JOIN tie ON candidate.registration_id = tie.registration_id
    GROUP BY candidate.person_id, candidate.registration_id, candidate.citizen_id
),

-- A chain is as strong as its weakest member.
chain AS (
    SELECT
        person_id,
        CASE
            WHEN count(citizen_id) = count(*) AND min(citizen_id) = max(citizen_id) THEN 'same_number'
            ELSE 'different_number'
        END AS variant,
        CASE
            WHEN count(citizen_id) = 0 THEN '都缺失或不可用'
            WHEN count(citizen_id) = count(*) THEN '不同'
            WHEN count(DISTINCT citizen_id) = 1 THEN concat('有', count(*) - count(citizen_id), '条缺失或不可用')
            ELSE concat('有', count(*) - count(citizen_id), '条缺失或不可用，其余不同')
        END AS numbers,
        max(tier) AS tier,
        cast(min(probability) AS DOUBLE) AS confidence
    FROM strongest
    GROUP BY person_id
)

SELECT
    chain.person_id AS problem,
    chain.variant,
    chain.tier,
    chain.confidence,
    'registration' AS role,
    'police_resident' AS record_type,
    strongest.registration_id AS record_key,
    chain.numbers
FROM strongest
INNER JOIN chain ON strongest.person_id = chain.person_id
