/*
letter = "C"
chinese = "无出生医学证明"
sentence = "A birth event inside the coverage of the certificates quotes no number, an unknown one or a void one."
why = """\
The certificate is what a birth registration rests on. Where none can be found, the number was mistyped, the paper is still to be had, \
or the birth is in doubt. The registration stands meanwhile."""
law = "户口登记条例 art. 7; 国办发〔2015〕96号 (birth certificate, or a proof in its place)"
agency = ["police"]
priority = 4
suggestion = "请查阅出生登记档案，核对所凭材料和证明编号，必要时向签发机构核实；材料不全的引导补办，不影响已登记的户口。"

[reasons]
missing = "该出生登记没有出生医学证明编号，卫健部门也没有与该孩子相符的出生医学证明。"
unknown = "该出生登记所填的出生医学证明编号在卫健部门数据中不存在，也没有与该孩子相符的其他出生医学证明。"
void = "该出生登记所填的出生医学证明已作废，且没有补发、换发或与该孩子相符的其他出生医学证明。"
*/
-- A number that a certificate in force replaces is known. A child whose certificate is matched otherwise has one, whatever the
-- event quotes. Births before the first and after the last one certified cannot be looked up.
WITH event AS (
    SELECT
        birth.event_id,
        birth.birth_cert_no,
        known.birth_cert_no AS known_no
    FROM std.police_birth AS birth
    INNER JOIN scope.coverage AS coverage
        ON coverage.extract = 'health_birth' AND birth.birth_date BETWEEN coverage.first_on AND coverage.last_on
    INNER JOIN scope.event AS event ON event.record_type = 'police_birth' AND birth.event_id = event.record_key
    INNER JOIN scope.county AS county ON event.county_code = county.county_code
    LEFT JOIN link.birth_certificate AS known ON birth.birth_cert_no = known.birth_cert_no
    LEFT JOIN link.birth AS matched ON birth.event_id = matched.event_id
    WHERE
        coalesce(birth.registration_kind, 'birth') IN ('birth', 'late_birth')
        AND known.in_force_no IS NULL
        AND (matched.event_id IS NULL OR matched.tier = 'D')
),

listed AS (
    SELECT
        event_id,
        'event' AS role,
        'police_birth' AS record_type,
        event_id AS record_key
    FROM event
    UNION ALL
    SELECT
        event_id,
        'evidence' AS role,
        'health_birth' AS record_type,
        known_no AS record_key
    FROM event
    WHERE known_no IS NOT NULL
)

SELECT
    event.event_id AS problem,
    CASE WHEN event.birth_cert_no IS NULL THEN 'missing' WHEN event.known_no IS NULL THEN 'unknown' ELSE 'void' END AS variant,
    CASE WHEN event.birth_cert_no IS NULL OR event.known_no IS NOT NULL THEN 'A' ELSE 'B' END AS tier,
    cast(CASE WHEN event.birth_cert_no IS NULL OR event.known_no IS NOT NULL THEN 0.95 ELSE 0.8 END AS DOUBLE) AS confidence,
    listed.role,
    listed.record_type,
    listed.record_key
FROM event
INNER JOIN listed ON event.event_id = listed.event_id
