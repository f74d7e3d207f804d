CREATE OR REPLACE VIEW scope.coverage AS
SELECT
    'police_resident' AS extract,
    CAST(NULL AS DATE) AS first_on,
    max(delivered_on) AS last_on
FROM ops.load
WHERE extract = 'police_resident' AND NOT coalesce(superseded, FALSE)
UNION ALL
SELECT
    'health_birth' AS extract,
    min(birth_date) AS first_on,
    max(birth_date) AS last_on
FROM std.health_birth
UNION ALL
SELECT
    'police_move_out' AS extract,
    min(moved_out_on) AS first_on,
    max(moved_out_on) AS last_on
FROM std.police_move_out
UNION ALL
SELECT
    'health_death' AS extract,
    min(death_date) AS first_on,
    max(death_date) AS last_on
FROM std.health_death
UNION ALL
SELECT
    'civil_cremation' AS extract,
    min(death_date) AS first_on,
    max(death_date) AS last_on
FROM std.civil_cremation;
COMMENT ON VIEW scope.coverage IS
'What a source can have seen: day of the register, births, moves out, deaths. Outside it, absence says nothing.';
COMMENT ON COLUMN scope.coverage.first_on IS 'First day the source can have seen.';
COMMENT ON COLUMN scope.coverage.last_on IS 'Last day the source can have seen.';
