-- What contradicts itself and waits for a person: kind, the finding or the registrations it is about, and who answered what.
WITH said AS (
    SELECT
        finding_id,
        string_agg(
            concat_ws(' ', station_code, outcome, cast(verified_on AS VARCHAR)), '; '
            ORDER BY verified_on, load_id, station_code
        ) AS answers
    FROM ops.judgement
    GROUP BY finding_id
),

subject AS (
    SELECT
        finding_id,
        min(record_key) AS first_key,
        max(record_key) AS last_key
    FROM find.subject
    WHERE record_type = 'police_resident'
    GROUP BY finding_id
),

concerned AS (
    SELECT
        review.kind,
        review.finding_id AS asked_id,
        coalesce(review.left_key, subject.first_key) AS left_key,
        coalesce(review.right_key, nullif(subject.last_key, subject.first_key)) AS right_key,
        review.other_key,
        coalesce(review.finding_id, pair.finding_id) AS finding_id
    FROM find.review AS review
    LEFT JOIN subject ON review.finding_id = subject.finding_id
    LEFT JOIN ops.judged_pair AS pair ON review.left_key = pair.left_key AND review.right_key = pair.right_key
)

SELECT
    concerned.kind,
    string_agg(DISTINCT concerned.finding_id, '; ' ORDER BY concerned.finding_id) AS findings,
    concerned.left_key,
    concerned.right_key,
    concerned.other_key,
    string_agg(DISTINCT concat(concerned.finding_id, ': ', said.answers), ' | ' ORDER BY concat(concerned.finding_id, ': ', said.answers))
        AS answers
FROM concerned
LEFT JOIN said ON concerned.finding_id = said.finding_id
GROUP BY concerned.kind, concerned.asked_id, concerned.left_key, concerned.right_key, concerned.other_key
ORDER BY concerned.kind, concerned.asked_id, concerned.left_key, concerned.right_key, concerned.other_key
