/*
letter = "N"
chinese = "错号"
sentence = "The number of an active registration is malformed, has a wrong check character or 15 digits, or is missing after a year."
why = "Without a sound number a person cannot be found in any other register, and is found by mistake in some."
law = "GB 11643-1999; 居民身份证法 art. 3; GA/T 2000.24 code 12 纠正错号"
agency = ["police"]
priority = 4
parameters = ["unnumbered_grace_days"]
compare = "number"
suggestion = "请对照户口簿、居民身份证或原始档案核对公民身份号码。"

[reasons]
checksum = "登记的公民身份号码校验码不正确，可能有一位或几位录错。"
excel_tail = "登记的公民身份号码末三位为000且校验码不正确，疑为电子表格截断所致。"
float_damage = "登记的公民身份号码尾数异常且校验码不正确，疑为按数值存储时丢失末几位。"
scientific = "登记的公民身份号码为科学计数形式，末尾各位已经丢失。"
malformed = "登记的公民身份号码不符合18位编码规则。"
fifteen_digit = "登记的公民身份号码仍为15位旧号码。"
missing = "该户口登记满一年仍没有公民身份号码。"
unknown_age = "该户口登记没有公民身份号码，登记日期不详。"
*/
-- A placeholder (无, 000…) is a missing number. Without a date of registration nobody can say that the year is over: tier D keeps such
-- rows for analysts. A code that GB/T 2260 does not list plays no part in the states.
WITH state AS (
    SELECT
        registration_id,
        CASE
            WHEN citizen_id_state = 'upgraded' THEN 'fifteen_digit'
            WHEN citizen_id_state = 'other_document' THEN 'malformed'
            WHEN citizen_id_state NOT IN ('missing', 'placeholder') THEN citizen_id_state
            WHEN registered_on IS NULL THEN 'unknown_age'
            WHEN cast($as_of AS DATE) - registered_on > $unnumbered_grace_days THEN 'missing'
        END AS variant
    FROM scope.resident
    WHERE citizen_id_state <> 'valid'
)

SELECT
    registration_id AS problem,
    variant,
    CASE variant WHEN 'unknown_age' THEN 'D' ELSE 'A' END AS tier,
    cast(CASE variant WHEN 'unknown_age' THEN 0.5 ELSE 0.99 END AS DOUBLE) AS confidence,
    'registration' AS role,
    'police_resident' AS record_type,
    registration_id AS record_key
FROM state
WHERE variant IS NOT NULL
