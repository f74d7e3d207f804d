/* Working copy of link.record for one run, with dense numbers for pairs: reading it is fast, and nothing is kept of it.
   Keys are numbered on their own, because sorting whole rows of a register would spill. */
CREATE OR REPLACE TEMP TABLE numbered_record AS
WITH numbered AS (
    SELECT
        record_type,
        record_key,
        CAST(row_number() OVER (ORDER BY record_type, record_key) AS INTEGER) AS record_no
    FROM link.record
)

SELECT
    n.record_no,
    r.record_type,
    r.record_key,
    r.name,
    r.name_key,
    r.name_sound,
    r.former_names_key,
    r.sex,
    r.birth_date,
    r.citizen_id,
    r.citizen_id_state,
    r.father_name_key,
    r.father_id,
    r.mother_name_key,
    r.mother_id,
    r.spouse_name_key,
    r.spouse_id,
    r.address_key,
    r.area_code,
    r.death_date,
    r.certificate_no,
    r.age
FROM link.record AS r
INNER JOIN numbered AS n ON r.record_type = n.record_type AND r.record_key = n.record_key;
