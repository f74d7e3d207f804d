/* link.birth: certificates in force whose child is registered, and for the others the deaths that may be the child's.
   birth_chosen: birth_cert_no, child_key of the pairs chosen one to one. */

DELETE FROM link.birth;

INSERT INTO link.birth
WITH chosen AS (
    SELECT c.*
    FROM birth_candidate AS c
    INNER JOIN birth_chosen AS o ON c.birth_cert_no = o.birth_cert_no AND c.child_key = o.child_key
),

event AS (
    SELECT
        c.birth_cert_no,
        min(e.record_key) AS event_id
    FROM chosen AS c
    INNER JOIN link.event AS e ON c.person_id = e.person_id AND e.record_type = 'police_birth'
    GROUP BY c.birth_cert_no
),

placed AS (
    SELECT
        c.birth_cert_no,
        n.registration_id,
        row_number() OVER (
            PARTITION BY c.birth_cert_no
            ORDER BY
                CASE WHEN s.is_active THEN 0 ELSE 1 END ASC,
                s.cancelled_on DESC NULLS LAST,
                n.registration_id ASC
        ) AS place
    FROM chosen AS c
    INNER JOIN link.person AS n ON c.person_id = n.person_id
    INNER JOIN scope.registration AS s ON n.registration_id = s.registration_id
)

SELECT
    c.birth_cert_no,
    coalesce(c.event_id, e.event_id) AS event_id,
    p.registration_id,
    c.how,
    c.tier,
    c.probability
FROM chosen AS c
LEFT JOIN event AS e ON c.birth_cert_no = e.birth_cert_no
LEFT JOIN placed AS p ON c.birth_cert_no = p.birth_cert_no AND p.place = 1;

DELETE FROM link.infant_death;

/* Rather one child too many than to ask a mother for a child who died: an infant of the same sex who has the child's name or
   address, or is called after its mother or father (李秀兰之男婴), born on that day or the next, or without a birth date; and one
   of the same birth date whose death in the same county names nobody. An infant the police registered as dead is one too. */
INSERT INTO link.infant_death
WITH dead AS (
    SELECT
        record_type,
        record_key,
        name_key,
        sex,
        birth_date,
        death_date,
        address_key,
        area_code,
        age
    FROM numbered_record
    WHERE record_type IN ('health_death', 'civil_cremation')
    UNION ALL
    SELECT
        'police_death' AS record_type,
        event_id AS record_key,
        name_key,
        sex,
        birth_date,
        death_date,
        NULL AS address_key,
        NULL AS area_code,
        CAST(NULL AS INTEGER) AS age
    FROM std.police_death
    WHERE NOT reversed
),

called AS (
    SELECT
        *,
        nullif(regexp_extract(name_key, '^(.+)之.{0,2}[子女婴孩儿]$', 1), '') AS parent_key
    FROM dead
),

infant AS (
    SELECT
        record_type,
        record_key,
        CASE WHEN parent_key IS NULL THEN name_key END AS name_key,
        parent_key,
        sex,
        birth_date,
        death_date,
        address_key,
        area_code
    FROM called
    WHERE
        death_date - birth_date BETWEEN 0 AND 366
        OR (birth_date IS NULL AND (age = 0 OR (age IS NULL AND parent_key IS NOT NULL)))
),

unregistered AS (
    SELECT h.*
    FROM numbered_record AS h
    LEFT JOIN link.birth AS b ON h.record_key = b.birth_cert_no AND b.tier <> 'D'
    WHERE h.record_type = 'health_birth' AND b.birth_cert_no IS NULL
),

-- One equality each: alternatives in one join would compare every certificate with every death.
tied AS (
    SELECT
        u.record_key AS birth_cert_no,
        i.record_type,
        i.record_key
    FROM unregistered AS u
    INNER JOIN infant AS i ON u.name_key = i.name_key
    UNION
    SELECT
        u.record_key AS birth_cert_no,
        i.record_type,
        i.record_key
    FROM unregistered AS u
    INNER JOIN infant AS i ON u.address_key = i.address_key
    UNION
    SELECT
        u.record_key AS birth_cert_no,
        i.record_type,
        i.record_key
    FROM unregistered AS u
    INNER JOIN infant AS i ON u.mother_name_key = i.parent_key
    UNION
    SELECT
        u.record_key AS birth_cert_no,
        i.record_type,
        i.record_key
    FROM unregistered AS u
    INNER JOIN infant AS i ON u.father_name_key = i.parent_key
    UNION
    SELECT
        u.record_key AS birth_cert_no,
        i.record_type,
        i.record_key
    FROM unregistered AS u
    INNER JOIN infant AS i ON u.birth_date = i.birth_date AND u.area_code = i.area_code
    WHERE u.name_key IS NULL OR i.name_key IS NULL
),

met AS (
    SELECT
        t.*,
        u.sex,
        i.sex AS infant_sex
    FROM tied AS t
    INNER JOIN unregistered AS u ON t.birth_cert_no = u.record_key
    INNER JOIN infant AS i ON t.record_type = i.record_type AND t.record_key = i.record_key
    WHERE
        abs(i.birth_date - u.birth_date) <= 1
        OR (i.birth_date IS NULL AND i.death_date - u.birth_date BETWEEN 0 AND 366)
)

SELECT
    birth_cert_no,
    record_type,
    record_key
FROM met
WHERE sex = infant_sex OR sex IN ('0', '9') OR infant_sex IS NULL OR infant_sex IN ('0', '9');

DROP TABLE birth_candidate;
