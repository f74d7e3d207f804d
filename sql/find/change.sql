CREATE OR REPLACE VIEW find.change AS
WITH told AS (
    SELECT
        as_of,
        run_id,
        finding_id,
        CASE
            WHEN change IN ('tier', 'station_code') THEN replace(change, '_code', '')
            ELSE 'status'
        END AS what,
        CASE
            WHEN change IN ('tier', 'station_code') THEN nullif(split_part(detail, ' → ', 1), '')
            ELSE detail
        END AS before,
        CASE
            WHEN change IN ('tier', 'station_code') THEN nullif(split_part(detail, ' → ', 2), '')
            ELSE change
        END AS after
    FROM find.history
    WHERE change IN ('open', 'reopened', 'confirmed', 'dismissed', 'undetermined', 'resolved', 'tier', 'station_code')
)

SELECT
    told.as_of,
    told.run_id,
    told.finding_id,
    finding.finding_type,
    CASE
        WHEN told.what <> 'status' THEN told.what
        WHEN told.after = 'resolved' THEN 'lost'
        WHEN told.before IS NULL OR told.before = 'resolved' THEN 'gained'
        ELSE 'status'
    END AS change,
    told.before,
    told.after
FROM told
LEFT JOIN find.finding AS finding ON told.finding_id = finding.finding_id;
COMMENT ON VIEW find.change IS
'What became of findings night by night, in the words of reconcile compare; sql/inspect/two_nights.sql adds up what lies between any two.';
COMMENT ON COLUMN find.change.finding_type IS 'One of the types in docs/findings.md.';
COMMENT ON COLUMN find.change.change IS
'gained: a question again, or for the first time; lost: no longer found; tier; station; status: another answer, or asked again.';
COMMENT ON COLUMN find.change.before IS 'Tier, station or status before; empty where there was none.';
COMMENT ON COLUMN find.change.after IS 'Tier, station or status since.';
