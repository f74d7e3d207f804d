-- Notes what stands on tonight's lists. The days to answer count from the first night on a list: a finding that waits on all of its
-- lists is due on no day, and cannot become overdue unseen. Repeating a night gives the same, since only the night before is read.
DELETE FROM find.listing
WHERE
    as_of >= $as_of
    OR as_of < (SELECT max(listing.as_of) FROM find.listing AS listing WHERE listing.as_of < $as_of);

INSERT INTO find.listing
SELECT
    $as_of AS as_of,
    finding_id,
    recipient,
    listed_on,
    due_on
FROM worklist_place
WHERE is_listed
UNION ALL
-- An answered finding that is quiet until it is due has not left its list.
SELECT
    $as_of AS as_of,
    listing.finding_id,
    listing.recipient,
    listing.listed_on,
    listing.due_on
FROM find.listing AS listing
INNER JOIN find.finding AS finding ON listing.finding_id = finding.finding_id
WHERE finding.status IN ('confirmed', 'undetermined') AND finding.due_on >= $as_of
ORDER BY finding_id, recipient;

CREATE OR REPLACE TEMP TABLE worklist_due AS
SELECT
    finding_id,
    min(due_on) AS due_on
FROM find.listing
WHERE as_of = $as_of
GROUP BY finding_id;

UPDATE find.finding
SET due_on = (SELECT worklist_due.due_on FROM worklist_due WHERE worklist_due.finding_id = find.finding.finding_id)
WHERE status IN ('open', 'reopened') AND finding_id IN (SELECT worklist_place.finding_id FROM worklist_place);
