/* Pairs of records that were decided otherwise. A pair that a night did not store was too light or no candidate: unknown, which decides
   like a non_match. pair_before, pair_after: the pairs of every job of the two nights with their outcome. */
WITH changed AS (
    SELECT
        coalesce(was.job, now_is.job) AS job,
        concat(coalesce(was.left_type, now_is.left_type), ':', coalesce(was.left_key, now_is.left_key)) AS left_record,
        concat(coalesce(was.right_type, now_is.right_type), ':', coalesce(was.right_key, now_is.right_key)) AS right_record,
        coalesce(was.outcome, 'unknown') AS before,
        coalesce(now_is.outcome, 'unknown') AS after
    FROM pair_before AS was
    FULL JOIN pair_after AS now_is
        ON
            was.job = now_is.job
            AND was.left_type = now_is.left_type
            AND was.left_key = now_is.left_key
            AND was.right_type = now_is.right_type
            AND was.right_key = now_is.right_key
    WHERE coalesce(was.outcome, 'non_match') <> coalesce(now_is.outcome, 'non_match')
)

SELECT
    'pair' AS kind,
    job AS about,
    'decision' AS change,
    CAST(NULL AS VARCHAR) AS id,
    concat(left_record, ' ', right_record) AS records,
    before,
    after
FROM changed
ORDER BY job ASC, before ASC, after ASC, left_record ASC, right_record ASC
