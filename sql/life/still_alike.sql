-- Dismissed duplicates whose registrations the rules would still take for one person. The linkage keeps them apart, so no rule raises
-- them: they are carried on in the shape of a rule's rows, quiet, and heard of again when their evidence changes.
WITH alike AS (
    SELECT
        said.finding_id,
        said.left_key,
        said.right_key,
        pair.tier,
        pair.probability,
        one.citizen_id = other.citizen_id AS is_same_number
    FROM ops.pair_verdict AS said
    INNER JOIN link.registration_pair AS pair ON said.left_key = pair.left_key AND said.right_key = pair.right_key
    INNER JOIN scope.resident AS one ON said.left_key = one.registration_id
    INNER JOIN scope.resident AS other ON said.right_key = other.registration_id
    WHERE said.verdict = 'different' AND pair.tier <> 'D'
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
