/* Registrations that stations called one person or two. */
CREATE OR REPLACE TEMP TABLE judged_registration AS
SELECT
    left_key,
    right_key,
    verdict
FROM ops.pair_verdict;
