/*
letter = "K"
chinese = "亲属关系矛盾"
sentence = "A parent is less than twelve years older, or a person is its own parent or spouse; step and adoptive relations are left out."
why = "A relation that cannot be is a number typed into the wrong field. Linkage of households and births relies on these fields."
law = "户口登记条例 art. 17 (correction of items); GB/T 4761 (codes of step and adoptive relations)"
agency = ["police"]
priority = 5
parameters = ["parent_least_years"]
kin = ["police_resident"]
suggestion = "请对照原始档案核对父母、配偶的姓名和公民身份号码是否登记有误。"

[about]
own_parent = "{relative}：登记为 {stated}，该号码指向本人"
own_spouse = "配偶：登记为 {stated}，该号码指向本人"
parent_age = "出生日期：本人 {birth_on}（{own_age}岁），{relative} {parent_birth}（{relative_age}岁）"

[reasons]
own_parent = "登记的{relative}（{stated}）与本人是同一人（公民身份号码指向本人）。"
own_spouse = "登记的配偶（{stated}）与本人是同一人（公民身份号码指向本人）。"
parent_age = "登记的{relative}（{stated}）公民身份号码所指的人出生于{parent_birth}，与本人（{birth_on}出生）年龄相差不足{least_years}岁。"
*/
-- A number that several persons hold is shared_number's: the relative is whoever of them fits. Step and adoptive relations (GB/T 4761
-- codes 27, 37, 57, 58, registration or birth event by adoption) may be of any age.
WITH relative AS (
    SELECT
        registration_id,
        birth_date,
        citizen_id AS own_number,
        'father' AS kind,
        father_id AS citizen_id,
        father_name AS relative_name
    FROM std.police_resident
    WHERE list_contains($proven_states, father_id_state)
    UNION ALL
    SELECT
        registration_id,
        birth_date,
        citizen_id AS own_number,
        'mother' AS kind,
        mother_id AS citizen_id,
        mother_name AS relative_name
    FROM std.police_resident
    WHERE list_contains($proven_states, mother_id_state)
    UNION ALL
    SELECT
        registration_id,
        birth_date,
        citizen_id AS own_number,
        'spouse' AS kind,
        spouse_id AS citizen_id,
        spouse_name AS relative_name
    FROM std.police_resident
    WHERE list_contains($proven_states, spouse_id_state)
),

-- Whether a number is worth looking up: nearly always it shows by itself that a parent is old enough. The exceptions are holders
-- whose birth date is not that of their number, and people who hold several.
mismatched AS (
    SELECT DISTINCT citizen_id
    FROM std.police_resident
    WHERE
        list_contains($proven_states, citizen_id_state)
        AND cast(substr(citizen_id, 7, 8) AS INTEGER) <> year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date)
),

several AS (
    SELECT DISTINCT person_id
    FROM link.person
    WHERE registration_id <> person_id
),

other_number AS (
    SELECT DISTINCT
        one.registration_id,
        registration.citizen_id
    FROM several
    INNER JOIN link.person AS one ON several.person_id = one.person_id
    INNER JOIN link.person AS other ON several.person_id = other.person_id
    INNER JOIN std.police_resident AS registration ON other.registration_id = registration.registration_id
),

suspect AS (
    SELECT relative.*
    FROM relative
    LEFT JOIN mismatched ON relative.citizen_id = mismatched.citizen_id
    LEFT JOIN other_number
        ON relative.registration_id = other_number.registration_id AND relative.citizen_id = other_number.citizen_id
    WHERE
        relative.citizen_id = relative.own_number
        OR other_number.citizen_id IS NOT NULL
        OR (
            relative.kind <> 'spouse'
            AND (
                mismatched.citizen_id IS NOT NULL
                OR year(relative.birth_date) * 10000 + month(relative.birth_date) * 100 + day(relative.birth_date)
                - cast(substr(relative.citizen_id, 7, 8) AS INTEGER) < $parent_least_years * 10000
            )
        )
),

adopted AS (
    SELECT DISTINCT linked.registration_id
    FROM link.event AS linked
    INNER JOIN std.police_birth AS birth ON linked.record_key = birth.event_id
    WHERE linked.record_type = 'police_birth' AND birth.registration_kind = 'adoption'
),

asked AS (
    SELECT
        suspect.*,
        person.person_id,
        registration.station_code,
        registration.household_no,
        coalesce(registration.relation_to_head IN ('27', '37'), FALSE)
        OR coalesce(registration.registration_kind = 'adoption', FALSE)
        OR adopted.registration_id IS NOT NULL AS is_adopted
    FROM suspect
    INNER JOIN scope.resident AS active ON suspect.registration_id = active.registration_id
    INNER JOIN std.police_resident AS registration ON suspect.registration_id = registration.registration_id
    INNER JOIN link.person AS person ON suspect.registration_id = person.registration_id
    LEFT JOIN adopted ON suspect.registration_id = adopted.registration_id
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
    WHERE list_contains($proven_states, registration.citizen_id_state)
),

-- The eldest holder speaks for the number: only when nobody who holds it fits is the relation impossible.
compared AS (
    SELECT
        relative.registration_id,
        relative.kind,
        relative.birth_date,
        min(holder.birth_date) AS holder_birth,
        cast(substr(relative.citizen_id, 7, 8) AS INTEGER) AS number_day,
        concat_ws('，', relative.relative_name, relative.citizen_id) AS stated,
        bool_and(holder.person_id IS NOT NULL AND holder.person_id = relative.person_id) AS is_self,
        bool_or(
            relative.is_adopted
            OR (
                coalesce(holder.is_step_parent, FALSE)
                AND holder.station_code = relative.station_code
                AND holder.household_no = relative.household_no
            )
        ) AS is_by_law
    FROM asked AS relative
    LEFT JOIN holder ON relative.citizen_id = holder.citizen_id
    GROUP BY relative.registration_id, relative.kind, relative.birth_date, relative.citizen_id, relative.relative_name
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
    stated,
    birth_date AS birth_on,
    concat(
        cast(cast(floor(parent_day / 10000) AS INTEGER) AS VARCHAR), '年',
        cast(cast(floor(parent_day / 100) AS INTEGER) % 100 AS VARCHAR), '月',
        cast(parent_day % 100 AS VARCHAR), '日'
    ) AS parent_birth,
    $parent_least_years AS least_years,
    cast(floor((year($as_of) * 10000 + month($as_of) * 100 + day($as_of) - child_day) / 10000) AS INTEGER) AS own_age,
    cast(floor((year($as_of) * 10000 + month($as_of) * 100 + day($as_of) - parent_day) / 10000) AS INTEGER) AS relative_age
FROM placed
WHERE place = 1
