/*
letter = "E"
chinese = "死亡证据存疑"
sentence = "The number of a death record points at an active registration, but at least two of name, birth date and sex say another person."
why = """\
The informant's number on a death certificate would make a living person dead. Such a record is taken out of all evidence of death \
until somebody has cleared it up."""
law = "国卫规划发〔2026〕5号 (the certificate's number is the citizen number of the deceased)"
agency = ["police", "source"]
priority = 3
suggestion = "请先核实登记人本人是否健在；再会同数据来源单位核对死亡记录中的证件号码是否误填为申报人的号码。"

[suggestions]
death_record = "请核对死亡证明（火化登记）存根和申报材料，核实所填号码是否误填为申报人的号码；确系误填的，请按规定订正后重新报送。"

[reasons]
conflict = "{sources}中的公民身份号码与该登记相同，但{differing}不一致，死亡记录可能属于另一人（如误填申报人号码）。"
*/
-- Two records of one death that point at the same registration are one finding: about the health record, the cremation is evidence.
WITH record AS (
    SELECT
        conflict.registration_id,
        conflict.record_type,
        conflict.record_key,
        health.record_key AS health_key
    FROM link.death_conflict AS conflict
    INNER JOIN scope.resident AS registration ON conflict.registration_id = registration.registration_id
    LEFT JOIN link.death AS death ON CASE conflict.record_type WHEN 'civil_cremation' THEN conflict.record_key END = death.cremation_key
    LEFT JOIN link.death_conflict AS health
        ON
            death.health_key = health.record_key
            AND conflict.registration_id = health.registration_id
            AND health.record_type = 'health_death'
)

SELECT
    concat(record.registration_id, '|', coalesce(record.health_key, record.record_key)) AS problem,
    'conflict' AS variant,
    'B' AS tier,
    cast(0.95 AS DOUBLE) AS confidence,
    CASE
        WHEN side.side = 'registration' THEN 'registration'
        WHEN record.health_key IS NULL THEN 'death_record'
        ELSE 'evidence'
    END AS role,
    CASE side.side WHEN 'registration' THEN 'police_resident' ELSE record.record_type END AS record_type,
    CASE side.side WHEN 'registration' THEN record.registration_id ELSE record.record_key END AS record_key
FROM record
CROSS JOIN (VALUES ('registration'), ('record')) AS side (side)
