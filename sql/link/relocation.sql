/* link.relocation: which person an entry of the relocation roll is, where one is clearly the best. */

DELETE FROM link.relocation;

INSERT INTO link.relocation
WITH per_person AS (
    SELECT
        pair.left_key AS roll_no,
        person.person_id,
        min(pair.tier) AS tier,
        max(pair.probability) AS probability,
        max(pair.match_weight) AS match_weight
    FROM link.relocation_pair AS pair
    INNER JOIN link.person AS person ON pair.right_key = person.registration_id
    WHERE pair.decision = 'match'
    GROUP BY pair.left_key, person.person_id
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
