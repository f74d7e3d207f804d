/*
letter = "Z"
chinese = "搬迁应落未落"
sentence = "Somebody on the relocation roll moved in at least 60 days ago and has no active registration at the resettlement station."
why = """\
People were rehoused, their registration stayed behind: schooling and services follow the registration. Whether to move it is theirs \
to decide."""
law = "户口登记条例 art. 6 and 13; settlement of those rehoused by 易地扶贫搬迁"
agency = ["police"]
priority = 5
parameters = ["relocation_grace_days"]
suggestion = "请联系该搬迁人员核实居住情况，告知可办理的落户手续；是否迁移户口由本人决定。"

[reasons]
elsewhere = "该人已于{relocated_on}搬迁入住，户口仍在{station_name}，尚未迁至安置地派出所。"
*/
-- Of several entries of one person the newest counts, of those that are surely the person's; the days count to the
-- register's delivery. A move-in at the station is settled, even where the register does not show it yet.
-- The station must be in scope: a registration elsewhere could not be seen.
-- A death record of a tier that goes on lists, or of the police, comes first: whether the person lives is another question.
WITH register AS (
    SELECT least(cast($as_of AS DATE), coalesce(max(last_on), cast($as_of AS DATE))) AS seen_on
    FROM scope.coverage
    WHERE extract = 'police_resident'
),

entry AS (
    SELECT
        roll.roll_no,
        roll.relocated_on,
        roll.resettlement_station_code,
        moved.person_id,
        moved.tier,
        moved.probability,
        row_number() OVER (
            PARTITION BY moved.person_id
            ORDER BY CASE moved.tier WHEN 'D' THEN 1 ELSE 0 END ASC, roll.relocated_on DESC, roll.roll_no ASC
        ) AS place
    FROM link.relocation AS moved
    INNER JOIN std.relocation_roll AS roll ON moved.roll_no = roll.roll_no
),

due AS (
    SELECT
        entry.*,
        subject.registration_id,
        home.station_name
    FROM entry
    CROSS JOIN register
    INNER JOIN link.subject_registration AS subject ON entry.person_id = subject.person_id
    INNER JOIN scope.resident AS active ON subject.registration_id = active.registration_id
    INNER JOIN scope.event AS place ON place.record_type = 'relocation_roll' AND entry.roll_no = place.record_key
    INNER JOIN scope.county AS county ON place.county_code = county.county_code
    LEFT JOIN std.station AS home ON active.station_code = home.station_code
    WHERE
        entry.place = 1
        AND register.seen_on - entry.relocated_on >= $relocation_grace_days
),

settled AS (
    SELECT DISTINCT due.person_id
    FROM due
    INNER JOIN link.person AS person ON due.person_id = person.person_id
    INNER JOIN scope.registration AS registration ON person.registration_id = registration.registration_id
    WHERE registration.station_code = due.resettlement_station_code AND NOT registration.is_cancelled
    UNION
    SELECT due.person_id
    FROM due
    INNER JOIN link.event AS landed ON due.person_id = landed.person_id AND landed.record_type = 'police_move_in'
    INNER JOIN std.police_move_in AS entry
        ON landed.record_key = entry.event_id AND due.resettlement_station_code = entry.station_code
),

dead AS (
    SELECT subject.person_id
    FROM link.death_evidence AS evidence
    INNER JOIN link.subject_registration AS subject ON evidence.registration_id = subject.registration_id
    WHERE evidence.tier <> 'D'
    UNION
    SELECT person_id
    FROM link.police_death
),

raised AS (
    SELECT due.*
    FROM due
    LEFT JOIN settled ON due.person_id = settled.person_id
    LEFT JOIN dead ON due.person_id = dead.person_id
    WHERE settled.person_id IS NULL AND dead.person_id IS NULL
)

SELECT
    raised.person_id AS problem,
    'elsewhere' AS variant,
    raised.tier,
    raised.probability AS confidence,
    side.role,
    CASE side.role WHEN 'entry' THEN 'relocation_roll' ELSE 'police_resident' END AS record_type,
    CASE side.role WHEN 'entry' THEN raised.roll_no ELSE raised.registration_id END AS record_key,
    raised.relocated_on,
    coalesce(raised.station_name, '原户籍地') AS station_name
FROM raised
CROSS JOIN (VALUES ('entry'), ('evidence')) AS side (role)
