-- What is different from the night before? Changes of the newest night by type: what findings became, and what they were before.
-- Columns: as_of, finding_type, change, was, findings
WITH newest AS (SELECT max(as_of) AS as_of FROM stats.night),

changed AS (
    SELECT
        history.as_of,
        finding.finding_type,
        history.change,
        -- Tiers, stations and keys would make a row for each finding.
        CASE WHEN history.change = finding.status THEN coalesce(history.detail, '') ELSE '' END AS was
    FROM find.history AS history
    INNER JOIN newest ON history.as_of = newest.as_of
    LEFT JOIN find.finding AS finding ON history.finding_id = finding.finding_id
)

SELECT
    as_of,
    finding_type,
    change,
    was,
    count(*) AS findings
FROM changed
GROUP BY as_of, finding_type, change, was
ORDER BY finding_type, change, was;
