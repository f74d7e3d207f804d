-- A cancellation is a kind or a date: a date stands for a kind that nobody could read. A kind that nobody could read, without a date,
-- leaves it unknown: such a registration is neither active nor cancelled. Rejects are grouped, so that no row is doubled by them.
CREATE OR REPLACE VIEW scope.registration AS
WITH unread AS (
    SELECT
        load_id,
        line
    FROM ops.reject
    WHERE extract = 'police_resident' AND column_name = 'cancel_kind'
    GROUP BY load_id, line
)

SELECT
    resident.registration_id,
    resident.citizen_id,
    resident.citizen_id_state,
    resident.name_key,
    resident.former_names_key,
    resident.sex,
    resident.birth_date,
    resident.registered_on,
    resident.station_code,
    left(resident.station_code, 6) AS county_code,
    resident.household_no,
    resident.household_kind,
    resident.relation_to_head,
    resident.community_code,
    resident.urban_rural_code,
    resident.registration_kind,
    resident.cancel_kind,
    resident.cancelled_on,
    resident.cancel_kind IS NULL AND resident.cancelled_on IS NULL AND unread.line IS NULL AS is_active,
    resident.cancel_kind IS NOT NULL OR resident.cancelled_on IS NOT NULL AS is_cancelled,
    unread.line IS NOT NULL AS is_kind_unread
FROM std.police_resident AS resident
LEFT JOIN unread ON resident._load_id = unread.load_id AND resident._line = unread.line;
COMMENT ON VIEW scope.registration IS
'Registrations of any status and place, and what is to be known of them before they are compared.';
COMMENT ON COLUMN scope.registration.county_code IS 'County of the station; scope.county says whether it is in scope.';
COMMENT ON COLUMN scope.registration.is_active IS 'Not cancelled; false as well where the kind of cancellation cannot be read.';
COMMENT ON COLUMN scope.registration.is_cancelled IS
'Cancelled; a registration that is neither active nor cancelled has a kind of cancellation that cannot be read.';
COMMENT ON COLUMN scope.registration.is_kind_unread IS 'A kind of cancellation was delivered that nobody can read.';
