/* Which health death and which cremation are one death, one to one; all deaths, their records, and those whose two records name two
   people. */
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
    'health_death:' || health.record_key AS death_id,
    health.record_key AS health_key,
    cremation.record_key AS cremation_key,
    greatest(coalesce(health.death_date, cremation.death_date), coalesce(cremation.death_date, health.death_date)) AS death_date
FROM numbered_record AS health
LEFT JOIN death_bond AS bond ON health.record_key = bond.left_key
LEFT JOIN numbered_record AS cremation ON bond.right_key = cremation.record_key AND cremation.record_type = 'civil_cremation'
WHERE health.record_type = 'health_death'
UNION ALL
SELECT
    'civil_cremation:' || cremation.record_key AS death_id,
    NULL AS health_key,
    cremation.record_key AS cremation_key,
    cremation.death_date
FROM numbered_record AS cremation
LEFT JOIN death_bond AS bond ON cremation.record_key = bond.right_key
WHERE cremation.record_type = 'civil_cremation' AND bond.right_key IS NULL;

/* The records that tell of each death: one or two. */
CREATE OR REPLACE TEMP TABLE death_source AS
SELECT
    death_id,
    'health_death' AS record_type,
    health_key AS record_key
FROM death_base
WHERE health_key IS NOT NULL
UNION ALL
SELECT
    death_id,
    'civil_cremation' AS record_type,
    cremation_key AS record_key
FROM death_base
WHERE cremation_key IS NOT NULL;

/* Deaths whose two records bear the valid numbers of two people; grouped, since a join on unequal numbers compares all with all. */
CREATE OR REPLACE TEMP TABLE death_two_numbers AS
SELECT source.death_id
FROM death_source AS source
INNER JOIN numbered_record AS record ON source.record_type = record.record_type AND source.record_key = record.record_key
WHERE list_contains($proven_states, record.citizen_id_state)
GROUP BY source.death_id
HAVING min(record.citizen_id) <> max(record.citizen_id);
