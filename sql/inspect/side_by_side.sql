-- Why was this found? Register and other record field by field, with the linkage's level and weight (log2; positive speaks for one
-- person). Shows personal data.
-- Columns: finding_id, finding_type, variant, tier, confidence, record_type, record_key, field, register_value, source_value, agreement,
-- weight
WITH chosen AS (
    -- EDIT: SELECT 'the number on the worklist' AS finding_id
    SELECT finding_id
    FROM find.finding
    WHERE status IN ('open', 'reopened')
)

SELECT
    finding.finding_id,
    finding.finding_type,
    finding.variant,
    finding.tier,
    round(finding.confidence, 4) AS confidence,
    evidence.record_type,
    evidence.record_key,
    evidence.field,
    evidence.register_value,
    evidence.source_value,
    evidence.agreement,
    round(evidence.weight, 2) AS weight
FROM chosen
INNER JOIN find.finding AS finding ON chosen.finding_id = finding.finding_id
INNER JOIN find.evidence AS evidence ON finding.finding_id = evidence.finding_id
ORDER BY finding.finding_id, evidence.record_type, evidence.record_key, evidence.field;
