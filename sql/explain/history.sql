SELECT as_of, run_id, change, detail
FROM find.history
WHERE finding_id = $finding_id
ORDER BY as_of, run_id, change, detail
