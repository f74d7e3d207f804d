"""Tables of ``ops``: what each run did, what was delivered, what stations answered."""

from __future__ import annotations

from reconcile.contract.table import BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, TIMESTAMP, VARCHAR, Table, TableColumn

AUDIT = Table(
    "ops.audit",
    "Who ran what with which settings, append only; each entry is sealed together with the one before.",
    (
        TableColumn("number", BIGINT, "1, 2, 3 … without a gap.", is_key=True),
        TableColumn("noted_at", TIMESTAMP, "When, by the clock."),
        TableColumn("command", VARCHAR, "What was run."),
        TableColumn("account", VARCHAR, "Account of the machine that ran it."),
        TableColumn("decided_by", VARCHAR, "Who decided, where a person had to (--by)."),
        TableColumn("reason", VARCHAR, "Why (--reason)."),
        TableColumn("program", VARCHAR, "Version of the program."),
        TableColumn("settings", VARCHAR, "Settings that are not the default, as JSON; no secret."),
        TableColumn("outcome", VARCHAR, "What it did, counts as JSON; empty where ops.metric has them."),
        TableColumn("run_id", VARCHAR),
        TableColumn("seal", VARCHAR, "HMAC of the seal before and of all other columns, with the key of the finding numbers."),
    ),
    is_kept=True,
)

JUDGED_PAIR = Table(
    "ops.judged_pair",
    "Registrations that an answer to a duplicate called same or different, of those it asked about then; append only.",
    (
        TableColumn("finding_id", VARCHAR),
        TableColumn("left_key", VARCHAR),
        TableColumn("right_key", VARCHAR),
        TableColumn("verdict", VARCHAR, "What the answer says of the two.", {"same": "", "different": ""}),
        TableColumn("verified_on", DATE),
        TableColumn("load_id", BIGINT),
    ),
    is_kept=True,
    unique=("finding_id", "left_key", "right_key", "load_id"),
)

JUDGEMENT = Table(
    "ops.judgement",
    "Answers of the stations, append only.",
    (
        TableColumn("finding_id", VARCHAR),
        TableColumn("outcome", VARCHAR),
        TableColumn("method", VARCHAR),
        TableColumn("verified_on", DATE),
        TableColumn("verified_by", VARCHAR),
        TableColumn("station_code", VARCHAR, "Station that answered, as its list says."),
        TableColumn("note", VARCHAR),
        TableColumn("load_id", BIGINT),
        TableColumn("run_id", VARCHAR),
    ),
    is_kept=True,
    unique=("finding_id", "load_id"),
)

KEPT_ROW = Table(
    "ops.kept_row",
    "Rows of raw and std that were delivered word for word before: where they stood in the loads before, and where they stand.",
    (
        TableColumn("extract", VARCHAR),
        TableColumn("before_id", BIGINT, "Load they stood in when ops.standardised.made_before was written."),
        TableColumn("before_line", BIGINT, "Their line in that load."),
        TableColumn("load_id", BIGINT),
        TableColumn("line", BIGINT, "Their line in it."),
    ),
    unique=("extract", "load_id", "line"),
)

LINKED = Table(
    "ops.linked",
    "One row: what the tables of link were made from; they are kept while that is the same.",
    (
        TableColumn(
            "fingerprint", VARCHAR, "Digest of the program, its settings, the model, the rows of std and the answers it was made from."
        ),
        TableColumn("run_id", VARCHAR, "Run that made them, whose figures are theirs."),
        TableColumn("rows", VARCHAR, "Rows of each table as it was left, so that a lost one is noticed."),
        TableColumn("made", VARCHAR, "Another one whenever its rows were made again: rows under one are the same rows."),
    ),
)

LOAD = Table(
    "ops.load",
    "One row per file loaded; refused_columns were dropped at the door; superseded loads are no longer in raw.",
    (
        TableColumn("load_id", BIGINT, "Number of the load, in order of loading.", is_key=True),
        TableColumn("run_id", VARCHAR),
        TableColumn("extract", VARCHAR),
        TableColumn("file", VARCHAR),
        TableColumn("delivered_on", DATE, "Date in the name of the file or in its profile."),
        TableColumn("part", VARCHAR, "Part of the delivery, where it came in several files."),
        TableColumn(
            "sha256",
            VARCHAR,
            "Of the file, and for a DBF with a memo beside it of the sums of both; the same name with the same content is loaded once.",
        ),
        TableColumn("bytes", BIGINT, "Size of the file."),
        TableColumn("encoding", VARCHAR, "As found; empty for files that declare their own."),
        TableColumn("delimiter", VARCHAR, "Between cells of a text file."),
        TableColumn("rows", BIGINT, "Data rows of the file, rejected ones included, as a manifest counts them."),
        TableColumn("refused_columns", VARCHAR, "Headings of columns that are never stored, by the contract."),
        TableColumn("ignored_columns", VARCHAR, "Headings that a profile says to leave out."),
        TableColumn("superseded", BOOLEAN, "Replaced by a later snapshot: its rows are no longer in raw."),
    ),
    is_kept=True,
)

