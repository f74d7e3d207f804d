/*
letter = "B"
chinese = "应登未登"
sentence = "A birth certificate in force is old enough, a parent is registered in scope, no registration, birth event or death matches it."
why = """\
A child without a registration has no number, and without one no school and no insurance. The list is outreach: registration has no \
precondition."""
law = "户口登记条例 art. 7 (within one month); 国办发〔2015〕96号 (a right without preconditions)"
agency = ["police"]
priority = 2
parameters = ["birth_grace_days"]
kin = ["police_resident"]
suggestion = "请主动联系孩子的父母，核实是否已在别处登记、姓名是否未定或材料是否不全，并告知登记所需材料；登记户口不设任何前置条件。"

[reasons]
mother = "该出生医学证明于{issued_on}签发，至今未见对应的户口登记或出生登记；其母亲在本市（州）范围内有有效户口。"
father = "该出生医学证明于{issued_on}签发，至今未见对应的户口登记或出生登记；其父亲在本市（州）范围内有有效户口。"
names = "该出生医学证明于{issued_on}签发，至今未见对应的户口登记或出生登记；本市（州）范围内的有效户口中有与父母双方姓名一致的夫妻。"
*/
-- A registration made after the register was delivered cannot be seen, therefore the days count to its delivery. A weak match
-- (tier D) leaves the finding to analysts. A parent is found by number; without any number, by both parents' names as spouses.
-- A number whose holder has another name was mistyped: the other parent is asked, else nobody but the analysts. An adoption that quotes the
-- certificate accounts for the child, whose name and parents it changed.
WITH register AS (
    SELECT least(cast($as_of AS DATE), coalesce(max(last_on), cast($as_of AS DATE))) AS seen_on
    FROM scope.coverage
    WHERE extract = 'police_resident'
),

adopted AS (
    SELECT DISTINCT known.in_force_no
    FROM std.police_birth AS birth
    INNER JOIN link.birth_certificate AS known ON birth.birth_cert_no = known.birth_cert_no
    WHERE birth.registration_kind = 'adoption' AND NOT birth.reversed
),

waiting AS (
    SELECT
        certificate.birth_cert_no,
        certificate.issued_on,
        certificate.mother_id,
        certificate.mother_name_key,
        certificate.father_id,
        certificate.father_name_key,
        certificate.mother_address_code,
        birth.tier AS weak_tier
    FROM link.birth_certificate AS known
    INNER JOIN std.health_birth AS certificate
        ON known.in_force_no = certificate.birth_cert_no AND known.birth_cert_no = certificate.birth_cert_no
    CROSS JOIN register
    LEFT JOIN link.birth AS birth ON certificate.birth_cert_no = birth.birth_cert_no
    LEFT JOIN link.infant_death AS infant ON certificate.birth_cert_no = infant.birth_cert_no
    LEFT JOIN adopted ON certificate.birth_cert_no = adopted.in_force_no
    WHERE
        register.seen_on - certificate.issued_on >= $birth_grace_days
        AND (birth.birth_cert_no IS NULL OR birth.tier = 'D')
        AND infant.birth_cert_no IS NULL
        AND adopted.in_force_no IS NULL
),

stated AS (
    SELECT
        birth_cert_no,
        1 AS place,
        'mother' AS variant,
        '1' AS other_sex,
        mother_id AS parent_id,
        mother_name_key AS parent_name_key
    FROM waiting
    UNION ALL
    SELECT
        birth_cert_no,
        2 AS place,
        'father' AS variant,
        '2' AS other_sex,
        father_id AS parent_id,
        father_name_key AS parent_name_key
    FROM waiting
),

parent AS (
    SELECT
        stated.birth_cert_no,
        stated.place,
        stated.variant,
        CASE
            WHEN stated.parent_name_key = resident.name_key THEN 'A'
            WHEN
                stated.parent_name_key IS NULL
                OR instr(concat('|', resident.former_names_key, '|'), concat('|', stated.parent_name_key, '|')) > 0
                OR starts_with(stated.parent_name_key, resident.name_key)
                OR starts_with(resident.name_key, stated.parent_name_key)
                OR (
                    length(resident.name_key) = 3
                    AND length(stated.parent_name_key) = 3
                    AND left(resident.name_key, 1) = left(stated.parent_name_key, 1)
                    AND (
                        substr(resident.name_key, 2, 1) = substr(stated.parent_name_key, 2, 1)
                        OR right(resident.name_key, 1) = right(stated.parent_name_key, 1)
                    )
                )
                THEN 'B'
            ELSE 'D'
        END AS tier,
        registration.registration_id
    FROM stated
    INNER JOIN scope.resident AS registration ON stated.parent_id = registration.citizen_id AND stated.other_sex <> registration.sex
    INNER JOIN std.police_resident AS resident ON registration.registration_id = resident.registration_id
    UNION ALL
    SELECT
        waiting.birth_cert_no,
        3 AS place,
        'names' AS variant,
        'C' AS tier,
        registration.registration_id
    FROM waiting
    INNER JOIN std.police_resident AS resident
        ON waiting.mother_name_key = resident.name_key AND waiting.father_name_key = resident.spouse_name_key
    INNER JOIN scope.resident AS registration
        ON resident.registration_id = registration.registration_id AND waiting.mother_address_code = registration.county_code
    WHERE waiting.mother_id IS NULL AND waiting.father_id IS NULL AND registration.sex <> '1'
),

nearest AS (
    SELECT
        parent.*,
        row_number() OVER (
            PARTITION BY parent.birth_cert_no
            ORDER BY
                CASE parent.tier WHEN 'D' THEN 1 ELSE 0 END ASC, parent.place ASC, parent.tier ASC, parent.registration_id ASC
        ) AS choice
    FROM parent
),

raised AS (
    SELECT
        waiting.birth_cert_no,
        waiting.issued_on,
        nearest.variant,
        coalesce(waiting.weak_tier, nearest.tier) AS tier,
        nearest.registration_id
    FROM waiting
    INNER JOIN nearest ON waiting.birth_cert_no = nearest.birth_cert_no AND nearest.choice = 1
)

SELECT
    raised.birth_cert_no AS problem,
    raised.variant,
    raised.tier,
    cast(CASE raised.tier WHEN 'A' THEN 0.95 WHEN 'B' THEN 0.9 WHEN 'C' THEN 0.7 ELSE 0.4 END AS DOUBLE) AS confidence,
    CASE side.side WHEN 'certificate' THEN 'certificate' ELSE 'evidence' END AS role,
    CASE side.side WHEN 'certificate' THEN 'health_birth' ELSE 'police_resident' END AS record_type,
    CASE side.side WHEN 'certificate' THEN raised.birth_cert_no ELSE raised.registration_id END AS record_key,
    raised.issued_on
FROM raised
CROSS JOIN (VALUES ('certificate'), ('parent')) AS side (side)
