-- What new judgements (table judged) say about records. An answer speaks of what the finding showed before its day, or from its first
-- night on: of the day itself nobody can tell which list lay on the desk.
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
    AND NOT EXISTS (
        SELECT 1
        FROM find.stated AS later
        WHERE
            later.finding_id = judged.finding_id
            AND later.field = 'record'
            AND later.record_type = 'police_resident'
            AND later.record_key IN (one.record_key, other.record_key)
            AND later.since >= judged.verified_on
            AND later.since > finding.first_seen_on
    )
ORDER BY judged.finding_id, judged.verified_on, judged.load_id, one.record_key, other.record_key;

CREATE OR REPLACE TEMP TABLE newly_dismissed AS
SELECT
    finding.finding_id,
    greatest(finding.first_seen_on, max(answer.counts_from) - 1) AS known_until
FROM find.finding AS finding
INNER JOIN ops.answer AS answer ON finding.finding_id = answer.finding_id
WHERE
    answer.outcome = 'not_an_error'
    AND finding.finding_id IN (
        SELECT judged.finding_id
        FROM judged
        WHERE judged.rule IS NULL AND NOT judged.is_repeated AND judged.outcome = 'not_an_error'
    )
GROUP BY finding.finding_id, finding.first_seen_on;

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
INNER JOIN newly_dismissed ON stated.finding_id = newly_dismissed.finding_id
WHERE stated.since IS NULL OR stated.since <= newly_dismissed.known_until
ORDER BY stated.finding_id, stated.record_type, stated.record_key, stated.field, stated.value;

DROP TABLE newly_dismissed;
