/* link.police_death_source: what health and the parlours know of a death the police registered. By the person, else by the
   number of the death certificate; a voided certificate is none. */

DELETE FROM link.police_death_source;

INSERT INTO link.police_death_source
SELECT
    police_death.event_id,
    'health_death' AS record_type,
    death.health_key AS record_key,
    death.tier,
    death.probability
FROM link.police_death AS police_death
INNER JOIN link.subject_registration AS subject ON police_death.person_id = subject.person_id
INNER JOIN link.death AS death ON subject.registration_id = death.registration_id
WHERE death.health_key IS NOT NULL;

INSERT INTO link.police_death_source
SELECT
    police_death.event_id,
    'civil_cremation' AS record_type,
    death.cremation_key AS record_key,
    death.tier,
    death.probability
FROM link.police_death AS police_death
INNER JOIN link.subject_registration AS subject ON police_death.person_id = subject.person_id
INNER JOIN link.death AS death ON subject.registration_id = death.registration_id
WHERE death.cremation_key IS NOT NULL;

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
    event.event_id,
    certified.record_type,
    certified.record_key,
    CASE WHEN event.name_key = certified.name_key OR event.birth_date = certified.birth_date THEN 'B' ELSE 'D' END AS tier,
    CAST(CASE WHEN event.name_key = certified.name_key OR event.birth_date = certified.birth_date THEN 0.98 ELSE 0.5 END AS DOUBLE)
        AS probability
FROM std.police_death AS event
INNER JOIN certified ON event.death_cert_no = certified.death_cert_no
LEFT JOIN
    link.police_death_source AS known
    ON event.event_id = known.event_id AND certified.record_type = known.record_type AND certified.record_key = known.record_key
WHERE known.event_id IS NULL AND NOT event.reversed;
