-- link.quoted_certificate: the certificate in force that a record of a birth is, or quotes, or stands in place of the one it quotes.
CREATE OR REPLACE VIEW link.quoted_certificate AS
WITH
-- An event that names no registration is of the one that carries the child's number, where name or birth date agrees.
numbered AS (
    SELECT
        birth.event_id,
        min(resident.registration_id) AS registration_id
    FROM std.police_birth AS birth
    INNER JOIN std.police_resident AS resident ON birth.citizen_id = resident.citizen_id
    WHERE birth.registration_id IS NULL AND (birth.birth_date = resident.birth_date OR birth.name_key = resident.name_key)
    GROUP BY birth.event_id
    HAVING count(*) = 1
),

quoting AS (
    SELECT
        birth.event_id,
        coalesce(birth.registration_id, numbered.registration_id) AS registration_id,
        birth.reversed,
        coalesce(known.in_force_no, birth.birth_cert_no) AS certificate_no
    FROM std.police_birth AS birth
    LEFT JOIN link.birth_certificate AS known ON birth.birth_cert_no = known.birth_cert_no
    LEFT JOIN numbered ON birth.event_id = numbered.event_id
)

SELECT
    'police_birth' AS record_type,
    event_id AS record_key,
    certificate_no
FROM quoting
UNION ALL
SELECT
    'police_resident' AS record_type,
    registration_id AS record_key,
    min(certificate_no) AS certificate_no
FROM quoting
WHERE NOT reversed AND registration_id IS NOT NULL
GROUP BY registration_id
UNION ALL
SELECT
    'health_birth' AS record_type,
    birth_cert_no AS record_key,
    in_force_no AS certificate_no
FROM link.birth_certificate;
COMMENT ON VIEW link.quoted_certificate IS
'Birth certificate in force of each record of a birth: of certificates, of police births, and of the registrations those led to.';
COMMENT ON COLUMN link.quoted_certificate.certificate_no IS 'Number of the certificate in force.';
