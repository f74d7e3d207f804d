-- What became of each answer. Where it says 非本所管辖: how many stations its note names, and the name of the one.
SELECT
    judged.line,
    CASE WHEN judged.is_valid THEN judged.finding_id END AS finding_id,
    judged.outcome,
    judged.verified_on,
    judged.rule,
    judged.is_repeated,
    CASE WHEN judged.outcome = 'wrong_station' AND judged.station_code IS NOT NULL THEN coalesce(noted.stations, 0) END AS stations,
    station.station_name AS to_station
FROM judged
LEFT JOIN scope.noted_station AS noted
    ON judged.outcome = 'wrong_station' AND judged.station_code = noted.station_code AND judged.note = noted.note
LEFT JOIN std.station AS station ON noted.to_station = station.station_code
ORDER BY judged.load_id, judged.line
