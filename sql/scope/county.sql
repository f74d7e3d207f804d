CREATE OR REPLACE VIEW scope.county AS
SELECT
    county_code,
    max(county_name) AS county_name
FROM std.station
GROUP BY county_code;
COMMENT ON VIEW scope.county IS 'Counties in scope: those of the station table.';
COMMENT ON COLUMN scope.county.county_code IS 'County.';
COMMENT ON COLUMN scope.county.county_name IS 'Its name; where stations write it in several ways, the last of them by character.';
