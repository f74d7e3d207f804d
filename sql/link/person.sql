-- Every registration has a person; those in no match are their own. person_group: record_no, group.
DELETE FROM link.person;

INSERT INTO link.person
SELECT
    r.record_key AS registration_id,
    coalesce(first_one.record_key, r.record_key) AS person_id
FROM numbered_record AS r
LEFT JOIN person_group AS g ON r.record_no = g.record_no
LEFT JOIN numbered_record AS first_one ON g."group" = first_one.record_no
WHERE r.record_type = 'police_resident';
