-- Returned lists that were taken in before a day.
SELECT
    load_id,
    sha256
FROM ops.load
WHERE
    extract = 'verification_result'
    AND part = 'returned'
    AND delivered_on < $before
ORDER BY load_id
