/*
letter = "R"
chinese = "出生证重复使用"
sentence = "One birth certificate, or one and its replacement, stands on two or more birth events of different persons."
why = "A certificate is issued for one child. A second child on it is a typing error, or a child registered with another one's paper."
law = "母婴保健法 art. 23 (certificates of one official form, issued by institutions); 户口登记条例 art. 7"
agency = ["police"]
priority = 2
suggestion = "请调阅各方出生登记档案，核对出生医学证明原件，确认编号是录入错误还是同一证明被用于不同的孩子。"

[reasons]
number = "{count}条出生登记使用同一出生医学证明编号，但不是同一个孩子（{differing}不一致）。"
replaced = "{count}条出生登记使用同一孩子的原证与补发、换发证明，但不是同一个孩子（{differing}不一致）。"
*/
-- Two events of one person are a duplicate_registration, if anything, and so are two that agree on name and birth date: nobody
-- gives one name to two children of one birth. An adoption quotes the
-- child's own certificate under another name.
WITH event AS (
    SELECT
        birth.event_id,
        birth.birth_cert_no,
        known.in_force_no,
        coalesce(known.in_force_no, birth.birth_cert_no) AS certificate_no,
        max(coalesce('person:' || linked.person_id, concat('event:', birth.name_key, ':', birth.birth_date)))
            OVER (PARTITION BY coalesce(known.in_force_no, birth.birth_cert_no), birth.name_key, birth.birth_date) AS child
    FROM std.police_birth AS birth
    LEFT JOIN link.birth_certificate AS known ON birth.birth_cert_no = known.birth_cert_no
    LEFT JOIN link.event AS linked ON birth.event_id = linked.record_key AND linked.record_type = 'police_birth'
    WHERE birth.birth_cert_no IS NOT NULL AND NOT birth.reversed AND coalesce(birth.registration_kind, 'birth') <> 'adoption'
),

reused AS (
    SELECT
        certificate_no,
        max(in_force_no) AS in_force_no,
        min(birth_cert_no) AS least_no,
        max(birth_cert_no) AS greatest_no
    FROM event
    GROUP BY certificate_no
    HAVING min(child) <> max(child)
),

listed AS (
    SELECT
        reused.certificate_no,
        'event' AS role,
        'police_birth' AS record_type,
        event.event_id AS record_key
    FROM reused
    INNER JOIN event ON reused.certificate_no = event.certificate_no
    UNION ALL
    SELECT
        certificate_no,
        'evidence' AS role,
        'health_birth' AS record_type,
        in_force_no AS record_key
    FROM reused
    WHERE in_force_no IS NOT NULL
)

SELECT
    reused.certificate_no AS problem,
    CASE WHEN reused.least_no = reused.greatest_no THEN 'number' ELSE 'replaced' END AS variant,
    'B' AS tier,
    cast(0.95 AS DOUBLE) AS confidence,
    listed.role,
    listed.record_type,
    listed.record_key
FROM reused
INNER JOIN listed ON reused.certificate_no = listed.certificate_no
