/*
what = "应落尽落: how many of the people rehoused by 易地扶贫搬迁 have their registration where they were rehoused, by resettlement area."
unit = "persons"
source = "relocation_roll, link.relocation, link.person, police_resident"
reading = """\
Cumulative until 30 November of each year, the cut-off day of the assessment, or the day of the register. Settled is who then stood in the \
register of the resettlement station, wherever the registration came from; an entry of the roll that was matched with nobody is not \
settled, and counted beside. Entries that one person has twice count once."""
since = "2026-11"
*/
WITH cut_off AS (
    SELECT DISTINCT
        year(period_to) AS year,
        least(CAST(concat(year(period_to), '-11-30') AS DATE), max(period_to) OVER ()) AS counted_on
    FROM stats.period
),

housed AS (
    SELECT
        roll.resettlement_station_code AS station_code,
        coalesce(moved.person_id, roll.roll_no) AS who,
        moved.person_id,
        min(roll.relocated_on) AS relocated_on
    FROM std.relocation_roll AS roll
    LEFT JOIN link.relocation AS moved ON roll.roll_no = moved.roll_no AND moved.tier <> 'D'
    GROUP BY ALL
),

registered AS (
    SELECT
        housed.who,
        housed.station_code,
        stay.entered_on,
        stay.left_on
    FROM housed
    INNER JOIN link.person AS person ON housed.person_id = person.person_id
    INNER JOIN scope.stay AS stay
        ON person.registration_id = stay.registration_id AND housed.station_code = stay.station_code AND stay.is_told
),

counted AS (
    SELECT
        cut_off.year,
        cut_off.counted_on,
        housed.station_code,
        housed.who,
        max(CASE WHEN housed.person_id IS NULL THEN 1 ELSE 0 END) AS is_unmatched,
        max(
            CASE
                WHEN
                    registered.who IS NOT NULL
                    AND (registered.entered_on IS NULL OR registered.entered_on <= cut_off.counted_on)
                    AND (registered.left_on IS NULL OR registered.left_on > cut_off.counted_on)
                    THEN 1
                ELSE 0
            END
        ) AS is_settled
    FROM housed
    INNER JOIN cut_off ON housed.relocated_on <= cut_off.counted_on
    LEFT JOIN registered ON housed.who = registered.who AND housed.station_code = registered.station_code
    GROUP BY ALL
)

SELECT
    counted.year,
    counted.counted_on,
    station.county_code,
    counted.station_code,
    count(*) AS housed,
    sum(counted.is_settled) AS settled,
    sum(counted.is_unmatched) AS unmatched,
    CAST(sum(counted.is_settled) AS DOUBLE) / count(*) AS share
FROM counted
INNER JOIN std.station AS station ON counted.station_code = station.station_code
GROUP BY counted.year, counted.counted_on, station.county_code, counted.station_code
ORDER BY counted.year, counted.station_code
