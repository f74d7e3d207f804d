-- Tables that do not derive from the extracts: what runs leave for operators (ops), what was found (find), figures (stats).
-- Every column is described: here, or, where its name means the same in every table, in contract/words.py.

CREATE TABLE IF NOT EXISTS ops.schema_version (version INTEGER, digest VARCHAR);
COMMENT ON TABLE ops.schema_version IS 'One row: the version of this schema and a digest of the declarations that made it.';

CREATE TABLE IF NOT EXISTS ops.run (
    run_id VARCHAR PRIMARY KEY,
    as_of DATE,
    status VARCHAR,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    program VARCHAR,
    message VARCHAR
);
COMMENT ON TABLE ops.run IS 'One row per run; status is running, done, failed or braked.';

CREATE TABLE IF NOT EXISTS ops.stage (
    run_id VARCHAR,
    stage VARCHAR,
    seconds DOUBLE,
    peak_mb DOUBLE,
    finished_at TIMESTAMP
);
COMMENT ON TABLE ops.stage IS 'Stages a run has finished; a repeated run starts after the last of them.';

CREATE TABLE IF NOT EXISTS ops.load (
    load_id BIGINT PRIMARY KEY,
    run_id VARCHAR,
    extract VARCHAR,
    file VARCHAR,
    delivered_on DATE,
    part VARCHAR,
    sha256 VARCHAR,
    bytes BIGINT,
    encoding VARCHAR,
    delimiter VARCHAR,
    rows BIGINT,
    refused_columns VARCHAR,
    ignored_columns VARCHAR,
    superseded BOOLEAN
);
COMMENT ON COLUMN ops.load.rows IS 'Data rows of the file, rejected ones included, as a manifest counts them.';
COMMENT ON TABLE ops.load IS 'One row per file loaded; refused_columns were dropped at the door; superseded loads are no longer in raw.';

CREATE TABLE IF NOT EXISTS ops.reject (
    load_id BIGINT,
    extract VARCHAR,
    file VARCHAR,
    line BIGINT,
    column_name VARCHAR,
    rule VARCHAR,
    severity VARCHAR,
    raw_row VARCHAR,
    stage VARCHAR DEFAULT 'ingest'
);
COMMENT ON TABLE ops.reject IS 'Rows and values (severity row, value) that break the contract, as delivered; stage is who refused them.';

CREATE TABLE IF NOT EXISTS ref.profile_code (
    load_id BIGINT,
    column_name VARCHAR,
    local VARCHAR,
    canonical VARCHAR
);
COMMENT ON TABLE ref.profile_code IS 'Local codes that the profile of a load declares, and the canonical code each means.';

CREATE TABLE IF NOT EXISTS ops.standardised (
    extract VARCHAR PRIMARY KEY,
    fingerprint VARCHAR
);
COMMENT ON TABLE ops.standardised IS 'Which program and which loads std.<extract> was made from; it is rebuilt when they change.';

CREATE TABLE IF NOT EXISTS ops.metric (
    run_id VARCHAR,
    stage VARCHAR,
    name VARCHAR,
    value DOUBLE
);
COMMENT ON TABLE ops.metric IS 'Counts and figures of each stage of each run.';

CREATE TABLE IF NOT EXISTS ops.judgement (
    finding_id VARCHAR,
    outcome VARCHAR,
    method VARCHAR,
    verified_on DATE,
    verified_by VARCHAR,
    station_code VARCHAR,
    note VARCHAR,
    load_id BIGINT,
    run_id VARCHAR
);
COMMENT ON TABLE ops.judgement IS 'Answers of the stations, append only.';

CREATE TABLE IF NOT EXISTS ops.judged_pair (
    finding_id VARCHAR,
    left_key VARCHAR,
    right_key VARCHAR,
    verdict VARCHAR,
    verified_on DATE,
    load_id BIGINT
);
COMMENT ON TABLE ops.judged_pair IS
'Registrations that an answer to a duplicate called same or different, as it stood then; append only.';

