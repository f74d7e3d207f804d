-- What this night's lists show: nothing of tier D, nothing that was settled. A finding that a station has answered
-- (confirmed, undetermined) is quiet until it is due; still found then, it comes back. Notes the records they name.
CREATE OR REPLACE TEMP TABLE worklist_listed AS
SELECT finding_id
FROM find.finding
WHERE
    coalesce(tier, 'A') <> 'D'
    AND (
        status IN ('open', 'reopened')
        OR (status IN ('confirmed', 'undetermined') AND due_on < $as_of)
    );

CREATE OR REPLACE TEMP TABLE worklist_named AS
SELECT
    s.finding_id,
    s.record_type,
    s.record_key
FROM find.subject AS s
INNER JOIN worklist_listed AS f ON s.finding_id = f.finding_id
UNION
SELECT
    e.finding_id,
    e.record_type,
    e.record_key
FROM find.evidence AS e
INNER JOIN worklist_listed AS f ON e.finding_id = f.finding_id;
