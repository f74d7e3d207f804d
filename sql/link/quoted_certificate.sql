-- link.quoted_certificate: the certificate in force that a record of a birth is, or quotes, or stands in place of the one it quotes.
CREATE OR REPLACE VIEW link.quoted_certificate AS
WITH quoting AS (
    SELECT
        birth.event_id,
        birth.registration_id,
        birth.reversed,
        coalesce(known.in_force_no, birth.birth_cert_no) AS certificate_no
    FROM std.police_birth AS birth
    LEFT JOIN link.birth_certificate AS known ON birth.birth_cert_no = known.birth_cert_no
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
