-- Subjects, evidence and statements of the findings in found are written anew; those of resolved ones stay as they were last seen.
DELETE FROM find.subject
WHERE finding_id IN (SELECT found.finding_id FROM found);

DELETE FROM find.evidence
WHERE finding_id IN (SELECT found.finding_id FROM found);

DELETE FROM find.stated
WHERE finding_id IN (SELECT found.finding_id FROM found);

DROP TABLE found;
