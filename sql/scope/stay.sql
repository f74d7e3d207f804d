-- The register carries what was cancelled, so that it also says who stood in it on an earlier day. A day that is missing, or later than
-- the register itself, is taken for the register's whole reach. Who was cancelled on no known day, or before being registered, stood in
-- it on no day; nor did a registration of which nobody can read whether it is cancelled.
CREATE OR REPLACE VIEW scope.stay AS
WITH register AS (
    SELECT last_on AS seen_on
    FROM scope.coverage
    WHERE extract = 'police_resident'
),

dated AS (
    SELECT
        registration.*,
        CASE WHEN registration.registered_on <= register.seen_on THEN registration.registered_on END AS entered_on,
        CASE WHEN registration.is_cancelled THEN least(registration.cancelled_on, register.seen_on) END AS left_on
    FROM scope.registration AS registration
    INNER JOIN scope.county AS county ON registration.county_code = county.county_code
    CROSS JOIN register
)

SELECT
    *,
    is_active OR (left_on IS NOT NULL AND left_on >= coalesce(entered_on, left_on)) AS is_told
FROM dated;
COMMENT ON VIEW scope.stay IS
'Registrations in scope, and when they stood in the register: on days not before entered_on, and before left_on, where is_told.';
COMMENT ON COLUMN scope.stay.entered_on IS 'Day of registration; empty: always, as far as the register goes.';
COMMENT ON COLUMN scope.stay.left_on IS 'Day of cancellation, on which it no longer stood in the register; empty: it stands in it.';
COMMENT ON COLUMN scope.stay.is_told IS 'It is known when it stood in the register; else it stood in it on no day.';
