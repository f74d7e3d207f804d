/* link.birth: certificates in force whose child is registered, and for the others the deaths that may be the child's.
   birth_chosen: the pairs of birth_candidate chosen one to one. */

DELETE FROM link.birth;

INSERT INTO link.birth
WITH event AS (
    SELECT
        chosen.birth_cert_no,
        min(event.record_key) AS event_id
    FROM birth_chosen AS chosen
    INNER JOIN link.event AS event ON chosen.person_id = event.person_id AND event.record_type = 'police_birth'
    GROUP BY chosen.birth_cert_no
),

placed AS (
    SELECT
        chosen.birth_cert_no,
        person.registration_id,
        row_number() OVER (
            PARTITION BY chosen.birth_cert_no
            ORDER BY
                CASE WHEN registration.is_active THEN 0 ELSE 1 END ASC,
                registration.cancelled_on DESC NULLS LAST,
                person.registration_id ASC
        ) AS place
    FROM birth_chosen AS chosen
    INNER JOIN link.person AS person ON chosen.person_id = person.person_id
    INNER JOIN scope.registration AS registration ON person.registration_id = registration.registration_id
)

SELECT
    chosen.birth_cert_no,
    coalesce(chosen.event_id, event.event_id) AS event_id,
    placed.registration_id,
    chosen.how,
    chosen.tier,
    chosen.probability
FROM birth_chosen AS chosen
LEFT JOIN event ON chosen.birth_cert_no = event.birth_cert_no
LEFT JOIN placed ON chosen.birth_cert_no = placed.birth_cert_no AND placed.place = 1;

DELETE FROM link.infant_death;

/* Rather one child too many than to ask a mother for a child who died: an infant of the same sex who has the child's name or
   address, or is called after its mother or father (李秀兰之男婴), born on that day or the next, or without a birth date; and one
   of the same birth date whose death in the same county names nobody, or the child as it was heard, or as far as it could be read
   (□桐艺). An infant the police registered as dead is one too. */
INSERT INTO link.infant_death
WITH dead AS (
    SELECT
        record_type,
        record_key,
        name_key,
        name_sound,
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
        NULL AS name_sound,
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
        name_sound,
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
    SELECT certificate.*
    FROM numbered_record AS certificate
    LEFT JOIN link.birth AS birth ON certificate.record_key = birth.birth_cert_no AND birth.tier <> 'D'
    WHERE certificate.record_type = 'health_birth' AND birth.birth_cert_no IS NULL
),

-- One equality each: alternatives in one join would compare every certificate with every death.
tied AS (
    SELECT
        unregistered.record_key AS birth_cert_no,
        infant.record_type,
        infant.record_key
    FROM unregistered
    INNER JOIN infant ON unregistered.name_key = infant.name_key
    UNION
    SELECT
        unregistered.record_key AS birth_cert_no,
        infant.record_type,
        infant.record_key
    FROM unregistered
    INNER JOIN infant ON unregistered.address_key = infant.address_key
    UNION
    SELECT
        unregistered.record_key AS birth_cert_no,
        infant.record_type,
        infant.record_key
    FROM unregistered
    INNER JOIN infant ON unregistered.mother_name_key = infant.parent_key
    UNION
    SELECT
        unregistered.record_key AS birth_cert_no,
        infant.record_type,
        infant.record_key
    FROM unregistered
    INNER JOIN infant ON unregistered.father_name_key = infant.parent_key
    UNION
    SELECT
        unregistered.record_key AS birth_cert_no,
        infant.record_type,
        infant.record_key
    FROM unregistered
    INNER JOIN infant ON unregistered.birth_date = infant.birth_date AND unregistered.area_code = infant.area_code
    WHERE
        unregistered.name_key IS NULL
        OR infant.name_key IS NULL
        OR unregistered.name_sound = infant.name_sound
        OR (
            strpos(infant.name_key, '□') > 0
            AND (left(infant.name_key, 1) = left(unregistered.name_key, 1) OR right(infant.name_key, 1) = right(unregistered.name_key, 1))
        )
),

met AS (
    SELECT
        tied.*,
        unregistered.sex,
        infant.sex AS infant_sex
    FROM tied
    INNER JOIN unregistered ON tied.birth_cert_no = unregistered.record_key
    INNER JOIN infant ON tied.record_type = infant.record_type AND tied.record_key = infant.record_key
    WHERE
        abs(infant.birth_date - unregistered.birth_date) <= 1
        OR (infant.birth_date IS NULL AND infant.death_date - unregistered.birth_date BETWEEN 0 AND 366)
)

SELECT
    birth_cert_no,
    record_type,
    record_key
FROM met
WHERE sex = infant_sex OR sex IN ('0', '9') OR infant_sex IS NULL OR infant_sex IN ('0', '9');
