-- What the linkage reads and a night may change: rows of std and raw by the stamp they were made under, days of delivery, answers
-- about pairs.
WITH standardised AS (
    SELECT string_agg(concat_ws(' ', extract, made), ',' ORDER BY extract) AS said
    FROM ops.standardised
),

delivered AS (
    SELECT string_agg(concat_ws(' ', load_id, delivered_on), ',' ORDER BY load_id) AS said
    FROM ops.load
    WHERE NOT coalesce(superseded, FALSE)
),

answered AS (
    SELECT string_agg(concat_ws(' ', left_key, right_key, verdict), ',' ORDER BY left_key, right_key) AS said
    FROM ops.pair_verdict
)

SELECT sha256(concat_ws(';', standardised.said, delivered.said, answered.said)) AS digest
FROM standardised
CROSS JOIN delivered
CROSS JOIN answered
