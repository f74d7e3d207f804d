-- A name without its county is first of all a station of the writer's own county; only where that has none may it be one of another.
-- Two stations, or a short name that several counties have, are nobody's: nothing is guessed.
CREATE OR REPLACE VIEW scope.noted_station AS
WITH written AS (
    SELECT DISTINCT
        judgement.station_code,
        judgement.note
    FROM ops.judgement AS judgement
    WHERE judgement.outcome = 'wrong_station' AND judgement.note IS NOT NULL AND judgement.station_code IS NOT NULL
),

named AS (
    SELECT
        written.station_code,
        written.note,
        spelling.station_code AS to_station,
        max(CASE WHEN spelling.names_county OR spelling.county_code = left(written.station_code, 6) THEN 1 ELSE 0 END) AS is_near
    FROM written
    INNER JOIN scope.name_of_station AS spelling
        ON
            written.station_code <> spelling.station_code
            AND regexp_matches(written.note, spelling.pattern)
            AND NOT regexp_matches(written.note, spelling.negated)
    GROUP BY written.station_code, written.note, spelling.station_code
),

nearest AS (
    SELECT
        named.*,
        max(named.is_near) OVER (PARTITION BY named.station_code, named.note) AS nearest
    FROM named
)

SELECT
    station_code,
    note,
    CASE WHEN count(*) = 1 THEN min(to_station) END AS to_station,
    count(*) AS stations
FROM nearest
WHERE is_near = nearest
GROUP BY station_code, note;
COMMENT ON VIEW scope.noted_station IS 'Stations that notes beside 非本所管辖 name; a note that names none has no row.';
COMMENT ON COLUMN scope.noted_station.station_code IS 'Station that wrote the note.';
COMMENT ON COLUMN scope.noted_station.to_station IS 'The one it names; empty where several are meant.';
COMMENT ON COLUMN scope.noted_station.stations IS 'How many stations it can mean.';
