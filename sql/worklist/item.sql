-- One row per finding, record and list, in the order a station walks: by type, the most urgent type first, then by village or street and
-- household; the rows of one finding stand together, where its first one belongs. An event is found where its registration lives, if that
-- is the list's own.
WITH item AS (
    SELECT
        listed.recipient,
        listed.station_name,
        listed.stated_code,
        listed.finding_id,
        listed.record_type,
        listed.record_key,
        listed.role,
        record.name,
        record.number,
        record.registration_id,
        record.household_no,
        coalesce(record.household_no, home.household_no) AS walked_household_no,
        record.sex,
        record.birth_date,
        record.address_text,
        record.registered_on,
        record.registration_kind,
        record.mother_name,
        record.death_date,
        record.event_field,
        record.event_on,
        coalesce(own.address_village, own.address_street, lived.address_village, lived.address_street, home.community_code) AS community
    FROM worklist_row AS listed
    LEFT JOIN worklist_record AS record ON listed.record_type = record.record_type AND listed.record_key = record.record_key
    LEFT JOIN link.address AS own ON record.address_text_key = own.address_key
    LEFT JOIN std.police_resident AS home
        ON record.registration_id = home.registration_id AND listed.recipient = home.station_code
    LEFT JOIN link.address AS lived ON home.address_text_key = lived.address_key
),

placed AS (
    SELECT
        item.*,
        first_value(item.community) OVER finding_rows AS walked_community,
        first_value(item.walked_household_no) OVER finding_rows AS walked_household
    FROM item
    WINDOW finding_rows AS (PARTITION BY item.recipient, item.finding_id ORDER BY item.record_type ASC, item.record_key ASC)
)

SELECT
    item.recipient,
    item.station_name,
    item.stated_code,
    place.rows_on_list,
    place.standing,
    place.due_on,
    finding.finding_id,
    finding.finding_type,
    finding.priority,
    finding.reason,
    finding.about,
    finding.suggestion,
    item.record_type,
    item.record_key,
    item.role,
    item.name,
    item.number,
    item.registration_id,
    item.household_no,
    item.community,
    item.sex,
    item.birth_date,
    item.address_text,
    item.registered_on,
    item.registration_kind,
    registration.is_active,
    registration.is_cancelled,
    registration.cancel_kind,
    registration.cancelled_on,
    item.mother_name,
    item.death_date,
    item.event_field,
    item.event_on
FROM placed AS item
INNER JOIN worklist_place AS place ON item.recipient = place.recipient AND item.finding_id = place.finding_id
INNER JOIN find.finding AS finding ON item.finding_id = finding.finding_id
INNER JOIN worklist_rule AS rule ON finding.finding_type = rule.finding_type
LEFT JOIN scope.registration AS registration
    -- One equality: with a second condition that only the left side knows, DuckDB compares every row with every registration.
    ON CASE WHEN item.record_type = 'police_resident' THEN item.record_key END = registration.registration_id
WHERE place.is_listed
ORDER BY
    item.recipient ASC,
    rule.priority ASC,
    finding.finding_type ASC,
    item.walked_community ASC NULLS LAST,
    item.walked_household ASC NULLS LAST,
    place.place ASC,
    item.record_type ASC,
    item.record_key ASC
