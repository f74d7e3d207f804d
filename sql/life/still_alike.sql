-- Dismissed duplicates whose registrations the rules would still take for one person. The linkage keeps them apart, so no rule raises
-- them: they are carried on in the shape of a rule's rows, quiet, and heard of again when their evidence changes.
WITH answer AS (
    SELECT
        finding_id,
        left_key,
        right_key,
        row_number() OVER (PARTITION BY left_key, right_key ORDER BY verified_on DESC, load_id DESC, verdict ASC) AS newest
    FROM ops.judged_pair
    WHERE verdict = 'different'
),

alike AS (
    SELECT
        answer.finding_id,
        answer.left_key,
        answer.right_key,
        pair.tier,
        pair.probability,
        one.citizen_id = other.citizen_id AS is_same_number
    FROM answer
    INNER JOIN link.registration_pair AS pair ON answer.left_key = pair.left_key AND answer.right_key = pair.right_key
    INNER JOIN ops.pair_verdict AS said ON answer.left_key = said.left_key AND answer.right_key = said.right_key
    INNER JOIN find.active_registration AS one ON answer.left_key = one.registration_id
    INNER JOIN find.active_registration AS other ON answer.right_key = other.registration_id
    WHERE answer.newest = 1 AND said.verdict = 'different' AND pair.tier IN ('A', 'B', 'C')
),

problem AS (
    SELECT
        finding_id,
        CASE WHEN min(CASE WHEN is_same_number THEN 1 ELSE 0 END) = 1 THEN 'same_number' ELSE 'different_number' END AS variant,
        max(tier) AS tier,
        cast(min(probability) AS DOUBLE) AS confidence
    FROM alike
    GROUP BY finding_id
),

member AS (
    SELECT
        finding_id,
        left_key AS record_key
    FROM alike
    UNION
    SELECT
        finding_id,
        right_key AS record_key
    FROM alike
)

SELECT
    problem.finding_id AS problem,
    problem.variant,
    problem.tier,
    problem.confidence,
    'registration' AS role,
    'police_resident' AS record_type,
    member.record_key,
    '不同或缺失' AS numbers
FROM member
INNER JOIN problem ON member.finding_id = problem.finding_id
