-- What speaks for one person in the findings on tonight's lists, as the linkage weighed it; of several records the strongest counts.
SELECT
    evidence.finding_id,
    evidence.field,
    evidence.agreement,
    max(evidence.weight) AS weight
FROM find.evidence AS evidence
INNER JOIN worklist_place AS place ON evidence.finding_id = place.finding_id
WHERE place.is_listed AND evidence.weight > 0
GROUP BY evidence.finding_id, evidence.field, evidence.agreement
ORDER BY evidence.finding_id ASC, max(evidence.weight) DESC, evidence.field ASC
