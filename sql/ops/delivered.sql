-- What the warehouse now stands on: rows of each extract, superseded snapshots left out.
SELECT extract, CAST(sum(rows) AS BIGINT) AS rows
FROM ops.load
WHERE NOT superseded
GROUP BY extract
ORDER BY extract
