-- Findings that a station says are not its own go to the station its note names; where it names none, or several, or one that has
-- refused as well, nobody is guessed and they are unrouted.
DELETE FROM find.route;

INSERT INTO find.route
WITH refusal AS (
    SELECT
        finding_id,
        station_code,
        note,
        row_number() OVER (PARTITION BY finding_id ORDER BY counts_from DESC, load_id DESC, station_code ASC) AS newest
    FROM ops.station_answer
    WHERE station_code IS NOT NULL AND outcome = 'wrong_station'
),

named AS (
    SELECT
        refusal.finding_id,
        noted.to_station
    FROM refusal
    INNER JOIN scope.noted_station AS noted ON refusal.station_code = noted.station_code AND refusal.note = noted.note
    WHERE refusal.newest = 1 AND noted.to_station IS NOT NULL
),

target AS (
    SELECT
        named.finding_id,
        named.to_station
    FROM named
    LEFT JOIN refusal ON named.finding_id = refusal.finding_id AND named.to_station = refusal.station_code
    WHERE refusal.finding_id IS NULL
)

SELECT
    refusal.finding_id,
    refusal.station_code AS from_station,
    target.to_station
FROM refusal
LEFT JOIN target ON refusal.finding_id = target.finding_id
ORDER BY refusal.finding_id, refusal.station_code;
