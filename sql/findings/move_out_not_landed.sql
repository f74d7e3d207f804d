/*
letter = "M"
chinese = "迁出未迁入"
sentence = "A person left for a place in scope long enough ago and is registered nowhere: no move-in, no active registration, no death."
why = """\
A person who was struck off and never landed has no registration at all: a 口袋户口, often of a student or graduate who does not know it. \
It is a gap in the papers, not an absent person."""
law = "户口登记条例 art. 10 and 13; 国办发〔2015〕96号 (六) (lost or lapsed migration certificates)"
agency = ["police"]
priority = 2
parameters = ["landing_grace_days"]
suggestion = "请联系本人或迁往地派出所，核实是否已落户、迁移证是否遗失或逾期；按规定协助落户、补证或在迁出地恢复户口。"

[reasons]
not_landed = "该人于{moved_out_on}迁往本市（州）范围内（{destination}），至今没有迁入登记，也没有任何有效户口。"
unlinked = "该人于{moved_out_on}迁往本市（州）范围内（{destination}），至今没有迁入登记；该迁出登记未能对应到户口登记。"
text_only = "该人于{moved_out_on}迁出，迁往地只有文字（{destination}）、没有区划代码，至今没有迁入登记，也没有任何有效户口。"
*/
-- The register shows every landing up to its delivery, so the days count to then. One person who left twice is one problem: the last
-- time. A destination given only as text is kept for analysts (tier D), as is an event that nobody can be found for.
WITH register AS (
    SELECT least(cast($as_of AS DATE), coalesce(max(last_on), cast($as_of AS DATE))) AS seen_on
    FROM scope.coverage
    WHERE extract = 'police_resident'
),

departure AS (
    SELECT
        leaving.event_id,
        leaving.moved_out_on,
        leaving.destination_code,
        coalesce(leaving.destination_text, concat('区划代码', leaving.destination_code)) AS destination,
        leaving.citizen_id,
        leaving.citizen_id_state,
        leaving.name_key,
        coalesce(leaving.birth_date, resident.birth_date) AS birth_date,
        linked.registration_id,
        linked.person_id,
        coalesce(linked.person_id, leaving.citizen_id, leaving.event_id) AS who,
        coalesce(resident.cancel_kind, 'moved_out') AS cancel_kind
    FROM std.police_move_out AS leaving
    LEFT JOIN link.event AS linked ON leaving.event_id = linked.record_key AND linked.record_type = 'police_move_out'
    LEFT JOIN std.police_resident AS resident ON linked.registration_id = resident.registration_id
    INNER JOIN scope.event AS event ON event.record_type = 'police_move_out' AND leaving.event_id = event.record_key
    INNER JOIN scope.county AS origin ON event.county_code = origin.county_code
    LEFT JOIN scope.county AS county ON leaving.destination_code = county.county_code
    WHERE
        county.county_code IS NOT NULL
        OR (leaving.destination_code IS NULL AND leaving.destination_text IS NOT NULL)
),

last_departure AS (
    SELECT
        departure.*,
        row_number() OVER (PARTITION BY departure.who ORDER BY departure.moved_out_on DESC, departure.event_id DESC) AS newest
    FROM departure
),

-- Registrations of a person, and those that carry the number of an event that led to none. Where a number is missing or wrong on
-- either side, those of that name and birth date: rather a namesake too many than somebody sought who landed.
registered AS (
    SELECT
        last_departure.event_id,
        registration.registration_id,
        registration.is_cancelled,
        registration.cancel_kind,
        registration.registered_on
    FROM last_departure
    INNER JOIN link.person AS person ON last_departure.person_id = person.person_id
    INNER JOIN scope.registration AS registration ON person.registration_id = registration.registration_id
    WHERE last_departure.newest = 1
    UNION ALL
    SELECT
        last_departure.event_id,
        registration.registration_id,
        registration.is_cancelled,
        registration.cancel_kind,
        registration.registered_on
    FROM last_departure
    INNER JOIN scope.registration AS registration ON last_departure.citizen_id = registration.citizen_id
    WHERE last_departure.newest = 1 AND last_departure.person_id IS NULL
    UNION ALL
    SELECT
        last_departure.event_id,
        registration.registration_id,
        registration.is_cancelled,
        registration.cancel_kind,
        registration.registered_on
    FROM last_departure
    INNER JOIN scope.registration AS registration
        ON last_departure.name_key = registration.name_key AND last_departure.birth_date = registration.birth_date
    WHERE
        last_departure.newest = 1
        AND (
            NOT list_contains($proven_states, coalesce(last_departure.citizen_id_state, 'missing'))
            OR NOT list_contains($proven_states, coalesce(registration.citizen_id_state, 'missing'))
        )
),

-- Not struck off anywhere, the origin included: landed, restored, or nobody can read what became of it. Registered since: landed and left
-- again. Or dead.
accounted AS (
    SELECT last_departure.event_id
    FROM last_departure
    INNER JOIN registered ON last_departure.event_id = registered.event_id
    LEFT JOIN link.death AS death ON registered.registration_id = death.registration_id AND death.tier <> 'D'
    WHERE
        NOT registered.is_cancelled
        OR registered.cancel_kind IN ('death', 'declared_dead')
        OR (last_departure.person_id IS NULL AND registered.cancel_kind IN ('military', 'emigrated'))
        OR registered.registered_on >= last_departure.moved_out_on
        OR death.death_id IS NOT NULL
    UNION
    SELECT move_out_id AS event_id
    FROM link.move
    UNION
    SELECT last_departure.event_id
    FROM last_departure
    INNER JOIN link.event AS landed ON last_departure.person_id = landed.person_id AND landed.record_type = 'police_move_in'
    INNER JOIN std.police_move_in AS entry ON landed.record_key = entry.event_id AND last_departure.moved_out_on <= entry.moved_in_on
    UNION
    SELECT last_departure.event_id
    FROM last_departure
    INNER JOIN link.police_death AS death ON last_departure.person_id = death.person_id
    UNION
    SELECT last_departure.event_id
    FROM last_departure
    INNER JOIN std.police_death AS death
        ON last_departure.citizen_id = death.citizen_id AND last_departure.name_key = death.name_key
    WHERE NOT death.reversed
)

SELECT
    last_departure.event_id AS problem,
    CASE
        WHEN last_departure.destination_code IS NULL THEN 'text_only'
        WHEN last_departure.registration_id IS NULL THEN 'unlinked'
        ELSE 'not_landed'
    END AS variant,
    CASE
        WHEN last_departure.destination_code IS NULL THEN 'D'
        WHEN last_departure.registration_id IS NULL THEN CASE WHEN last_departure.citizen_id IS NULL THEN 'D' ELSE 'B' END
        WHEN list_contains($proven_states, last_departure.citizen_id_state) THEN 'A'
        ELSE 'B'
    END AS tier,
    cast(CASE WHEN last_departure.registration_id IS NULL THEN 0.7 ELSE 0.9 END AS DOUBLE) AS confidence,
    'event' AS role,
    'police_move_out' AS record_type,
    last_departure.event_id AS record_key,
    last_departure.moved_out_on,
    last_departure.destination
FROM last_departure
CROSS JOIN register
LEFT JOIN accounted ON last_departure.event_id = accounted.event_id
WHERE
    last_departure.newest = 1
    AND accounted.event_id IS NULL
    AND last_departure.cancel_kind NOT IN ('military', 'emigrated')
    AND register.seen_on - last_departure.moved_out_on >= $landing_grace_days
