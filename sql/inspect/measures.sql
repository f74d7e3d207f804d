-- How many questions does each station have, how fast does it answer, and how often were we right? Totals are in stats.night_total.
-- Columns: as_of, station_name, station_code, finding_type, found, open, overdue, waiting, new, closed, answered,
-- median_days_to_answer, confirmed_share, dismissed_share
WITH newest AS (SELECT max(as_of) AS as_of FROM stats.night)

SELECT
    night.as_of,
    coalesce(station.station_name, night.station_code) AS station_name,
    night.station_code,
    night.finding_type,
    night.found,
    night.open,
    night.overdue,
    night.waiting,
    night.new,
    night.closed,
    night.answered,
    night.median_days_to_answer,
    round(night.confirmed_share, 3) AS confirmed_share,
    round(night.dismissed_share, 3) AS dismissed_share
FROM stats.night AS night
INNER JOIN newest ON night.as_of = newest.as_of
LEFT JOIN std.station AS station ON night.station_code = station.station_code
ORDER BY night.station_code, night.finding_type;
