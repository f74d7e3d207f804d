/* link.relocation: which person an entry of the relocation roll is, where one is clearly the best. */

DELETE FROM link.relocation;

INSERT INTO link.relocation
WITH per_person AS (
    SELECT
        p.left_key AS roll_no,
        n.person_id,
        min(p.tier) AS tier,
        max(p.probability) AS probability,
        max(p.match_weight) AS match_weight
    FROM link.relocation_pair AS p
    INNER JOIN link.person AS n ON p.right_key = n.registration_id
    WHERE p.decision = 'match'
    GROUP BY p.left_key, n.person_id
),

ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY roll_no ORDER BY match_weight DESC, person_id ASC) AS place,
        lead(match_weight) OVER (PARTITION BY roll_no ORDER BY match_weight DESC, person_id ASC) AS next_weight
    FROM per_person
)

SELECT
    roll_no,
    person_id,
    CASE WHEN match_weight - next_weight < $bits_ahead THEN 'D' ELSE tier END AS tier,
    probability
FROM ranked
WHERE place = 1;