METRIC = Table(
    "ops.metric",
    "Counts and figures of each stage of each run.",
    (
        TableColumn("run_id", VARCHAR),
        TableColumn("stage", VARCHAR),
        TableColumn("name", VARCHAR, "What was counted; the section on figures of the data dictionary explains each."),
        TableColumn("subject", VARCHAR, "What it is about, where it is about one of several things: an extract, a job, a pass …"),
        TableColumn("value", DOUBLE, "Count or figure."),
    ),
    is_kept=True,
)

REJECT = Table(
    "ops.reject",
    "Rows and values that break the contract, as delivered; stage is who refused them.",
    (
        TableColumn("load_id", BIGINT),
        TableColumn("extract", VARCHAR),
        TableColumn("file", VARCHAR),
        TableColumn("line", BIGINT, "Line the record starts on; header = 1; in XLSX the row of the sheet."),
        TableColumn("column_name", VARCHAR),
        TableColumn("rule", VARCHAR, "What it breaks."),
        TableColumn("severity", VARCHAR, "How much is lost.", {"row": "the row is left out", "value": "the value became empty"}),
        TableColumn("raw_row", VARCHAR, "The row as delivered. Personal data."),
        TableColumn("stage", VARCHAR, default="'ingest'"),
    ),
    is_kept=True,
)

RUN = Table(
    "ops.run",
    "One row per run of a night.",
    (
        TableColumn("run_id", VARCHAR, "Business date and number of the run of that date, 20261121-01.", is_key=True),
        TableColumn("as_of", DATE, "Business date; nothing else decides what is old or due."),
        TableColumn("status", VARCHAR, "How it stands.", {"running": "", "done": "", "failed": "", "braked": "a person has to decide"}),
        TableColumn("started_at", TIMESTAMP, "When it began, by the clock."),
        TableColumn("finished_at", TIMESTAMP),
        TableColumn(
            "program",
            VARCHAR,
            "Version of the program, then a digest of the settings: equal in runs made by the same program with the same numbers.",
        ),
        TableColumn("message", VARCHAR, "Why it ended without publishing; never a value of a person."),
    ),
    is_kept=True,
)

SCHEMA_VERSION = Table(
    "ops.schema_version",
    "One row: which program made these tables.",
    (
        TableColumn("version", INTEGER, "Steps of sql/migrations/ that it went through; a program that knows fewer refuses it."),
        TableColumn("digest", VARCHAR, "SHA-256 of the declarations and of the tables they made."),
        TableColumn("kept", VARCHAR, "Tables it has that no night can make again, separated by blanks; one that is gone is missed."),
    ),
    is_kept=True,
)

STAGE = Table(
    "ops.stage",
    "Stages a run has finished; a repeated run starts after the last of them.",
    (
        TableColumn("run_id", VARCHAR),
        TableColumn("stage", VARCHAR),
        TableColumn("seconds", DOUBLE, "Time the stage took."),
        TableColumn("peak_mb", DOUBLE, "Most memory the process held during the stage, MB."),
        TableColumn("finished_at", TIMESTAMP),
    ),
    unique=("run_id", "stage"),
)

STANDARDISED = Table(
    "ops.standardised",
    "Which program and which loads std.<extract> was made from; it is rebuilt when they change.",
    (
        TableColumn("extract", VARCHAR, is_key=True),
        TableColumn("fingerprint", VARCHAR, "Digest of the program and of the loads it was made from."),
        TableColumn("made", VARCHAR, "Another one whenever its rows were made again: rows under one are the same rows."),
        TableColumn(
            "made_before", VARCHAR, "What it was before, when the rows of ops.kept_row were carried over; empty where all were made anew."
        ),
    ),
)

STATE = Table(
    "ops.state",
    "One row: how far the warehouse has come, and which key its finding numbers have.",
    (
        TableColumn(
            "commits", BIGINT, "Transactions committed so far; <home>/warehouse.state says the same, so that a lost log is noticed."
        ),
        TableColumn("key_check", VARCHAR, "Digest that only the right key of the finding numbers gives."),
    ),
    is_kept=True,
)

TABLES = (AUDIT, JUDGED_PAIR, JUDGEMENT, KEPT_ROW, LINKED, LOAD, METRIC, REJECT, RUN, SCHEMA_VERSION, STAGE, STANDARDISED, STATE)
