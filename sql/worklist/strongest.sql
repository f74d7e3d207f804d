-- What speaks for one person in the findings on tonight's lists, as the linkage weighed it; of several records the strongest counts.
-- Findings that say of their records that they are of different persons have none: what speaks for one person would contradict them.
SELECT
    evidence.finding_id,
    evidence.field,
    evidence.agreement,
    max(evidence.weight) AS weight
FROM find.evidence AS evidence
INNER JOIN worklist_place AS place ON evidence.finding_id = place.finding_id
INNER JOIN find.finding AS finding ON evidence.finding_id = finding.finding_id
WHERE
    place.is_listed
    AND evidence.weight > 0
    AND finding.finding_type NOT IN ('birth_certificate_reused', 'shared_number')
GROUP BY evidence.finding_id, evidence.field, evidence.agreement
ORDER BY evidence.finding_id ASC, max(evidence.weight) DESC, evidence.field ASC
