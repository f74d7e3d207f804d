/* Registrations that stations called one person or two: of each pair the newest answer to a duplicate counts. */
CREATE OR REPLACE TEMP TABLE judged_registration AS
WITH answer AS (
    SELECT
        left_key,
        right_key,
        verdict,
        row_number() OVER (PARTITION BY left_key, right_key ORDER BY verified_on DESC, load_id DESC, verdict ASC) AS newest
    FROM ops.judged_pair
)

SELECT
    left_key,
    right_key,
    verdict
FROM answer
WHERE newest = 1;
