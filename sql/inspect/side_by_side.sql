-- What speaks for and against each open finding: register and other record field by field, with the linkage's level and weight
-- (log2; positive speaks for the same person). Holds personal data. For one finding add: WHERE finding_id = '…'.
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
FROM find.finding AS finding
INNER JOIN find.evidence AS evidence ON finding.finding_id = evidence.finding_id
WHERE finding.status IN ('open', 'reopened')
ORDER BY finding.finding_id, evidence.record_type, evidence.record_key, evidence.field
