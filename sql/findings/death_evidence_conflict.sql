/*
letter = "E"
chinese = "死亡证据存疑"
sentence = "The number of a death record points at an active registration, but at least two of name, birth date and sex say another person."
law = "国卫规划发〔2026〕5号 (the certificate's number is the deceased's citizen number); CONTRACT §2 readings 3 and 4"
agency = ["police", "source"]
priority = 3
suggestion = "请先核实登记人本人是否健在；再会同数据来源单位核对死亡记录中的证件号码是否误填为申报人的号码。"

[reasons]
conflict = "{sources}中的公民身份号码与该登记相同，但{comparison}，死亡记录可能属于另一人（如误填申报人号码）。"
*/
SELECT
    concat(conflict.registration_id, '|', conflict.record_type, '|', conflict.record_key) AS problem,
    'conflict' AS variant,
    'B' AS tier,
    cast(0.95 AS DOUBLE) AS confidence,
    role.role,
    CASE role.role WHEN 'registration' THEN 'police_resident' ELSE conflict.record_type END AS record_type,
    CASE role.role WHEN 'registration' THEN conflict.registration_id ELSE conflict.record_key END AS record_key
FROM link.death_conflict AS conflict
INNER JOIN find.active_registration AS registration ON conflict.registration_id = registration.registration_id
CROSS JOIN (VALUES ('registration'), ('death_record')) AS role (role)
