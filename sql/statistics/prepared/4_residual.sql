/* open_question: records that an open question of those that bear on the balance is about, and the most urgent one of each.
   residual_item: what makes the change of the register differ from the balance of births, deaths and moves, person by person: +1 where the
   register gains somebody of whom no event tells or loses nobody although one tells, -1 the other way. An entry in the register goes with
   the event of that registration that is nearest in time; the two of a pair that fall into different months cancel each other as soon
   as a period holds both. */
CREATE OR REPLACE TEMP TABLE open_question AS
WITH asked AS (
    SELECT
        subject.record_type,
        subject.record_key,
        finding.finding_type,
        row_number() OVER (
            PARTITION BY subject.record_type, subject.record_key
            ORDER BY finding.priority ASC, finding.finding_type ASC
        ) AS place
    FROM find.finding AS finding
    INNER JOIN find.subject AS subject ON finding.finding_id = subject.finding_id
    WHERE
        finding.status IN ('open', 'reopened')
        AND finding.tier <> 'D'
        AND finding.finding_type IN (
            'activity_after_death', 'birth_certificate_reused', 'birth_without_certificate', 'cancellation_without_evidence',
            'death_date_conflict', 'death_not_cancelled', 'duplicate_registration', 'move_date_conflict', 'move_in_origin_active',
            'move_in_unmatched', 'move_out_not_landed'
        )
)

SELECT
    record_type,
    record_key,
    finding_type
FROM asked
WHERE place = 1;

CREATE OR REPLACE TEMP TABLE residual_item AS
WITH window_start AS (
    SELECT
        min(period_to) AS begins_after,
        max(period_to) AS ends_on
    FROM stats.period
),

told AS (
    SELECT
        record_type,
        record_key,
        happened_on,
        county_code,
        movement,
        registration_id,
        stay_county,
        movement IN ('birth', 'late_birth', 'move_in') AS is_entry,
        movement <> 'late_birth' AND coalesce(place, 'county') <> 'unknown' AS is_official,
        CASE WHEN is_told THEN stay_on END AS stay_on,
        coalesce(is_told, FALSE) AS is_told,
        abs(date_diff('day', happened_on, stay_on)) AS days_apart
    FROM counted_event
),

-- Few registrations have two events of one direction: they alone are put in order. Events of nobody known repeat nothing.
repeated AS (
    SELECT
        registration_id,
        is_entry
    FROM told
    WHERE registration_id IS NOT NULL
    GROUP BY registration_id, is_entry
    HAVING count(*) > 1
),

placed AS (
    SELECT
        told.record_type,
        told.record_key,
        row_number() OVER (PARTITION BY told.registration_id, told.is_entry ORDER BY told.days_apart ASC, told.record_key ASC) AS place
    FROM told
    INNER JOIN repeated ON told.registration_id = repeated.registration_id AND told.is_entry = repeated.is_entry
),

event AS (
    SELECT
        told.*,
        coalesce(placed.place, 1) AS place
    FROM told
    LEFT JOIN placed ON told.record_type = placed.record_type AND told.record_key = placed.record_key
),

paired AS (
    SELECT
        event.*,
        event.county_code <> event.stay_county OR last_day(event.happened_on) <> last_day(event.stay_on) AS is_apart,
        CASE
            WHEN event.movement = 'late_birth' THEN 'late_registration'
            WHEN NOT event.is_official THEN 'place_not_stated'
            WHEN event.county_code <> event.stay_county THEN 'other_county'
            ELSE 'other_period'
        END AS part
    FROM event
    WHERE event.stay_on IS NOT NULL AND event.place = 1
),

-- What the events reach back to: by the day they were registered, and by the day they happened.
begin AS (
    SELECT
        CASE movement WHEN 'move_out' THEN 'moved_out' ELSE movement END AS kind,
        min(happened_on) AS first_on,
        min(CASE WHEN movement = 'birth' THEN fact_on END) AS first_birth
    FROM counted_event
    GROUP BY movement
),

