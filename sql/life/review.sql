-- Contradictions for a person to settle, each once; the kinds are declared with find.review, in contract/warehouse/find.py.
DELETE FROM find.review;

INSERT INTO find.review
WITH matched AS (
    SELECT
        left_key AS record_key,
        right_key AS other_key
    FROM link.registration_pair
    WHERE decision = 'match' AND tier <> 'D'
    UNION
    SELECT
        right_key AS record_key,
        left_key AS other_key
    FROM link.registration_pair
    WHERE decision = 'match' AND tier <> 'D'
),

refused AS (
    SELECT
        finding_id,
        max(counts_from) AS counts_from
    FROM ops.answer
    WHERE outcome = 'wrong_station' AND station_code IS NULL
    GROUP BY finding_id
),

entry AS (
    SELECT
        'between' AS kind,
        NULL AS finding_id,
        verdict.left_key,
        verdict.right_key,
        one.other_key
    FROM ops.pair_verdict AS verdict
    INNER JOIN matched AS one ON verdict.left_key = one.record_key
    INNER JOIN matched AS other ON verdict.right_key = other.record_key AND one.other_key = other.other_key
    WHERE verdict.verdict = 'different'
    UNION ALL
    SELECT
        'same_and_different' AS kind,
        NULL AS finding_id,
        left_key,
        right_key,
        NULL AS other_key
    FROM ops.pair_answer
    WHERE is_newest_of_finding
    GROUP BY left_key, right_key
    HAVING min(verdict) <> max(verdict)
    UNION ALL
    SELECT
        'same_but_apart' AS kind,
        NULL AS finding_id,
        verdict.left_key,
        verdict.right_key,
        NULL AS other_key
    FROM ops.pair_verdict AS verdict
    INNER JOIN link.person AS one ON verdict.left_key = one.registration_id
    INNER JOIN link.person AS other ON verdict.right_key = other.registration_id
    WHERE verdict.verdict = 'same' AND one.person_id <> other.person_id
    UNION ALL
    SELECT
        'not_ours' AS kind,
        refused.finding_id,
        NULL AS left_key,
        NULL AS right_key,
        NULL AS other_key
    FROM refused
    INNER JOIN find.finding AS finding ON refused.finding_id = finding.finding_id
    LEFT JOIN ops.newest_judgement AS said ON refused.finding_id = said.finding_id AND refused.counts_from <= said.counts_from
    WHERE said.finding_id IS NULL AND finding.status <> 'resolved'
    UNION ALL
    SELECT
        'answers_disagree' AS kind,
        finding_id,
        NULL AS left_key,
        NULL AS right_key,
        NULL AS other_key
    FROM ops.station_answer
    WHERE outcome IN ('confirmed', 'corrected', 'not_an_error')
    GROUP BY finding_id
    HAVING max(CASE WHEN outcome = 'not_an_error' THEN 1 ELSE 0 END) = 1 AND min(CASE WHEN outcome = 'not_an_error' THEN 1 ELSE 0 END) = 0
)

SELECT
    kind,
    finding_id,
    left_key,
    right_key,
    other_key
FROM entry
ORDER BY kind, finding_id, left_key, right_key, other_key;
