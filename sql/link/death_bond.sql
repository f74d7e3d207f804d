/* Which health death and which cremation are one death, one to one; all deaths; and those whose two records name two people. */
CREATE OR REPLACE TEMP TABLE death_bond AS
WITH ranked AS (
    SELECT
        left_key,
        right_key,
        row_number() OVER (PARTITION BY left_key ORDER BY tier ASC, match_weight DESC, right_key ASC) AS left_rank,
        row_number() OVER (PARTITION BY right_key ORDER BY tier ASC, match_weight DESC, left_key ASC) AS right_rank
    FROM link.death_cremation_pair
    WHERE decision = 'match'
)

SELECT
    left_key,
    right_key
FROM ranked
WHERE left_rank = 1 AND right_rank = 1;

CREATE OR REPLACE TEMP TABLE death_base AS
SELECT
    'health_death:' || h.record_key AS death_id,
    h.record_key AS health_key,
    c.record_key AS cremation_key,
    greatest(coalesce(h.death_date, c.death_date), coalesce(c.death_date, h.death_date)) AS death_date
FROM numbered_record AS h
LEFT JOIN death_bond AS b ON h.record_key = b.left_key
LEFT JOIN numbered_record AS c ON b.right_key = c.record_key AND c.record_type = 'civil_cremation'
WHERE h.record_type = 'health_death'
UNION ALL
SELECT
    'civil_cremation:' || c.record_key AS death_id,
    NULL AS health_key,
    c.record_key AS cremation_key,
    c.death_date
FROM numbered_record AS c
LEFT JOIN death_bond AS b ON c.record_key = b.right_key
WHERE c.record_type = 'civil_cremation' AND b.right_key IS NULL;

/* Deaths whose two records bear the valid numbers of two people; grouped, since a join on unequal numbers compares all with all. */
CREATE OR REPLACE TEMP TABLE death_two_numbers AS
WITH source AS (
    SELECT
        death_id,
        'health_death' AS record_type,
        health_key AS record_key
    FROM death_base
    WHERE cremation_key IS NOT NULL AND health_key IS NOT NULL
    UNION ALL
    SELECT
        death_id,
        'civil_cremation' AS record_type,
        cremation_key AS record_key
    FROM death_base
    WHERE cremation_key IS NOT NULL AND health_key IS NOT NULL
)

SELECT s.death_id
FROM source AS s
INNER JOIN numbered_record AS r ON s.record_type = r.record_type AND s.record_key = r.record_key
WHERE list_contains($proven_states, r.citizen_id_state)
GROUP BY s.death_id
HAVING min(r.citizen_id) <> max(r.citizen_id);
