/*
letter = "G"
chinese = "超高龄"
sentence = "An active registration is of somebody of 110 years or more, without a sign of life in three years."
why = """\
Most such registrations outlived their person or carry a wrong birth date; some are of people to be proud of. The wording is that of a \
visit."""
law = "户口登记条例 art. 8"
agency = ["police"]
priority = 3
parameters = ["implausible_age_years", "sign_of_life_years"]
compare = "number"
suggestion = "请关心核实：上门看望老人、了解近况，同时核对出生日期是否录入有误。"

[reasons]
age = "按登记的出生日期，老人现年{age}岁，近年没有办理业务的记录。"
*/
-- Two active registrations of one person are one question, about the first of them.
WITH night AS (
    SELECT year(cast($as_of AS DATE)) * 10000 + month(cast($as_of AS DATE)) * 100 + day(cast($as_of AS DATE)) AS night_day
),

aged AS (
    SELECT
        person.person_id,
        active.registration_id,
        floor((night.night_day - year(active.birth_date) * 10000 - month(active.birth_date) * 100 - day(active.birth_date)) / 10000) AS age
    FROM scope.resident AS active
    INNER JOIN link.person AS person ON active.registration_id = person.registration_id
    CROSS JOIN night
),

old AS (
    SELECT *
    FROM aged
    WHERE age >= $implausible_age_years
),

alive AS (
    SELECT DISTINCT old.person_id
    FROM old
    INNER JOIN link.person AS person ON old.person_id = person.person_id
    INNER JOIN link.activity AS activity ON person.registration_id = activity.registration_id
    CROSS JOIN night
    WHERE
        -- An officer's word about a death is none of the person's own (CONTRACT reading 5).
        activity.kind NOT IN ('restored', 'death_reversed')
        AND activity.activity_on <= cast($as_of AS DATE)
        AND night.night_day - (year(activity.activity_on) * 10000 + month(activity.activity_on) * 100 + day(activity.activity_on))
        < $sign_of_life_years * 10000
),

raised AS (
    SELECT
        old.person_id,
        min(old.registration_id) AS registration_id
    FROM old
    LEFT JOIN alive ON old.person_id = alive.person_id
    WHERE alive.person_id IS NULL
    GROUP BY old.person_id
)

SELECT
    raised.person_id AS problem,
    'age' AS variant,
    'A' AS tier,
    cast(0.9 AS DOUBLE) AS confidence,
    'registration' AS role,
    'police_resident' AS record_type,
    raised.registration_id AS record_key,
    cast(old.age AS INTEGER) AS age
FROM raised
INNER JOIN old ON raised.registration_id = old.registration_id
