/*
letter = "Q"
chinese = "号码与项目不符"
sentence = "The number of an active registration is well formed, but its birth date or sex digit contradicts the row."
why = """\
Number and item cannot both be right, and whoever is looked up by one will be missed by the other. A correction may change the number, \
which only a person can decide."""
law = "GB 11643-1999; GA/T 2000.24 codes 12, 32, 41"
agency = ["police"]
priority = 4
compare = "number"
suggestion = "请对照出生登记、原始档案核对公民身份号码、出生日期和性别，确认哪一项有误。"

[reasons]
birth_date = "公民身份号码中的出生日期（{number_birth_date}）与登记的出生日期（{birth_date}）不一致。"
sex = "公民身份号码中的性别（{number_sex}）与登记的性别（{sex}）不一致。"
birth_date_and_sex = "公民身份号码中的出生日期（{number_birth_date}）、性别（{number_sex}）与登记的（{birth_date}、{sex}）都不一致。"
*/
-- Only numbers of state valid are well formed; a 15-digit number or a wrong check character is number_invalid: one problem, one finding.
WITH digits AS (
    SELECT
        registration_id,
        birth_date,
        sex,
        substr(citizen_id, 7, 8) AS number_birth_date,
        CASE WHEN cast(substr(citizen_id, 17, 1) AS INTEGER) % 2 = 1 THEN '1' ELSE '2' END AS number_sex
    FROM scope.resident
    WHERE citizen_id_state = 'valid'
),

compared AS (
    SELECT
        *,
        replace(cast(birth_date AS VARCHAR), '-', '') <> number_birth_date AS birth_date_differs,
        sex IN ('1', '2') AND sex <> number_sex AS sex_differs
    FROM digits
)

SELECT
    registration_id AS problem,
    CASE
        WHEN birth_date_differs AND sex_differs THEN 'birth_date_and_sex'
        WHEN birth_date_differs THEN 'birth_date'
        ELSE 'sex'
    END AS variant,
    'A' AS tier,
    cast(0.99 AS DOUBLE) AS confidence,
    'registration' AS role,
    'police_resident' AS record_type,
    registration_id AS record_key,
    birth_date,
    concat(
        substr(number_birth_date, 1, 4), '年',
        cast(cast(substr(number_birth_date, 5, 2) AS INTEGER) AS VARCHAR), '月',
        cast(cast(substr(number_birth_date, 7, 2) AS INTEGER) AS VARCHAR), '日'
    ) AS number_birth_date,
    CASE sex WHEN '1' THEN '男' ELSE '女' END AS sex,
    CASE number_sex WHEN '1' THEN '男' ELSE '女' END AS number_sex
FROM compared
WHERE birth_date_differs OR sex_differs
