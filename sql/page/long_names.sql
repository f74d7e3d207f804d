-- Are people with long names, or names of several segments, asked about more often than others?
-- Columns: is_long, registrations, asked_about, per_10000
WITH register AS (
    SELECT
        resident.registration_id,
        length(resident.name) > 4 OR resident.name LIKE '%·%' AS is_long
    FROM std.police_resident AS resident
    INNER JOIN scope.registration AS registration ON resident.registration_id = registration.registration_id AND registration.is_active
),

asked AS (
    SELECT DISTINCT subject.record_key AS registration_id
    FROM find.subject AS subject
    INNER JOIN find.open_finding AS finding ON subject.finding_id = finding.finding_id
    WHERE subject.record_type = 'police_resident'
)

SELECT
    coalesce(register.is_long, FALSE) AS is_long,
    count(*) AS registrations,
    count(asked.registration_id) AS asked_about,
    CAST(count(asked.registration_id) AS DOUBLE) * 10000 / count(*) AS per_10000
FROM register
LEFT JOIN asked ON register.registration_id = asked.registration_id
GROUP BY coalesce(register.is_long, FALSE)
ORDER BY is_long
