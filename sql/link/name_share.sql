-- How often names occur: names by the registrations that bear them, in each decade of birth (by_decade) and in the whole register.
WITH person AS (
    SELECT
        name_key,
        CASE WHEN $by_decade THEN year(birth_date) // 10 END AS decade
    FROM std.police_resident
    WHERE name_key IS NOT NULL AND (birth_date IS NOT NULL OR NOT $by_decade)
),

name AS (
    SELECT
        decade,
        name_key,
        count(*) AS bearers
    FROM person
    GROUP BY decade, name_key
)

SELECT
    decade,
    bearers,
    count(*) AS names
FROM name
GROUP BY decade, bearers
ORDER BY decade, bearers
