-- 云岭县公安局城东派出所 is also 云岭城东派出所 and 城东所. A short name begins where a word can begin: 新城东所 is not 城东所, and one that
-- another county stands before is that county's. What a note says a station is not, as in 不属城东所, names nobody.
CREATE OR REPLACE VIEW scope.name_of_station AS
WITH part AS (
    SELECT
        station_code,
        station_name,
        county_code,
        county_name,
        regexp_replace(county_name, '(.{2,})[县市区旗]$', '\1') AS county,
        regexp_replace(regexp_extract(station_name, '^(?:.*局)?(.+)派出所$', 1), concat('^', regexp_escape(county_name)), '') AS place
    FROM std.station
),

core AS (
    SELECT
        station_code,
        county_code,
        concat_ws('|', regexp_escape(station_code), regexp_escape(station_name)) AS spelling,
        '' AS begin,
        TRUE AS names_county
    FROM part
    UNION ALL
    SELECT
        station_code,
        county_code,
        concat(regexp_escape(county), '[县市区旗]?(?:公安局|公安分局|分局)?', regexp_escape(place), '(?:派出)?所') AS spelling,
        '(?:^|\P{Han}|[转移交属到给往归由为是应请在系至向从于的和与及或市州盟省])' AS begin,
        TRUE AS names_county
    FROM part
    WHERE length(place) > 1 AND length(county) > 1
    UNION ALL
    SELECT
        station_code,
        county_code,
        concat(regexp_escape(place), '(?:派出)?所') AS spelling,
        '(?:^|\P{Han}|[转移交属到给往归由为是应请在系至向从于的和与及或])' AS begin,
        FALSE AS names_county
    FROM part
    WHERE length(place) > 1
)

SELECT
    station_code,
    county_code,
    names_county,
    concat(begin, '(?:', spelling, ')') AS pattern,
    concat('[不非](?:再|应|该|能)?(?:是|属|归|由|在|转|到)?(?:属|于|入|至)?(?:', spelling, ')') AS negated
FROM core;
COMMENT ON VIEW scope.name_of_station IS 'Ways to write the name of a station, as regular expressions: by code, in full, and short.';
COMMENT ON COLUMN scope.name_of_station.names_county IS
'Says which county as well; a short name without one is first of all of the writer''s own county.';
COMMENT ON COLUMN scope.name_of_station.negated IS 'The same name where it says which station it is not.';
COMMENT ON COLUMN scope.name_of_station.pattern IS 'Regular expression that finds the name in a text.';
