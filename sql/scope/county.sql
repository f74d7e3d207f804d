CREATE OR REPLACE VIEW scope.county AS
SELECT DISTINCT county_code
FROM std.station;
COMMENT ON VIEW scope.county IS 'Counties in scope: those of the station table.';
