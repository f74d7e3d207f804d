-- What could not be used of the files of one delivery, row by row and value by value.
SELECT
    reject.load_id,
    reject.file,
    reject.line,
    reject.column_name,
    reject.rule,
    reject.severity,
    reject.raw_row
FROM ops.reject AS reject
WHERE list_contains($load_ids, reject.load_id)
ORDER BY reject.file, reject.line, reject.column_name
