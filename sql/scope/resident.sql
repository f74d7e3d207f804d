CREATE OR REPLACE VIEW scope.resident AS
SELECT registration.*
FROM scope.registration AS registration
INNER JOIN scope.county AS county ON registration.county_code = county.county_code
WHERE registration.is_active;
COMMENT ON VIEW scope.resident IS 'Registrations that findings may be about: active, in a county of the station table.';
