-- What is wrong with the deliveries? By file, column and rule: how many rows or values were refused, and the first line to look at.
-- Columns: extract, delivered_on, file, severity, column_name, rule, rejects, percent_of_rows, first_line
SELECT
    load.extract,
    load.delivered_on,
    reject.file,
    reject.severity,
    coalesce(reject.column_name, '') AS column_name,
    reject.rule,
    count(*) AS rejects,
    round(100.0 * count(*) / nullif(max(load.rows), 0), 3) AS percent_of_rows,
    min(reject.line) AS first_line
FROM ops.reject AS reject
LEFT JOIN ops.load AS load ON reject.load_id = load.load_id
GROUP BY load.extract, load.delivered_on, reject.file, reject.severity, reject.column_name, reject.rule
ORDER BY rejects DESC, reject.file ASC, column_name ASC, reject.rule ASC, reject.severity ASC;
