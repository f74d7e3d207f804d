-- Answered findings of which no record is left: the number of a finding is a keyed hash and stays, with outcome and day.
CREATE OR REPLACE TEMP TABLE gone AS
SELECT DISTINCT judgement.finding_id
FROM ops.judgement AS judgement
WHERE
    NOT EXISTS (
        SELECT 1
        FROM find.subject AS subject
        INNER JOIN left_record AS record ON subject.record_type = record.record_type AND subject.record_key = record.record_key
        WHERE subject.finding_id = judgement.finding_id
    )
    AND (
        judgement.note IS NOT NULL
        OR judgement.verified_by IS NOT NULL
        OR EXISTS (SELECT 1 FROM find.subject AS subject WHERE subject.finding_id = judgement.finding_id)
    );

UPDATE ops.judgement SET note = NULL, verified_by = NULL WHERE finding_id IN (SELECT finding_id FROM gone);

UPDATE ops.judged_pair
SET left_key = left(sha256(concat($salt, left_key)), 16), right_key = left(sha256(concat($salt, right_key)), 16)
WHERE finding_id IN (SELECT finding_id FROM gone);

UPDATE find.finding SET reason = NULL, about = NULL, suggestion = NULL WHERE finding_id IN (SELECT finding_id FROM gone);

UPDATE find.history SET detail = NULL WHERE finding_id IN (SELECT finding_id FROM gone);

DELETE FROM find.subject WHERE finding_id IN (SELECT finding_id FROM gone);

DELETE FROM find.stated WHERE finding_id IN (SELECT finding_id FROM gone);

DELETE FROM find.evidence WHERE finding_id IN (SELECT finding_id FROM gone);

DELETE FROM find.judged_evidence WHERE finding_id IN (SELECT finding_id FROM gone);

SELECT count(*) FROM gone
