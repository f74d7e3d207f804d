-- Tables that do not derive from the extracts: what runs leave for operators (ops), what was found (find).
-- Every column is described: here, or, where its name means the same in every table, in src/reconcile/contract/words.py.

CREATE TABLE IF NOT EXISTS ops.schema_version (version INTEGER, digest VARCHAR);
COMMENT ON TABLE ops.schema_version IS 'One row: the version of this schema and a digest of the declarations that made it.';
COMMENT ON COLUMN ops.schema_version.version IS 'Raised when a warehouse cannot be taken over by a newer program.';
COMMENT ON COLUMN ops.schema_version.digest IS 'SHA-256 of the declarations.';

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
COMMENT ON COLUMN ops.run.run_id IS 'Business date and number of the run of that date, 20261121-01.';
COMMENT ON COLUMN ops.run.as_of IS 'Business date; nothing else decides what is old or due.';
COMMENT ON COLUMN ops.run.status IS 'running, done, failed or braked.';
COMMENT ON COLUMN ops.run.started_at IS 'When it began, by the clock.';
COMMENT ON COLUMN ops.run.program IS
'Version of the program, then a digest of the settings: equal in runs made by the same program with the same numbers.';
COMMENT ON COLUMN ops.run.message IS 'Why it ended without publishing; never a value of a person.';

CREATE TABLE IF NOT EXISTS ops.stage (
    run_id VARCHAR,
    stage VARCHAR,
    seconds DOUBLE,
    peak_mb DOUBLE,
    finished_at TIMESTAMP
);
COMMENT ON TABLE ops.stage IS 'Stages a run has finished; a repeated run starts after the last of them.';
COMMENT ON COLUMN ops.stage.seconds IS 'Time the stage took.';
COMMENT ON COLUMN ops.stage.peak_mb IS 'Most memory the process held during the stage, MB.';

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
COMMENT ON COLUMN ops.load.load_id IS 'Number of the load, in order of loading.';
COMMENT ON COLUMN ops.load.delivered_on IS 'Date in the name of the file or in its profile.';
COMMENT ON COLUMN ops.load.part IS 'Part of the delivery, where it came in several files.';
COMMENT ON COLUMN ops.load.sha256 IS 'Of the file; the same name with the same content is loaded once.';
COMMENT ON COLUMN ops.load.bytes IS 'Size of the file.';
COMMENT ON COLUMN ops.load.encoding IS 'As found; empty for files that declare their own.';
COMMENT ON COLUMN ops.load.delimiter IS 'Between cells of a text file.';
COMMENT ON COLUMN ops.load.refused_columns IS 'Headings of columns that are never stored, by the contract.';
COMMENT ON COLUMN ops.load.ignored_columns IS 'Headings that a profile says to leave out.';
COMMENT ON COLUMN ops.load.superseded IS 'Replaced by a later snapshot: its rows are no longer in raw.';

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
COMMENT ON COLUMN ops.reject.line IS 'Line the record starts on; header = 1; in XLSX the row of the sheet.';
COMMENT ON COLUMN ops.reject.rule IS 'What it breaks.';
COMMENT ON COLUMN ops.reject.severity IS 'row: the row is left out; value: the value became empty.';
COMMENT ON COLUMN ops.reject.raw_row IS 'The row as delivered. Personal data.';

CREATE TABLE IF NOT EXISTS ref.profile_code (
    load_id BIGINT,
    column_name VARCHAR,
    local VARCHAR,
    canonical VARCHAR
);
COMMENT ON TABLE ref.profile_code IS 'Local codes that the profile of a load declares, and the canonical code each means.';
COMMENT ON COLUMN ref.profile_code.local IS 'Code as delivered.';
COMMENT ON COLUMN ref.profile_code.canonical IS 'Code of the contract.';

CREATE TABLE IF NOT EXISTS ops.standardised (
    extract VARCHAR PRIMARY KEY,
    fingerprint VARCHAR
);
COMMENT ON TABLE ops.standardised IS 'Which program and which loads std.<extract> was made from; it is rebuilt when they change.';
COMMENT ON COLUMN ops.standardised.fingerprint IS 'Digest of the program and of the loads it was made from.';

CREATE TABLE IF NOT EXISTS ops.metric (
    run_id VARCHAR,
    stage VARCHAR,
    name VARCHAR,
    subject VARCHAR,
    value DOUBLE
);
-- Warehouses from before figures had a subject. The brake on volume holds the next night against the rows of the last one, so these are
-- named anew; the others keep the names they had.
ALTER TABLE ops.metric ADD COLUMN IF NOT EXISTS subject VARCHAR;
UPDATE ops.metric SET subject = substr(name, 6), name = 'rows'
WHERE stage = 'publish' AND subject IS NULL AND starts_with(name, 'rows_');
COMMENT ON TABLE ops.metric IS 'Counts and figures of each stage of each run.';
COMMENT ON COLUMN ops.metric.name IS 'What was counted; the section on figures of the data dictionary explains each.';
COMMENT ON COLUMN ops.metric.subject IS 'What it is about, where it is about one of several things: an extract, a job, a pass …';
COMMENT ON COLUMN ops.metric.value IS 'Count or figure.';

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
COMMENT ON COLUMN ops.judgement.station_code IS 'Station that answered, as its list says.';

