/* link.police_death: whose death the police registered. The event names its registration; one that does not is led by its number,
   which must be one person's, of that name; a name cut short counts with sex and birth date. A number brings its birth date along,
   so that the two are one witness. Reversed events take no part. */

DELETE FROM link.police_death;

INSERT INTO link.police_death
SELECT
    e.event_id,
    n.person_id
FROM std.police_death AS e
INNER JOIN link.person AS n ON e.registration_id = n.registration_id
WHERE NOT e.reversed;

INSERT INTO link.police_death
SELECT
    e.event_id,
    min(n.person_id) AS person_id
FROM std.police_death AS e
INNER JOIN std.police_resident AS r ON e.citizen_id = r.citizen_id
INNER JOIN link.person AS n ON r.registration_id = n.registration_id
LEFT JOIN link.person AS named ON e.registration_id = named.registration_id
WHERE
    named.person_id IS NULL
    AND NOT e.reversed
    AND (
        e.name_key = r.name_key
        OR instr(concat('|', r.former_names_key, '|'), concat('|', e.name_key, '|')) > 0
        OR (
            e.birth_date = r.birth_date
            AND e.sex = r.sex
            AND length(e.name_key) > 1
            AND length(r.name_key) > 1
            AND (starts_with(e.name_key, r.name_key) OR starts_with(r.name_key, e.name_key))
        )
    )
GROUP BY e.event_id
HAVING min(n.person_id) = max(n.person_id);
