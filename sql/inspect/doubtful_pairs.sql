-- Where was the linkage least sure? Pairs that are alike and yet not one person, and matches too weak for any list.
-- Columns: job, left_type, left_key, right_type, right_key, probability, tier, veto, decision
WITH pair AS (
    SELECT
        'registration' AS job,
        left_type,
        left_key,
        right_type,
        right_key,
        probability,
        tier,
        veto,
        decision
    FROM link.registration_pair
    UNION ALL
    SELECT
        'death' AS job,
        left_type,
        left_key,
        right_type,
        right_key,
        probability,
        tier,
        veto,
        decision
    FROM link.death_pair
    UNION ALL
    SELECT
        'death_cremation' AS job,
        left_type,
        left_key,
        right_type,
        right_key,
        probability,
        tier,
        veto,
        decision
    FROM link.death_cremation_pair
    UNION ALL
    SELECT
        'birth' AS job,
        left_type,
        left_key,
        right_type,
        right_key,
        probability,
        tier,
        veto,
        decision
    FROM link.birth_pair
    UNION ALL
    SELECT
        'relocation' AS job,
        left_type,
        left_key,
        right_type,
        right_key,
        probability,
        tier,
        veto,
        decision
    FROM link.relocation_pair
)

SELECT
    job,
    left_type,
    left_key,
    right_type,
    right_key,
    round(probability, 6) AS probability,
    tier,
    veto,
    decision
FROM pair
WHERE (decision = 'match' AND tier = 'D') OR (decision <> 'match' AND probability >= 0.5)
ORDER BY job ASC, decision ASC, veto ASC, probability DESC, left_key ASC, right_key ASC;