CREATE TABLE IF NOT EXISTS ops.judged_pair (
    finding_id VARCHAR,
    left_key VARCHAR,
    right_key VARCHAR,
    verdict VARCHAR,
    verified_on DATE,
    load_id BIGINT
);
COMMENT ON TABLE ops.judged_pair IS
'Registrations that an answer to a duplicate called same or different, of those it asked about then; append only.';
COMMENT ON COLUMN ops.judged_pair.verdict IS 'same or different.';

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
COMMENT ON COLUMN find.finding.finding_type IS 'One of the types in docs/findings.md.';
COMMENT ON COLUMN find.finding.variant IS 'Kind within the type; decides the wording of the reason.';
COMMENT ON COLUMN find.finding.confidence IS 'How sure the rule or the match model is: 0 to 1.';
COMMENT ON COLUMN find.finding.priority IS '1 is read first.';
COMMENT ON COLUMN find.finding.status IS 'open, reopened; confirmed, dismissed, undetermined: a person said so; resolved: no longer found.';
COMMENT ON COLUMN find.finding.agency IS 'Who corrects it.';
COMMENT ON COLUMN find.finding.station_code IS 'Station that is asked; empty when nobody can be asked yet.';
COMMENT ON COLUMN find.finding.first_seen_on IS 'First night that saw it; stays when it is reopened.';
COMMENT ON COLUMN find.finding.last_seen_on IS 'Last night that saw it.';
COMMENT ON COLUMN find.finding.resolved_on IS 'Night that no longer saw it.';
COMMENT ON COLUMN find.finding.reason IS 'What was found, as the station reads it.';
COMMENT ON COLUMN find.finding.suggestion IS 'What to check, as the station reads it.';

CREATE TABLE IF NOT EXISTS find.subject (
    finding_id VARCHAR,
    role VARCHAR,
    record_type VARCHAR,
    record_key VARCHAR,
    station_code VARCHAR
);
COMMENT ON TABLE find.subject IS 'The records a finding is about.';
COMMENT ON COLUMN find.subject.role IS 'What the record is in the finding.';
COMMENT ON COLUMN find.subject.station_code IS 'Station of the record.';

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
COMMENT ON COLUMN find.evidence.register_value IS 'What the register says. Personal data.';
COMMENT ON COLUMN find.evidence.source_value IS 'What the other record says. Personal data.';
COMMENT ON COLUMN find.evidence.agreement IS 'Level of agreement, of the linkage where it compared the two.';
COMMENT ON COLUMN find.evidence.weight IS 'What that level speaks for one person (log2), negative against.';

CREATE TABLE IF NOT EXISTS find.history (
    finding_id VARCHAR,
    as_of DATE,
    run_id VARCHAR,
    change VARCHAR,
    detail VARCHAR
);
COMMENT ON TABLE find.history IS 'One row per change of a finding.';
COMMENT ON COLUMN find.history.change IS
'Status it took; or what else changed: evidence, variant, tier, station_code, subjects, absorbed, split.';
COMMENT ON COLUMN find.history.detail IS 'What it was before; never a value of a person.';

CREATE TABLE IF NOT EXISTS find.stated (
    finding_id VARCHAR,
    record_type VARCHAR,
    record_key VARCHAR,
    field VARCHAR,
    value VARCHAR,
    since DATE
);
-- Warehouses from before the days were kept.
ALTER TABLE find.stated ADD COLUMN IF NOT EXISTS since DATE;
COMMENT ON TABLE find.stated IS
'What each record of a finding says, field by field, in the form it is compared in; addresses are left out, every source words its own.';
COMMENT ON COLUMN find.stated.field IS 'What it speaks of; record: that the record is there.';
COMMENT ON COLUMN find.stated.value IS 'What it says, in the form it is compared in. Personal data.';
COMMENT ON COLUMN find.stated.since IS 'First night the finding showed it; an answer of that day or before does not speak of it.';

CREATE TABLE IF NOT EXISTS find.judged_evidence (
    finding_id VARCHAR,
    record_type VARCHAR,
    record_key VARCHAR,
    field VARCHAR,
    value VARCHAR
);
COMMENT ON TABLE find.judged_evidence IS
'What of find.stated was known when a finding was dismissed; anything else makes it a question again.';
COMMENT ON COLUMN find.judged_evidence.field IS 'As in find.stated.';
COMMENT ON COLUMN find.judged_evidence.value IS 'As in find.stated. Personal data.';

CREATE TABLE IF NOT EXISTS find.review (
    kind VARCHAR,
    finding_id VARCHAR,
    left_key VARCHAR,
    right_key VARCHAR,
    other_key VARCHAR
);
COMMENT ON TABLE find.review IS 'Answers that contradict each other or the records, for a person to settle; rebuilt every night.';
COMMENT ON COLUMN find.review.kind IS 'between, same_and_different, same_but_apart or answers_disagree; sql/life/review.sql explains them.';
COMMENT ON COLUMN find.review.other_key IS 'Registration that matches both of two that are different persons.';

CREATE TABLE IF NOT EXISTS find.lineage (
    base_id VARCHAR,
    finding_id VARCHAR
);
COMMENT ON TABLE find.lineage IS 'Groups that grew or shrank: number their subjects would give them, and the number they keep.';
COMMENT ON COLUMN find.lineage.base_id IS 'Number that the subjects alone would give it.';

CREATE TABLE IF NOT EXISTS find.route (
    finding_id VARCHAR,
    from_station VARCHAR,
    to_station VARCHAR
);
COMMENT ON TABLE find.route IS 'Stations that said a finding is not theirs, and the one they named, if it is known.';
COMMENT ON COLUMN find.route.from_station IS 'Station that said it is not its own.';
COMMENT ON COLUMN find.route.to_station IS 'Station it named; empty where it named none that is known.';

CREATE TABLE IF NOT EXISTS find.listing (
    as_of DATE,
    finding_id VARCHAR,
    recipient VARCHAR,
    listed_on DATE,
    due_on DATE
);
COMMENT ON TABLE find.listing IS
'Which finding stands on whose list, since when and until when it is to be answered; tonight and the night before.';
