/* link.police_death: whose death the police registered. The event names its registration; one that does not is led by its number,
   which must be one person's, of that name; a name cut short counts with sex and birth date. A number brings its birth date along,
   so that the two are one witness. Reversed events take no part. */

DELETE FROM link.police_death;

INSERT INTO link.police_death
SELECT
    event.event_id,
    person.person_id
FROM std.police_death AS event
INNER JOIN link.person AS person ON event.registration_id = person.registration_id
WHERE NOT event.reversed;

INSERT INTO link.police_death
SELECT
    event.event_id,
    min(person.person_id) AS person_id
FROM std.police_death AS event
INNER JOIN std.police_resident AS registration ON event.citizen_id = registration.citizen_id
INNER JOIN link.person AS person ON registration.registration_id = person.registration_id
LEFT JOIN link.person AS named ON event.registration_id = named.registration_id
WHERE
    named.person_id IS NULL
    AND NOT event.reversed
    AND (
        event.name_key = registration.name_key
        OR instr(concat('|', registration.former_names_key, '|'), concat('|', event.name_key, '|')) > 0
        OR (
            event.birth_date = registration.birth_date
            AND event.sex = registration.sex
            AND length(event.name_key) > 1
            AND length(registration.name_key) > 1
            AND (starts_with(event.name_key, registration.name_key) OR starts_with(registration.name_key, event.name_key))
        )
    )
GROUP BY event.event_id
HAVING min(person.person_id) = max(person.person_id);
