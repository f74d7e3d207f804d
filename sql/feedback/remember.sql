-- What new judgements (table judged) say about records, kept as the finding stood when it was answered.
-- A duplicate that is no error: its registrations are different persons; a confirmed one: the same person. Both stay.
INSERT INTO ops.judged_pair
SELECT
    judged.finding_id,
    one.record_key AS left_key,
    other.record_key AS right_key,
    CASE WHEN judged.outcome = 'not_an_error' THEN 'different' ELSE 'same' END AS verdict,
    least(judged.verified_on, cast($as_of AS DATE)) AS verified_on,
    judged.load_id
FROM judged
INNER JOIN find.finding AS finding ON judged.finding_id = finding.finding_id
INNER JOIN find.subject AS one ON judged.finding_id = one.finding_id
INNER JOIN find.subject AS other ON judged.finding_id = other.finding_id
WHERE
    judged.rule IS NULL
    AND NOT judged.is_repeated
    AND finding.finding_type = 'duplicate_registration'
    AND judged.outcome IN ('not_an_error', 'confirmed', 'corrected')
    AND one.record_type = 'police_resident'
    AND other.record_type = 'police_resident'
    AND one.record_key < other.record_key
ORDER BY judged.finding_id, judged.verified_on, judged.load_id, one.record_key, other.record_key;

CREATE OR REPLACE TEMP TABLE newly_dismissed AS
SELECT DISTINCT judged.finding_id
FROM judged
WHERE judged.rule IS NULL AND NOT judged.is_repeated AND judged.outcome = 'not_an_error';

DELETE FROM find.judged_evidence
WHERE finding_id IN (SELECT newly_dismissed.finding_id FROM newly_dismissed);

INSERT INTO find.judged_evidence
SELECT
    stated.finding_id,
    stated.record_type,
    stated.record_key,
    stated.field,
    stated.value
FROM find.stated AS stated
WHERE stated.finding_id IN (SELECT newly_dismissed.finding_id FROM newly_dismissed)
ORDER BY stated.finding_id, stated.record_type, stated.record_key, stated.field, stated.value;

DROP TABLE newly_dismissed;
