-- Are people with long names asked about more often than others? Long: five characters or more, separators not counted.
-- Columns: is_long, registrations, asked_about, per_10000
WITH asked AS (
    SELECT DISTINCT subject.record_key AS registration_id
    FROM find.subject AS subject
    INNER JOIN find.open_finding AS finding ON subject.finding_id = finding.finding_id
    WHERE subject.record_type = 'police_resident'
),

register AS (
    SELECT
        resident.registration_id,
        coalesce(length(resident.name_key) > 4, FALSE) AS is_long
    FROM scope.resident AS resident
)

SELECT
    register.is_long,
    count(*) AS registrations,
    count(asked.registration_id) AS asked_about,
    CAST(count(asked.registration_id) AS DOUBLE) * 10000 / count(*) AS per_10000
FROM register
LEFT JOIN asked ON register.registration_id = asked.registration_id
GROUP BY register.is_long
ORDER BY register.is_long
