/* link.police_death_source: what health and the parlours know of a death the police registered. By the person, else by the
   number of the death certificate; a voided certificate is none. */

DELETE FROM link.police_death_source;

INSERT INTO link.police_death_source
SELECT
    p.event_id,
    'health_death' AS record_type,
    d.health_key AS record_key,
    d.tier,
    d.probability
FROM link.police_death AS p
INNER JOIN link.subject_registration AS s ON p.person_id = s.person_id
INNER JOIN link.death AS d ON s.registration_id = d.registration_id
WHERE d.health_key IS NOT NULL;

INSERT INTO link.police_death_source
SELECT
    p.event_id,
    'civil_cremation' AS record_type,
    d.cremation_key AS record_key,
    d.tier,
    d.probability
FROM link.police_death AS p
INNER JOIN link.subject_registration AS s ON p.person_id = s.person_id
INNER JOIN link.death AS d ON s.registration_id = d.registration_id
WHERE d.cremation_key IS NOT NULL;

/* Since 2026-07 a certificate's number may be the informant's: it counts as one death where name or birth date agrees, and
   else in tier D, which says that there is some evidence and proves no date. */
INSERT INTO link.police_death_source
WITH certified AS (
    SELECT
        'health_death' AS record_type,
        death_cert_no AS record_key,
        death_cert_no,
        name_key,
        birth_date
    FROM std.health_death
    WHERE NOT voided
    UNION ALL
    SELECT
        'civil_cremation' AS record_type,
        cremation_cert_no AS record_key,
        death_cert_no,
        name_key,
        birth_date
    FROM std.civil_cremation
)

SELECT
    e.event_id,
    c.record_type,
    c.record_key,
    CASE WHEN e.name_key = c.name_key OR e.birth_date = c.birth_date THEN 'B' ELSE 'D' END AS tier,
    CAST(CASE WHEN e.name_key = c.name_key OR e.birth_date = c.birth_date THEN 0.98 ELSE 0.5 END AS DOUBLE) AS probability
FROM std.police_death AS e
INNER JOIN certified AS c ON e.death_cert_no = c.death_cert_no
LEFT JOIN link.police_death_source AS k ON e.event_id = k.event_id AND c.record_type = k.record_type AND c.record_key = k.record_key
WHERE k.event_id IS NULL AND NOT e.reversed;
