-- One row per finding, record and list, in the order of the lists.
SELECT
    listed.recipient,
    listed.station_name,
    listed.stated_code,
    place.rows_on_list,
    place.standing,
    place.due_on,
    finding.finding_id,
    finding.finding_type,
    finding.priority,
    finding.reason,
    finding.suggestion,
    listed.record_type,
    listed.record_key,
    record.name,
    record.number,
    record.household_no,
    record.sex,
    record.birth_date,
    record.address_text,
    record.registered_on,
    record.registration_kind,
    registration.is_active,
    registration.is_cancelled,
    registration.cancel_kind,
    registration.cancelled_on,
    record.mother_name,
    record.death_date,
    record.event_field,
    record.event_on
FROM worklist_row AS listed
INNER JOIN worklist_place AS place ON listed.recipient = place.recipient AND listed.finding_id = place.finding_id
INNER JOIN find.finding AS finding ON listed.finding_id = finding.finding_id
LEFT JOIN worklist_record AS record ON listed.record_type = record.record_type AND listed.record_key = record.record_key
LEFT JOIN scope.registration AS registration
    ON listed.record_type = 'police_resident' AND listed.record_key = registration.registration_id
WHERE place.is_listed
ORDER BY listed.recipient, place.place, listed.record_type, listed.record_key
