-- Columns of codes and flags with more unreadable cells than the floor, in files that no good run has published yet. How a clerk says
-- he checked a finding takes no row out, whatever he writes.
SELECT
    load.load_id,
    load.file,
    load.extract,
    reject.column_name
FROM ops.load AS load
INNER JOIN ops.reject AS reject ON load.load_id = reject.load_id
WHERE
    NOT load.superseded
    AND load.extract <> 'verification_result'
    AND reject.stage = 'standardise'
    AND reject.rule = 'code_unknown'
    AND reject.severity = 'value'
    AND load.run_id NOT IN (SELECT run_id FROM ops.run WHERE status = 'done')
GROUP BY load.load_id, load.file, load.extract, reject.column_name
HAVING count(DISTINCT reject.line) > $unread_floor
ORDER BY load.file, reject.column_name
