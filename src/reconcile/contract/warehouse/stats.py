"""Tables of ``stats``: figures, no person and no officer."""

from __future__ import annotations

from reconcile.contract.table import BIGINT, DATE, DOUBLE, INTEGER, VARCHAR, Table, TableColumn
from reconcile.contract.warehouse import stats_balance, stats_population, stats_quality, stats_urban

BLOCKING = Table(
    "stats.blocking",
    "What each blocking pass finds, and what it alone finds; pass all is their union. completeness is estimated without truth.",
    (
        TableColumn("job", VARCHAR),
        TableColumn("pass", VARCHAR),
        TableColumn("pairs", BIGINT),
        TableColumn("pairs_alone", BIGINT),
        TableColumn("matches", BIGINT),
        TableColumn("matches_alone", BIGINT),
        TableColumn("completeness", DOUBLE),
    ),
    unique=("job", "pass"),
)

CALIBRATION = Table(
    "stats.calibration",
    "Pairs whose truth their numbers tell, scored without. expected: mean probability of the explanation; observed: the share it is true of.",
    (
        TableColumn("job", VARCHAR),
        TableColumn("explanation", VARCHAR),
        TableColumn("probability_from", DOUBLE),
        TableColumn("probability_to", DOUBLE),
        TableColumn("pairs", BIGINT),
        TableColumn("expected", DOUBLE),
        TableColumn("observed", DOUBLE),
    ),
    unique=("job", "explanation", "probability_from"),
)

DRIFT = Table(
    "stats.drift",
    "Share of each level among candidate pairs, when the model was trained and tonight; psi is of the whole field.",
    (
        TableColumn("job", VARCHAR),
        TableColumn("field", VARCHAR),
        TableColumn("level", VARCHAR),
        TableColumn("share_trained", DOUBLE),
        TableColumn("share_tonight", DOUBLE),
        TableColumn("psi", DOUBLE),
    ),
    unique=("job", "field", "level"),
)

_MEASURES = (
    TableColumn("found", BIGINT, "Findings the night still sees, whatever was answered."),
    TableColumn("open", BIGINT, "Of tiers A to C, open or reopened: what stations are asked."),
    TableColumn("analysts_only", BIGINT, "Of tier D, open or reopened: on no list."),
    TableColumn("overdue", BIGINT, "Open ones whose due_on has passed."),
    TableColumn("waiting", BIGINT, "Open ones that no list has room for yet: due on no day."),
    TableColumn("new", BIGINT, "First seen this night."),
    TableColumn("reopened", BIGINT, "Reopened this night: found again, or other evidence than what was dismissed."),
    TableColumn("resolved", BIGINT, "No longer found since this night."),
    TableColumn("dismissed", BIGINT, "Became quiet this night, because a station said it is no error."),
    TableColumn("closed", BIGINT, "Neither open nor reopened: answered, or no longer found; all nights so far."),
    TableColumn("answered", BIGINT, "Findings with an answer, of all nights so far; that it belongs to another station is none."),
    TableColumn(
        "median_days_to_answer",
        DOUBLE,
        "Days from first_seen_on to the first answer, waiting included, 0 at least; empty without answers.",
    ),
    TableColumn(
        "confirmed_share",
        DOUBLE,
        "Measured precision: confirmed or corrected, as a share of these and not_an_error; empty without such answers.",
    ),
    TableColumn("dismissed_share", DOUBLE, "Share of the answered that are not_an_error; empty without answers."),
)
"""What is counted of the findings of a night, whatever they are grouped by."""

NIGHT = Table(
    "stats.night",
    "Findings in counts per night, type and station; their sum counts every finding once.",
    (
        TableColumn("as_of", DATE),
        TableColumn("finding_type", VARCHAR, "Type of finding."),
        TableColumn("station_code", VARCHAR, "Station of the finding, unrouted where nobody can be asked."),
        *_MEASURES,
    ),
    is_kept=True,
    unique=("as_of", "finding_type", "station_code"),
)

NIGHT_TOTAL = Table(
    "stats.night_total",
    "The same of each type over all stations, and of each station over all types; medians and shares are those of the whole.",
    (
        TableColumn("as_of", DATE),
        TableColumn("finding_type", VARCHAR, "Type of finding, or all."),
        TableColumn("station_code", VARCHAR, "Station of the finding, unrouted where nobody can be asked, or all."),
        *_MEASURES,
    ),
    is_kept=True,
    unique=("as_of", "finding_type", "station_code"),
)

SCORE = Table(
    "stats.score",
    "Candidate pairs by match weight, in steps of one bit; matches are those the rules call one person.",
    (
        TableColumn("job", VARCHAR),
        TableColumn("bits_from", INTEGER),
        TableColumn("pairs", BIGINT),
        TableColumn("matches", BIGINT),
    ),
    unique=("job", "bits_from"),
)

TABLES = (
    BLOCKING,
    CALIBRATION,
    DRIFT,
    NIGHT,
    NIGHT_TOTAL,
    SCORE,
    *stats_population.TABLES,
    *stats_balance.TABLES,
    *stats_urban.TABLES,
    *stats_quality.TABLES,
)
