/* Persons that were several before, and persons that are several after, of the registrations that both nights know.
   Catalogs: before, after. */
WITH known AS (
    SELECT
        was.registration_id,
        was.person_id AS person_before,
        now_is.person_id AS person_after
    FROM before.link.person AS was
    INNER JOIN after.link.person AS now_is ON was.registration_id = now_is.registration_id
)

SELECT
    'person' AS kind,
    'registration' AS about,
    'merged' AS change,
    person_after AS id,
    string_agg(concat('police_resident:', registration_id), ' ' ORDER BY registration_id) AS records,
    string_agg(DISTINCT person_before, ' ' ORDER BY person_before) AS before,
    person_after AS after
FROM known
GROUP BY person_after
HAVING count(DISTINCT person_before) > 1
UNION ALL
SELECT
    'person' AS kind,
    'registration' AS about,
    'split' AS change,
    person_before AS id,
    string_agg(concat('police_resident:', registration_id), ' ' ORDER BY registration_id) AS records,
    person_before AS before,
    string_agg(DISTINCT person_after, ' ' ORDER BY person_after) AS after
FROM known
GROUP BY person_before
HAVING count(DISTINCT person_after) > 1
ORDER BY change ASC, id ASC
