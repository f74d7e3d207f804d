-- Loads of events and moves that were delivered before a day, and whose rows are still there to be purged: a snapshot in force stays whole.
SELECT
    load_id,
    extract
FROM ops.load
WHERE
    delivered_on < $before
    AND list_contains($extracts, extract)
    AND part IS DISTINCT FROM 'returned'
ORDER BY load_id
