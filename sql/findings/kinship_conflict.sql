/*
letter = "K"
chinese = "亲属关系矛盾"
sentence = "A parent is less than twelve years older than the child, or a person is its own parent or spouse."
law = "GB/T 4761; DOMAIN §3.4 (not adoptive or step relations); CONTRACT §2 reading 10"
agency = ["police"]
priority = 5
parameters = ["parent_least_years"]
suggestion = "请对照原始档案核对父母、配偶的姓名和公民身份号码是否登记有误。"

[reasons]
own_parent = "登记的{relative}与本人是同一人（公民身份号码指向本人）。"
own_spouse = "登记的配偶与本人是同一人（公民身份号码指向本人）。"
parent_age = "登记的{relative}公民身份号码所指的人出生于{parent_birth}，与本人（{birth_on}出生）年龄相差不足{least_years}岁。"
*/
-- A number that several persons hold is shared_number's: the relative is whoever of them fits. Step and adoptive relations (GB/T 4761
-- codes 27, 37, 57, 58, registration by adoption) may be of any age.
WITH child AS (
    SELECT
        active.registration_id,
        active.birth_date,
        person.person_id,
        registration.station_code,
        registration.household_no,
        registration.citizen_id AS own_number,
        registration.father_id,
        registration.father_id_state,
        registration.mother_id,
        registration.mother_id_state,
        registration.spouse_id,
        registration.spouse_id_state,
        coalesce(registration.relation_to_head IN ('27', '37'), FALSE)
        OR coalesce(registration.registration_kind = 'adoption', FALSE) AS is_adopted
    FROM find.active_registration AS active
    INNER JOIN std.police_resident AS registration ON active.registration_id = registration.registration_id
    INNER JOIN link.person AS person ON active.registration_id = person.registration_id
),

holder AS (
    SELECT
        registration.citizen_id,
        registration.birth_date,
        registration.station_code,
        registration.household_no,
        person.person_id,
        coalesce(registration.relation_to_head IN ('57', '58'), FALSE) AS is_step_parent
    FROM std.police_resident AS registration
    INNER JOIN link.person AS person ON registration.registration_id = person.registration_id
    WHERE registration.citizen_id_state IN ('valid', 'upgraded')
),

relative AS (
    SELECT
        *,
        'father' AS kind,
        father_id AS citizen_id
    FROM child
    WHERE father_id_state IN ('valid', 'upgraded')
    UNION ALL
    SELECT
        *,
        'mother' AS kind,
        mother_id AS citizen_id
    FROM child
    WHERE mother_id_state IN ('valid', 'upgraded')
    UNION ALL
    SELECT
        *,
        'spouse' AS kind,
        spouse_id AS citizen_id
    FROM child
    WHERE spouse_id_state IN ('valid', 'upgraded')
),

-- Whether a number is worth looking up: nearly always it shows by itself that a parent is old enough. The exceptions are holders
-- whose birth date is not that of their number, and people who hold several.
mismatched AS (
    SELECT DISTINCT citizen_id
    FROM holder
    WHERE cast(substr(citizen_id, 7, 8) AS INTEGER) <> year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date)
),

own AS (
    SELECT DISTINCT
        holder.person_id,
        holder.citizen_id
    FROM holder
    INNER JOIN link.person AS person ON holder.person_id = person.person_id
    WHERE person.registration_id <> person.person_id
),

suspect AS (
    SELECT relative.*
    FROM relative
    LEFT JOIN mismatched ON relative.citizen_id = mismatched.citizen_id
    LEFT JOIN own ON relative.citizen_id = own.citizen_id AND relative.person_id = own.person_id
    WHERE
        relative.citizen_id = relative.own_number
        OR own.person_id IS NOT NULL
        OR (
            relative.kind <> 'spouse'
            AND (
                mismatched.citizen_id IS NOT NULL
                OR year(relative.birth_date) * 10000 + month(relative.birth_date) * 100 + day(relative.birth_date)
                - cast(substr(relative.citizen_id, 7, 8) AS INTEGER) < $parent_least_years * 10000
            )
        )
),

-- The eldest holder speaks for the number: only when nobody who holds it fits is the relation impossible.
compared AS (
    SELECT
        relative.registration_id,
        relative.kind,
        relative.birth_date,
        min(holder.birth_date) AS holder_birth,
        cast(substr(relative.citizen_id, 7, 8) AS INTEGER) AS number_day,
        bool_and(holder.person_id IS NOT NULL AND holder.person_id = relative.person_id) AS is_self,
        bool_or(
            relative.is_adopted
            OR (
                coalesce(holder.is_step_parent, FALSE)
                AND holder.station_code = relative.station_code
                AND holder.household_no = relative.household_no
            )
        ) AS is_by_law
    FROM suspect AS relative
    LEFT JOIN holder ON relative.citizen_id = holder.citizen_id
    GROUP BY relative.registration_id, relative.kind, relative.birth_date, relative.citizen_id
),

dated AS (
    SELECT
        *,
        year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date) AS child_day,
        coalesce(year(holder_birth) * 10000 + month(holder_birth) * 100 + day(holder_birth), number_day) AS parent_day
    FROM compared
),

conflict AS (
    SELECT
        *,
        CASE
            WHEN is_self AND kind <> 'spouse' THEN 'own_parent'
            WHEN is_self THEN 'own_spouse'
            WHEN kind <> 'spouse' AND NOT is_by_law AND child_day - parent_day < $parent_least_years * 10000 THEN 'parent_age'
        END AS variant
    FROM dated
),

placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY registration_id
            ORDER BY CASE variant WHEN 'own_parent' THEN 1 WHEN 'own_spouse' THEN 2 ELSE 3 END ASC, kind ASC
        ) AS place
    FROM conflict
    WHERE variant IS NOT NULL
)

SELECT
    registration_id AS problem,
    variant,
    'A' AS tier,
    cast(0.95 AS DOUBLE) AS confidence,
    'registration' AS role,
    'police_resident' AS record_type,
    registration_id AS record_key,
    CASE kind WHEN 'father' THEN '父亲' WHEN 'mother' THEN '母亲' ELSE '配偶' END AS relative,
    birth_date AS birth_on,
    concat(
        cast(cast(floor(parent_day / 10000) AS INTEGER) AS VARCHAR), '年',
        cast(cast(floor(parent_day / 100) AS INTEGER) % 100 AS VARCHAR), '月',
        cast(parent_day % 100 AS VARCHAR), '日'
    ) AS parent_birth,
    $parent_least_years AS least_years
FROM placed
WHERE place = 1
