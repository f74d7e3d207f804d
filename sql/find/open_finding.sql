CREATE OR REPLACE VIEW find.open_finding AS
WITH record AS (
    SELECT
        finding_id,
        count(*) AS records
    FROM find.subject
    GROUP BY finding_id
)

SELECT
    finding.finding_id,
    finding.finding_type,
    finding.variant,
    finding.tier,
    finding.priority,
    finding.status,
    finding.agency,
    finding.station_code,
    station.station_name,
    station.county_name,
    finding.first_seen_on,
    finding.due_on,
    record.records,
    finding.reason,
    finding.suggestion
FROM find.finding AS finding
LEFT JOIN std.station AS station ON finding.station_code = station.station_code
LEFT JOIN record ON finding.finding_id = record.finding_id
WHERE finding.status IN ('open', 'reopened') AND finding.tier <> 'D';
COMMENT ON VIEW find.open_finding IS
'The questions that stations are asked, each once: the table to start from. find.trace leads on to the records.';
COMMENT ON COLUMN find.open_finding.records IS 'Records the question is about.';
COMMENT ON COLUMN find.open_finding.finding_type IS 'One of the types in docs/findings.md.';
COMMENT ON COLUMN find.open_finding.variant IS 'Kind within the type.';
COMMENT ON COLUMN find.open_finding.priority IS '1 is read first.';
COMMENT ON COLUMN find.open_finding.status IS 'open, or reopened: asked again.';
COMMENT ON COLUMN find.open_finding.agency IS 'Who corrects it.';
COMMENT ON COLUMN find.open_finding.first_seen_on IS 'First night that saw it.';
COMMENT ON COLUMN find.open_finding.reason IS 'What was found, as the station reads it.';
COMMENT ON COLUMN find.open_finding.suggestion IS 'What to check, as the station reads it.';