lone AS (
    SELECT
        change.*,
        change.happened_on < begin.first_on OR change.birth_date < begin.first_birth AS is_before_events,
        change.is_entry AND change.kind = 'birth' AND change.happened_on - change.birth_date > 365 AS is_late
    FROM register_change AS change
    LEFT JOIN begin ON change.kind = begin.kind
    LEFT JOIN paired ON change.registration_id = paired.registration_id AND change.is_entry = paired.is_entry
    WHERE paired.registration_id IS NULL
),

item AS (
    SELECT
        'police_resident' AS record_type,
        lone.registration_id AS record_key,
        lone.registration_id,
        lone.happened_on,
        lone.county_code,
        CASE WHEN lone.is_entry THEN 1 ELSE -1 END AS persons,
        CASE
            WHEN lone.kind = 'late_birth' THEN 'late_registration'
            WHEN lone.kind IN ('restored', 'naturalised', 'adoption') THEN lone.kind
            WHEN lone.kind IN ('duplicate', 'military', 'emigrated', 'fictitious') THEN concat('cancelled_', lone.kind)
            WHEN lone.kind = 'other' AND lone.is_entry THEN 'other_registration'
            WHEN lone.kind = 'other' THEN 'cancelled_other'
            WHEN lone.is_late THEN 'late_without_event'
            WHEN lone.is_before_events THEN 'before_first_event'
            WHEN lone.is_entry THEN 'registration_without_event'
            ELSE 'cancellation_without_event'
        END AS part
    FROM lone
    UNION ALL
    SELECT
        'police_resident' AS record_type,
        registration_id AS record_key,
        registration_id,
        stay_on AS happened_on,
        stay_county AS county_code,
        CASE WHEN is_entry THEN 1 ELSE -1 END AS persons,
        part
    FROM paired
    WHERE NOT is_official OR is_apart
    UNION ALL
    SELECT
        record_type,
        record_key,
        registration_id,
        happened_on,
        county_code,
        CASE WHEN is_entry THEN -1 ELSE 1 END AS persons,
        part
    FROM paired
    WHERE is_official AND is_apart
    UNION ALL
    SELECT
        record_type,
        record_key,
        registration_id,
        happened_on,
        county_code,
        CASE WHEN is_entry THEN -1 ELSE 1 END AS persons,
        CASE
            WHEN is_told AND is_entry AND place = 1 THEN 'undated'
            WHEN place > 1 THEN 'event_repeated'
            WHEN movement IN ('move_in', 'move_out') AND window_start.ends_on - happened_on < $move_grace_days THEN 'on_its_way'
            ELSE 'event_without_change'
        END AS part
    FROM event
    CROSS JOIN window_start
    WHERE is_official AND (stay_on IS NULL OR place > 1)
),

-- Where an open question asks about the very record, that is the cause; nobody is asked what the register or the days say for certain.
asked_item AS (
    SELECT
        *,
        part LIKE '%event%' OR part = 'other_registration' AS is_asked
    FROM item
)

SELECT
    item.happened_on,
    item.county_code,
    CASE
        WHEN item.is_asked AND coalesce(own.finding_type, register.finding_type) IS NOT NULL THEN 'open'
        WHEN item.part IN ('registration_without_event', 'cancellation_without_event', 'event_without_change', 'event_repeated')
            THEN 'unexplained'
        ELSE 'known'
    END AS kind,
    CASE WHEN item.is_asked THEN coalesce(own.finding_type, register.finding_type, item.part) ELSE item.part END AS part,
    item.persons
FROM asked_item AS item
CROSS JOIN window_start
LEFT JOIN open_question AS own ON item.record_type = own.record_type AND item.record_key = own.record_key
LEFT JOIN open_question AS register ON register.record_type = 'police_resident' AND item.registration_id = register.record_key
WHERE item.happened_on > window_start.begins_after AND item.happened_on <= window_start.ends_on;