CREATE OR REPLACE VIEW ops.answer AS
SELECT
    judgement.finding_id,
    judgement.outcome,
    judgement.station_code,
    judgement.note,
    judgement.verified_on,
    -- A date in the future, which may be a slip, must not outlast the answers that come after it.
    least(judgement.verified_on, coalesce(run.as_of, judgement.verified_on)) AS counts_from,
    judgement.load_id
FROM ops.judgement AS judgement
LEFT JOIN ops.run AS run ON judgement.run_id = run.run_id;
COMMENT ON VIEW ops.answer IS 'Answers with the day they count from: when they were verified, at most the night they were given to.';

CREATE OR REPLACE VIEW ops.newest_judgement AS
WITH ordered AS (
    SELECT
        finding_id,
        outcome,
        verified_on,
        counts_from,
        row_number() OVER (PARTITION BY finding_id ORDER BY counts_from DESC, load_id DESC, verified_on DESC, outcome ASC) AS place
    FROM ops.answer
    WHERE outcome <> 'wrong_station'
)

SELECT
    finding_id,
    outcome,
    verified_on,
    counts_from
FROM ordered
WHERE place = 1;
COMMENT ON VIEW ops.newest_judgement IS 'The answer that counts for each finding; that it belongs to another station is no answer.';

CREATE TABLE IF NOT EXISTS find.finding (
    finding_id VARCHAR PRIMARY KEY,
    finding_type VARCHAR,
    variant VARCHAR,
    tier VARCHAR,
    confidence DOUBLE,
    priority INTEGER,
    status VARCHAR,
    agency VARCHAR,
    station_code VARCHAR,
    first_seen_on DATE,
    last_seen_on DATE,
    resolved_on DATE,
    due_on DATE,
    reason VARCHAR,
    suggestion VARCHAR,
    run_id VARCHAR
);
COMMENT ON TABLE find.finding IS 'Questions to a human, one row per problem; station_code is empty when nobody can be asked yet.';

CREATE TABLE IF NOT EXISTS find.subject (
    finding_id VARCHAR,
    role VARCHAR,
    record_type VARCHAR,
    record_key VARCHAR,
    station_code VARCHAR
);
COMMENT ON TABLE find.subject IS 'The records a finding is about.';

CREATE TABLE IF NOT EXISTS find.evidence (
    finding_id VARCHAR,
    record_type VARCHAR,
    record_key VARCHAR,
    field VARCHAR,
    register_value VARCHAR,
    source_value VARCHAR,
    agreement VARCHAR,
    weight DOUBLE
);
COMMENT ON TABLE find.evidence IS 'Field by field, what the register says and what the other record says.';

CREATE TABLE IF NOT EXISTS find.history (
    finding_id VARCHAR,
    as_of DATE,
    run_id VARCHAR,
    change VARCHAR,
    detail VARCHAR
);
COMMENT ON TABLE find.history IS 'One row per change of a finding.';

CREATE TABLE IF NOT EXISTS find.stated (
    finding_id VARCHAR,
    record_type VARCHAR,
    record_key VARCHAR,
    field VARCHAR,
    value VARCHAR
);
COMMENT ON TABLE find.stated IS
'What each record of a finding says, field by field, in the form it is compared in; addresses are left out, every source words its own.';

CREATE TABLE IF NOT EXISTS find.judged_evidence (
    finding_id VARCHAR,
    record_type VARCHAR,
    record_key VARCHAR,
    field VARCHAR,
    value VARCHAR
);
COMMENT ON TABLE find.judged_evidence IS 'find.stated as it stood when a finding was dismissed; anything else makes it a question again.';

CREATE TABLE IF NOT EXISTS find.review (
    kind VARCHAR,
    finding_id VARCHAR,
    left_key VARCHAR,
    right_key VARCHAR,
    other_key VARCHAR
);
COMMENT ON TABLE find.review IS 'Answers that contradict each other or the records, for a person to settle; rebuilt every night.';

CREATE TABLE IF NOT EXISTS find.lineage (
    base_id VARCHAR,
    finding_id VARCHAR
);
COMMENT ON TABLE find.lineage IS 'Groups that grew or shrank: number their subjects would give them, and the number they keep.';

