CREATE OR REPLACE VIEW find.asked AS
SELECT
    subject.finding_id,
    subject.station_code
FROM find.subject AS subject
UNION
SELECT
    finding.finding_id,
    finding.station_code
FROM find.finding AS finding
UNION
SELECT
    route.finding_id,
    route.to_station AS station_code
FROM find.route AS route
UNION
SELECT
    history.finding_id,
    split_part(history.detail, ' → ', 1) AS station_code
FROM find.history AS history
WHERE history.change = 'station_code'
UNION
SELECT
    history.finding_id,
    split_part(history.detail, ' → ', 2) AS station_code
FROM find.history AS history
WHERE history.change = 'station_code';
COMMENT ON VIEW find.asked IS 'Every station a finding was ever put to: a list may come back after its subject has moved on.';
