/* link.record: registrations, health deaths and cremations in one form. Keys are numbered first, on their own,
   because sorting whole rows of a register would spill. */

DELETE FROM link.record;

CREATE OR REPLACE TEMP TABLE link_key AS
SELECT
    record_type,
    record_key,
    CAST(row_number() OVER (ORDER BY record_type, record_key) AS INTEGER) AS record_no
FROM (
    SELECT
        'police_resident' AS record_type,
        registration_id AS record_key
    FROM std.police_resident
    UNION ALL
    SELECT
        'health_death' AS record_type,
        death_cert_no AS record_key
    FROM std.health_death
    WHERE NOT coalesce(voided, FALSE)
    UNION ALL
    SELECT
        'civil_cremation' AS record_type,
        cremation_cert_no AS record_key
    FROM std.civil_cremation
) AS keys;

INSERT INTO link.record
SELECT
    k.record_no,
    k.record_type,
    k.record_key,
    p.registration_id,
    p.cancel_kind IS NULL AS is_active,
    p.name,
    p.name_key,
    n.name_sound,
    p.former_names_key,
    p.sex,
    p.birth_date,
    p.citizen_id,
    p.citizen_id_state,
    p.father_name_key,
    p.father_id,
    p.mother_name_key,
    p.mother_id,
    p.spouse_name_key,
    p.spouse_id,
    p.address_text_key AS address_key,
    left(p.station_code, 6) AS area_code,
    p.station_code,
    CAST(NULL AS DATE) AS death_date,
    NULL AS death_cert_no,
    NULL AS age
FROM std.police_resident AS p
INNER JOIN link_key AS k ON p.registration_id = k.record_key AND k.record_type = 'police_resident'
LEFT JOIN link.name AS n ON p.name_key = n.name_key;

INSERT INTO link.record
SELECT
    k.record_no,
    k.record_type,
    k.record_key,
    NULL AS registration_id,
    FALSE AS is_active,
    d.name,
    d.name_key,
    n.name_sound,
    NULL AS former_names_key,
    d.sex,
    d.birth_date,
    d.citizen_id,
    d.citizen_id_state,
    NULL AS father_name_key,
    NULL AS father_id,
    NULL AS mother_name_key,
    NULL AS mother_id,
    NULL AS spouse_name_key,
    NULL AS spouse_id,
    d.address_key,
    d.area_code,
    NULL AS station_code,
    d.death_date,
    d.death_cert_no,
    d.age
FROM (
    SELECT
        'health_death' AS record_type,
        death_cert_no AS record_key,
        name,
        name_key,
        sex,
        birth_date,
        citizen_id,
        citizen_id_state,
        registered_address_text_key AS address_key,
        registered_address_code AS area_code,
        death_date,
        death_cert_no,
        age
    FROM std.health_death
    WHERE NOT coalesce(voided, FALSE)
    UNION ALL
    SELECT
        'civil_cremation' AS record_type,
        cremation_cert_no AS record_key,
        name,
        name_key,
        sex,
        birth_date,
        citizen_id,
        citizen_id_state,
        registered_address_text_key AS address_key,
        registered_address_code AS area_code,
        death_date,
        death_cert_no,
        age
    FROM std.civil_cremation
) AS d
INNER JOIN link_key AS k ON d.record_type = k.record_type AND d.record_key = k.record_key
LEFT JOIN link.name AS n ON d.name_key = n.name_key;

DROP TABLE link_key;
