/* birth_candidate: certificates in force and the children they may be of, with a place for each pair, best first. A child is a
   person, or a birth event that leads to no registration. Children of one birth who are told apart by nothing else are laid side
   by side: the order of delivery on the certificates, the order of their numbers in the register. */
CREATE OR REPLACE TEMP TABLE birth_candidate AS
WITH pair AS (
    SELECT
        p.left_key AS birth_cert_no,
        p.right_key,
        p.tier,
        p.probability,
        p.match_weight,
        coalesce(e.person_id, n.person_id) AS person_id,
        CASE WHEN p.right_type = 'police_birth' THEN p.right_key END AS event_id,
        CASE
            WHEN p.certificate_level = 'equal' THEN 'certificate'
            WHEN p.mother_level = 'number' THEN 'mother'
            ELSE 'parents'
        END AS how,
        coalesce(b.citizen_id, r.citizen_id) AS citizen_id
    FROM link.birth_pair AS p
    LEFT JOIN link.event AS e ON p.right_type = e.record_type AND p.right_key = e.record_key
    LEFT JOIN link.person AS n ON p.right_type = 'police_resident' AND p.right_key = n.registration_id
    LEFT JOIN std.police_birth AS b ON p.right_type = 'police_birth' AND p.right_key = b.event_id
    LEFT JOIN std.police_resident AS r ON p.right_type = 'police_resident' AND p.right_key = r.registration_id
    WHERE p.decision = 'match'
),

child AS (
    SELECT
        birth_cert_no,
        coalesce('person:' || person_id, 'event:' || event_id) AS child_key,
        min(person_id) AS person_id,
        min(event_id) AS event_id,
        min(how) AS how,
        min(tier) AS tier,
        max(probability) AS probability,
        max(match_weight) AS match_weight,
        min(citizen_id) AS citizen_id
    FROM pair
    GROUP BY birth_cert_no, coalesce('person:' || person_id, 'event:' || event_id)
),

ordered AS (
    SELECT
        child.*,
        abs(
            coalesce(certificate.birth_order, 1)
            - row_number() OVER (
                PARTITION BY child.birth_cert_no, child.tier, child.match_weight ORDER BY child.citizen_id ASC, child.child_key ASC
            )
        ) AS out_of_order
    FROM child
    INNER JOIN std.health_birth AS certificate ON child.birth_cert_no = certificate.birth_cert_no
)

SELECT
    birth_cert_no,
    child_key,
    person_id,
    event_id,
    how,
    tier,
    probability,
    row_number() OVER (
        ORDER BY CASE tier WHEN 'D' THEN 1 ELSE 0 END ASC, match_weight DESC, out_of_order ASC, birth_cert_no ASC, child_key ASC
    ) AS place
FROM ordered;
