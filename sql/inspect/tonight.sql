-- What is different from the night before? Changes of the newest night by type: what findings became, and what they were.
-- Columns: as_of, finding_type, change, detail, findings
WITH newest AS (SELECT max(as_of) AS as_of FROM stats.night)

SELECT
    history.as_of,
    finding.finding_type,
    history.change,
    coalesce(history.detail, '') AS detail,
    count(*) AS findings
FROM find.history AS history
INNER JOIN newest ON history.as_of = newest.as_of
LEFT JOIN find.finding AS finding ON history.finding_id = finding.finding_id
GROUP BY history.as_of, finding.finding_type, history.change, history.detail
ORDER BY finding.finding_type, history.change, history.detail;
