/* Certificates in force and the children they may be of, a row for each pair, best first. A child is a person, or a birth event that
   leads to no registration. Children of one birth who are told apart by nothing else are laid side by side: the order of delivery on
   the certificates, the order of their numbers in the register. */
-- A left join on a constant of the left side would compare every pair with every registration; the keys are split first.
WITH matched AS (
    SELECT
        left_key AS birth_cert_no,
        tier,
        probability,
        match_weight,
        CASE WHEN right_type = 'police_birth' THEN right_key END AS event_id,
        CASE WHEN right_type = 'police_resident' THEN right_key END AS registration_id,
        CASE
            WHEN certificate.meaning = 'agrees' THEN 'certificate'
            WHEN mother.meaning = 'agrees' THEN 'mother'
            ELSE 'parents'
        END AS how
    FROM link.birth_pair
    INNER JOIN link.level AS certificate ON certificate.field = 'certificate' AND birth_pair.certificate_level = certificate.level
    INNER JOIN link.level AS mother ON mother.field = 'mother' AND birth_pair.mother_level = mother.level
    WHERE decision = 'match'
),

birth_event AS (
    SELECT
        record_key AS event_id,
        person_id
    FROM link.event
    WHERE record_type = 'police_birth'
),

pair AS (
    SELECT
        matched.*,
        coalesce(birth_event.person_id, person.person_id) AS person_id,
        coalesce(birth.citizen_id, registration.citizen_id) AS citizen_id
    FROM matched
    LEFT JOIN birth_event ON matched.event_id = birth_event.event_id
    LEFT JOIN link.person AS person ON matched.registration_id = person.registration_id
    LEFT JOIN std.police_birth AS birth ON matched.event_id = birth.event_id
    LEFT JOIN std.police_resident AS registration ON matched.registration_id = registration.registration_id
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
    probability
FROM ordered
ORDER BY CASE tier WHEN 'D' THEN 1 ELSE 0 END ASC, match_weight DESC, out_of_order ASC, birth_cert_no ASC, child_key ASC
