-- Each folded name with the registrations that bear it; the sound of a name already known is kept.
CREATE OR REPLACE TEMP TABLE link_name AS
SELECT
    name_key,
    sum(is_registration) AS bearers
FROM (
    SELECT
        name_key,
        1 AS is_registration
    FROM std.police_resident
    WHERE name_key IS NOT NULL
    UNION ALL
    SELECT
        name_key,
        0 AS is_registration
    FROM std.health_death
    WHERE name_key IS NOT NULL
    UNION ALL
    SELECT
        name_key,
        0 AS is_registration
    FROM std.civil_cremation
    WHERE name_key IS NOT NULL
    UNION ALL
    SELECT
        child_name_key AS name_key,
        0 AS is_registration
    FROM std.health_birth
    WHERE child_name_key IS NOT NULL
    UNION ALL
    SELECT
        name_key,
        0 AS is_registration
    FROM std.police_birth
    WHERE name_key IS NOT NULL
    UNION ALL
    SELECT
        name_key,
        0 AS is_registration
    FROM std.relocation_roll
    WHERE name_key IS NOT NULL
) AS names
GROUP BY name_key;

CREATE OR REPLACE TEMP TABLE link_known_name AS
SELECT
    l.name_key,
    n.name_sound,
    CAST(l.bearers AS BIGINT) AS bearers
FROM link_name AS l
LEFT JOIN link.name AS n ON l.name_key = n.name_key;

DROP TABLE link_name;

DELETE FROM link.name_frequency;

INSERT INTO link.name_frequency
SELECT
    name_key,
    decade,
    bearers
FROM (
    SELECT
        name_key,
        CAST(year(birth_date) // 10 * 10 AS INTEGER) AS decade,
        count(*) AS bearers
    FROM std.police_resident
    WHERE name_key IS NOT NULL AND birth_date IS NOT NULL
    GROUP BY name_key, year(birth_date) // 10
    UNION ALL
    SELECT
        name_key,
        NULL AS decade,
        bearers
    FROM link_known_name
) AS counted
WHERE bearers > $rare_bearers;
