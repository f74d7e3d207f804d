-- Where the questions to each station stand, and how it answered so far; those with the most open ones first.
SELECT
    night.station_code,
    station.station_name,
    night.open,
    night.overdue,
    night.waiting,
    night.closed,
    night.answered,
    night.median_days_to_answer AS median_days,
    night.confirmed_share,
    night.dismissed_share
FROM stats.night_total AS night
LEFT JOIN std.station AS station ON night.station_code = station.station_code
WHERE night.as_of = cast($as_of AS DATE) AND night.finding_type = 'all'
ORDER BY night.open DESC, night.station_code ASC
LIMIT $stations
