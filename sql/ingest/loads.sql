-- Loads that count: the latest of each file name, superseded snapshots left out.
SELECT load_id, extract, file, delivered_on, sha256
FROM ops.load
WHERE NOT superseded
QUALIFY row_number() OVER (PARTITION BY extract, file ORDER BY load_id DESC) = 1
ORDER BY load_id
