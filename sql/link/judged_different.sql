/* Pairs of registrations that a station said are not one person: its newest answer to a duplicate is 不属实. */
CREATE OR REPLACE TEMP TABLE judged_different AS
WITH answer AS (
    SELECT
        finding_id,
        outcome,
        row_number() OVER (PARTITION BY finding_id ORDER BY verified_on DESC, load_id DESC) AS newest
    FROM ops.judgement
)

SELECT DISTINCT
    l.record_key AS left_key,
    r.record_key AS right_key
FROM answer AS a
INNER JOIN find.finding AS f ON a.finding_id = f.finding_id
INNER JOIN find.subject AS l ON a.finding_id = l.finding_id
INNER JOIN find.subject AS r ON a.finding_id = r.finding_id
WHERE
    a.newest = 1
    AND a.outcome = 'not_an_error'
    AND f.finding_type = 'duplicate_registration'
    AND l.record_type = 'police_resident'
    AND r.record_type = 'police_resident'
    AND l.record_key < r.record_key;
