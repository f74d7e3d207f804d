/*
letter = "F"
chinese = "项目差错"
sentence = "The register and a record of another agency are of one person and disagree on name, sex or birth date."
why = """\
One of the two records is wrong, and every later comparison inherits it. Spelling variants of one name are no error: a name follows \
its owner."""
law = "户口登记条例 art. 17 (correction of items); GA/T 2000.24 codes 22, 32, 41"
agency = ["police", "source"]
priority = 5
suggestion = "请对照原始档案和证件核对不一致的项目，确认是户口登记有误还是对方记录有误；姓名以本人意愿和原始材料为准。"

[suggestions]
record = "请对照本部门的原始记录和存根核对不一致的项目，确认是否本部门记录有误；确有误的，请按规定订正后重新报送。"

[reasons]
name = "{sources}中的姓名与户口登记不同，其他项目显示为同一人（{comparison}），其中一方可能有误。"
birth_date = "{sources}中的出生日期与户口登记不同，其他项目显示为同一人（{comparison}），其中一方可能有误。"
sex = "{sources}中的性别与户口登记不同，其他项目显示为同一人（{comparison}），其中一方可能有误。"
several = "{sources}与户口登记显示为同一人，但不止一个项目不同（{comparison}），其中一方可能有误。"
*/
-- Which levels differ is declared with the fields of the linkage: a tolerated variant of a name (reading 9) does not. A date that only
-- stands for unknown is kept for analysts. Death records in conflict are of another person and belong to death_evidence_conflict. Where
-- the certificate's number led to the child's event it is one child, however little the registration alone resembles the certificate.
WITH record AS (
    SELECT
        registration_id,
        record_type,
        record_key,
        tier,
        FALSE AS is_certified
    FROM link.death_evidence
    UNION ALL
    SELECT
        registration_id,
        'health_birth' AS record_type,
        birth_cert_no AS record_key,
        tier,
        how = 'certificate' AS is_certified
    FROM link.birth
    UNION ALL
    SELECT
        subject.registration_id,
        'relocation_roll' AS record_type,
        roll.roll_no AS record_key,
        roll.tier,
        FALSE AS is_certified
    FROM link.relocation AS roll
    INNER JOIN link.subject_registration AS subject ON roll.person_id = subject.person_id
),

pair AS (
    SELECT
        left_type,
        left_key,
        right_key,
        decision,
        name_level,
        birth_date_level,
        sex_level,
        tier,
        probability
    FROM link.death_pair
    WHERE decision = 'match'
    UNION ALL
    SELECT
        left_type,
        left_key,
        right_key,
        decision,
        name_level,
        birth_date_level,
        sex_level,
        tier,
        probability
    FROM link.birth_pair
    WHERE right_type = 'police_resident'
    UNION ALL
    SELECT
        left_type,
        left_key,
        right_key,
        decision,
        name_level,
        birth_date_level,
        sex_level,
        tier,
        probability
    FROM link.relocation_pair
    WHERE decision = 'match'
),

compared AS (
    SELECT
        record.registration_id,
        record.record_type,
        record.record_key,
        CASE WHEN record.is_certified THEN record.tier ELSE greatest(record.tier, pair.tier) END AS tier,
        pair.probability,
        CASE WHEN name.differs THEN 1 ELSE 0 END AS name_differs,
        CASE WHEN birth_date.differs THEN 1 ELSE 0 END AS birth_date_differs,
        CASE WHEN birth_date.is_filler THEN 1 ELSE 0 END AS is_default,
        CASE WHEN sex.differs THEN 1 ELSE 0 END AS sex_differs
    FROM record
    INNER JOIN pair
        ON
            record.record_type = pair.left_type
            AND record.record_key = pair.left_key
            AND record.registration_id = pair.right_key
            AND (pair.decision = 'match' OR record.is_certified)
    INNER JOIN link.level AS name ON name.field = 'name' AND pair.name_level = name.level
    INNER JOIN link.level AS birth_date ON birth_date.field = 'birth_date' AND pair.birth_date_level = birth_date.level
    INNER JOIN link.level AS sex ON sex.field = 'sex' AND pair.sex_level = sex.level
    INNER JOIN scope.registration AS registration ON record.registration_id = registration.registration_id
    INNER JOIN scope.county AS county ON registration.county_code = county.county_code
),

differing AS (
    SELECT
        *,
        name_differs + birth_date_differs + sex_differs AS differences
    FROM compared
    WHERE name_differs + birth_date_differs + sex_differs > 0
)

SELECT
    concat(differing.registration_id, '|', differing.record_type, '|', differing.record_key) AS problem,
    CASE
        WHEN differing.differences > 1 THEN 'several'
        WHEN differing.name_differs = 1 THEN 'name'
        WHEN differing.birth_date_differs = 1 THEN 'birth_date'
        ELSE 'sex'
    END AS variant,
    CASE WHEN differing.differences = differing.is_default THEN 'D' ELSE differing.tier END AS tier,
    cast(differing.probability AS DOUBLE) AS confidence,
    CASE side.side WHEN 'registration' THEN 'registration' ELSE 'record' END AS role,
    CASE side.side WHEN 'registration' THEN 'police_resident' ELSE differing.record_type END AS record_type,
    CASE side.side WHEN 'registration' THEN differing.registration_id ELSE differing.record_key END AS record_key
FROM differing
CROSS JOIN (VALUES ('registration'), ('record')) AS side (side)
