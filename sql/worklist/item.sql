-- One row per finding and subject, with the list it goes to. Where registrations are subjects, only they get rows:
-- the death record of a death_evidence_conflict stands beside the registration it speaks about.
WITH subject AS (
    SELECT DISTINCT
        s.finding_id,
        s.record_type,
        s.record_key,
        coalesce(s.station_code, f.station_code) AS stated_code,
        max(CASE WHEN s.record_type = 'police_resident' THEN 1 ELSE 0 END) OVER (PARTITION BY s.finding_id) AS names_registration
    FROM find.subject AS s
    INNER JOIN worklist_listed AS listed ON s.finding_id = listed.finding_id
    INNER JOIN find.finding AS f ON s.finding_id = f.finding_id
),

routed AS (
    SELECT
        subject.*,
        station.station_name,
        CASE
            WHEN f.agency IN ('health', 'civil_affairs') THEN f.agency
            WHEN station.station_code IS NULL THEN 'unrouted'
            ELSE station.station_code
        END AS recipient
    FROM subject
    INNER JOIN find.finding AS f ON subject.finding_id = f.finding_id
    LEFT JOIN std.station AS station ON subject.stated_code = station.station_code
    WHERE subject.names_registration = 0 OR subject.record_type = 'police_resident'
)

SELECT
    routed.recipient,
    routed.station_name,
    routed.stated_code,
    count(*) OVER (PARTITION BY routed.recipient, routed.finding_id) AS rows_on_list,
    f.finding_id,
    f.finding_type,
    f.priority,
    f.due_on,
    f.reason,
    f.suggestion,
    routed.record_type,
    routed.record_key,
    record.name,
    record.number,
    record.household_no,
    record.sex,
    record.birth_date,
    record.address_text,
    record.registered_on,
    record.registration_kind,
    record.cancel_kind,
    record.cancelled_on,
    record.death_date,
    record.event_field,
    record.event_on
FROM routed
INNER JOIN find.finding AS f ON routed.finding_id = f.finding_id
LEFT JOIN worklist_record AS record ON routed.record_type = record.record_type AND routed.record_key = record.record_key
ORDER BY routed.recipient, f.priority, f.due_on, f.finding_id, routed.record_type, routed.record_key
