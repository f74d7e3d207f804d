-- Views of the linkage over the tables declared in src/reconcile/contract/warehouse/link.py.

CREATE OR REPLACE VIEW link.death_evidence AS
SELECT
    source.registration_id,
    source.record_type,
    source.record_key,
    source.death_date,
    source.tier,
    source.probability
FROM (
    SELECT
        registration_id,
        'health_death' AS record_type,
        health_key AS record_key,
        death_date,
        tier,
        probability
    FROM link.death
    WHERE health_key IS NOT NULL AND registration_id IS NOT NULL
    UNION ALL
    SELECT
        registration_id,
        'civil_cremation' AS record_type,
        cremation_key AS record_key,
        death_date,
        tier,
        probability
    FROM link.death
    WHERE cremation_key IS NOT NULL AND registration_id IS NOT NULL
) AS source
-- A record in conflict speaks for nobody whom its number points at; whom else it singles out it still is evidence of (reading 3).
LEFT JOIN link.death_conflict AS conflict
    ON
        source.record_type = conflict.record_type
        AND source.record_key = conflict.record_key
        AND source.registration_id = conflict.registration_id
WHERE conflict.record_key IS NULL;
COMMENT ON VIEW link.death_evidence IS
'Records that say a person died, and the subject registration; a record in conflict is none for the registration its number points at.';