CREATE TABLE IF NOT EXISTS find.route (
    finding_id VARCHAR,
    from_station VARCHAR,
    to_station VARCHAR
);
COMMENT ON TABLE find.route IS 'Stations that said a finding is not theirs, and the one they named, if it is known.';
CREATE OR REPLACE VIEW find.county AS
SELECT DISTINCT county_code
FROM std.station;
COMMENT ON VIEW find.county IS 'Counties in scope: those of the station table.';

CREATE OR REPLACE VIEW find.active_registration AS
SELECT
    registration_id,
    citizen_id,
    citizen_id_state,
    sex,
    birth_date,
    registered_on,
    station_code,
    left(station_code, 6) AS county_code
FROM std.police_resident
WHERE
    -- A date of cancellation stands for a code nobody could read: that is not an empty one.
    cancel_kind IS NULL
    AND cancelled_on IS NULL
    AND left(station_code, 6) IN (SELECT county.county_code FROM find.county);
COMMENT ON VIEW find.active_registration IS 'Registrations that findings may be about: active, in a county of the station table.';

CREATE OR REPLACE VIEW find.coverage AS
SELECT
    'police_resident' AS extract,
    CAST(NULL AS DATE) AS first_on,
    max(delivered_on) AS last_on
FROM ops.load
WHERE extract = 'police_resident' AND NOT coalesce(superseded, FALSE)
UNION ALL
SELECT
    'health_birth' AS extract,
    min(birth_date) AS first_on,
    max(birth_date) AS last_on
FROM std.health_birth
UNION ALL
SELECT
    'police_move_out' AS extract,
    min(moved_out_on) AS first_on,
    max(moved_out_on) AS last_on
FROM std.police_move_out;
COMMENT ON VIEW find.coverage IS
'What a source can have seen: day of the register, births of the certificates, days of the moves out. Outside it, absence says nothing.';

CREATE TABLE IF NOT EXISTS stats.night (
    as_of DATE,
    finding_type VARCHAR,
    station_code VARCHAR,
    found BIGINT,
    open BIGINT,
    analysts_only BIGINT,
    overdue BIGINT,
    new BIGINT,
    reopened BIGINT,
    resolved BIGINT,
    dismissed BIGINT,
    closed BIGINT,
    answered BIGINT,
    median_days_to_answer DOUBLE,
    confirmed_share DOUBLE,
    dismissed_share DOUBLE
);
COMMENT ON TABLE stats.night IS
'Findings in counts per night, type and station; rows with all are totals, not to be added to the others. No person, no officer.';
COMMENT ON COLUMN stats.night.finding_type IS 'Type of finding, or all.';
COMMENT ON COLUMN stats.night.station_code IS 'Station of the finding, unrouted where nobody can be asked, or all.';
COMMENT ON COLUMN stats.night.found IS 'Findings the night still sees, whatever was answered.';
COMMENT ON COLUMN stats.night.open IS 'Of tiers A to C, open or reopened: what stations are asked.';
COMMENT ON COLUMN stats.night.analysts_only IS 'Of tier D, open or reopened: on no list.';
COMMENT ON COLUMN stats.night.overdue IS 'Open ones whose due_on has passed.';
COMMENT ON COLUMN stats.night.new IS 'First seen this night.';
COMMENT ON COLUMN stats.night.reopened IS 'Reopened this night: found again, or other evidence than what was dismissed.';
COMMENT ON COLUMN stats.night.resolved IS 'No longer found since this night.';
COMMENT ON COLUMN stats.night.dismissed IS 'Became quiet this night, because a station said it is no error.';
COMMENT ON COLUMN stats.night.closed IS 'Neither open nor reopened: answered, or no longer found; all nights so far.';
COMMENT ON COLUMN stats.night.answered IS 'Findings with an answer, of all nights so far; that it belongs to another station is none.';
COMMENT ON COLUMN stats.night.median_days_to_answer IS 'Days from first_seen_on to the first answer, 0 at least; empty without answers.';
COMMENT ON COLUMN stats.night.confirmed_share IS
'Measured precision: confirmed or corrected, as a share of these and not_an_error; empty without such answers.';
COMMENT ON COLUMN stats.night.dismissed_share IS 'Share of the answered that are not_an_error; empty without answers.';
