-- Each folded name with the registrations that bear it, and its sound where it is known. stated_name: record_type, name_key, is_separated.
CREATE OR REPLACE TEMP TABLE link_name AS
SELECT
    name_key,
    count(CASE WHEN record_type = 'police_resident' THEN 1 END) AS bearers,
    bool_or(is_separated) AS is_separated
FROM stated_name
WHERE name_key IS NOT NULL
GROUP BY name_key;

CREATE OR REPLACE TEMP TABLE link_known_name AS
SELECT
    link_name.name_key,
    known.name_sound,
    CAST(link_name.bearers AS BIGINT) AS bearers,
    link_name.is_separated
FROM link_name
LEFT JOIN link.name AS known ON link_name.name_key = known.name_key;

DROP TABLE link_name;
