"""Figures of a night: what each stage counts, declared once; rows of ``ops.metric`` and a table of the data dictionary.

A stage writes ``counts["rows"] = 3``, or ``counts["rows", "police_death"] = 3`` where a figure is about one of several things:
name and subject stay two words, so that nobody has to cut one out of the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Counts = dict[str | tuple[str, str], float]
"""What a stage counted: name, or name and subject, → value."""


class Unit(StrEnum):
    """What a figure counts, or that it is a share (0 to 1)."""

    FILES = "files"
    SHEETS = "sheets"
    COLUMNS = "columns"
    ROWS = "rows"
    VALUES = "values"
    ANSWERS = "answers"
    MODELS = "models"
    WEIGHTS = "weights"
    FIELDS = "fields"
    BLOCKS = "blocks"
    PAIRS = "pairs"
    PATTERNS = "patterns"
    PERSONS = "persons"
    GROUPS = "groups"
    FINDINGS = "findings"
    STATIONS = "stations"
    MEGABYTES = "MB"
    TIMES = "times"
    SHARE = "share"
    FLAG = "1 when so"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one stage.

    Attributes:
        stage: who counts it.
        name: as in ``ops.metric``.
        unit: what its value counts.
        sentence: what it is.
        subject: what ``ops.metric.subject`` names; empty where the figure is about the whole night.
        is_detail: left out of the line a stage ends with, where figures of several subjects are added up.

    """

    stage: str
    name: str
    unit: Unit
    sentence: str
    subject: str = ""
    is_detail: bool = False


FIGURES = (
    Figure("ingest", "files", Unit.FILES, "Loaded tonight."),
    Figure("ingest", "rows", Unit.ROWS, "Loaded tonight."),
    Figure("ingest", "rejects", Unit.VALUES, "Rows and values refused while files were read."),
    Figure("ingest", "refused_columns", Unit.COLUMNS, "Dropped by name and never stored."),
    Figure("ingest", "waiting_files", Unit.FILES, "Of a later day, left for its night."),
    Figure("ingest", "unmatched_files", Unit.FILES, "Left alone, since they match no extract or lead out of the inbox."),
    Figure(
        "ingest",
        "sheets_left_out",
        Unit.SHEETS,
        "Of a workbook, since their headings are not those of the sheets that are read.",
        "file: sheets",
        is_detail=True,
    ),
    Figure(
        "ingest",
        "sheet_note",
        Unit.FLAG,
        "What a person should know who sees only the values of a workbook: hidden rows, merged cells, days where none is expected.",
        "file: note",
        is_detail=True,
    ),
    Figure(
        "ingest",
        "unmatched_file",
        Unit.FLAG,
        "A file that was left alone, and what it seems to be; see docs/deliveries.md.",
        "file: what it seems to be",
        is_detail=True,
    ),
    Figure("standardise", "delivered", Unit.ROWS, "Read from the loads that stand.", "extract"),
    Figure("standardise", "rows", Unit.ROWS, "That stand for linkage.", "extract"),
    Figure("standardise", "rejected_rows", Unit.ROWS, "Left out, since a required value cannot be read.", "extract"),
    Figure("standardise", "rejected_values", Unit.VALUES, "Became empty, since they cannot be read.", "extract"),
    Figure("standardise", "superseded", Unit.ROWS, "Replaced by a later delivery of the same key.", "extract"),
    Figure("standardise", "key_collisions", Unit.ROWS, "Left out, since another row of one delivery has their key.", "extract"),
    Figure(
        "standardise",
        "equal_clocks",
        Unit.VALUES,
        "Dates whose clocks all show one time near midnight, or midnight in China by the clocks of another zone.",
        "file, column, clock",
        is_detail=True,
    ),
    Figure("standardise", "reused", Unit.ROWS, "Of those that stand: kept, since they would be made from the same text again.", "extract"),
    Figure("feedback", "answers", Unit.ANSWERS, "Delivered so far as an extract."),
    Figure("feedback", "judgements", Unit.ANSWERS, "Taken in so far by every way."),
    Figure("feedback", "rejects", Unit.VALUES, "Answers refused."),
    Figure("link", "reused", Unit.ROWS, "Of all tables, kept as they are, since they would be made from the same again."),
    Figure("link", "models_trained", Unit.MODELS, "Trained tonight, since there was none for this program."),
    Figure("link", "candidates", Unit.PAIRS, "Brought together by blocking.", "job"),
    Figure("link", "pairs_stored", Unit.PAIRS, "Kept in the pair table.", "job"),
    Figure("link", "persons", Unit.PERSONS, "Behind the registrations."),
    Figure("link", "components_split", Unit.GROUPS, "Of registrations, split where two of them are not one person."),
    Figure("link", "components_oversized", Unit.GROUPS, "Of registrations, too large to be one person."),
    Figure("link", "pairs_too_light", Unit.PAIRS, "Far below any decision: counted, not kept.", "job", is_detail=True),
    Figure("link", "patterns", Unit.PATTERNS, "Combinations of levels met.", "job", is_detail=True),
    Figure("link", "pass_pairs", Unit.PAIRS, "Found by one pass of blocking.", "job, pass", is_detail=True),
    Figure("link", "blocks_narrowed", Unit.BLOCKS, "Over the budget of a pass, narrowed by its further keys.", "job, pass", is_detail=True),
    Figure("link", "pairs_dropped", Unit.PAIRS, "Of blocks that stay over the budget: never compared.", "job, pass", is_detail=True),
    Figure("link", "completeness", Unit.SHARE, "Estimate: of the matches there are, those that blocking brought together.", "job"),
    Figure("link", "calibration_error", Unit.SHARE, "Mean distance of stated probability and observed share.", "job"),
    Figure("link", "fields_drifted", Unit.FIELDS, "Whose levels are no longer shared out as in the training.", "job", is_detail=True),
    Figure("link", "field_unused", Unit.SHARE, "Of the pairs compared, those that lack this field: nearly all.", "job, field"),
    Figure("link", "without_numbers", Unit.FLAG, "The model rests on no numbers: nothing is listed for its score alone.", "job"),
    Figure("link", "model_weights", Unit.WEIGHTS, "Of the model that decided.", "model version", is_detail=True),
    Figure("link", "unusable_values", Unit.VALUES, "Taken for missing, so large a share of the records carries them.", "extract, column"),
    Figure("link", "rows", Unit.ROWS, "Of a table of the schema link.", "table", is_detail=True),
    Figure("link", "deaths", Unit.ROWS, "Of link.death.", "tier", is_detail=True),
    Figure("findings", "raised", Unit.FINDINGS, "That are found tonight.", "finding type"),
    Figure("findings", "with_status", Unit.FINDINGS, "Known, of any night.", "status", is_detail=True),
    Figure("findings", "review_entries", Unit.ROWS, "Of the review list."),
    Figure("worklist", "stations", Unit.STATIONS, "That get a list."),
    Figure("worklist", "station_rows", Unit.ROWS, "On the lists of stations."),
    Figure("worklist", "unrouted_rows", Unit.ROWS, "On the list of what no station is known for."),
    Figure("worklist", "agency_rows", Unit.ROWS, "On the lists of other agencies."),
    Figure("worklist", "waiting_findings", Unit.FINDINGS, "Beyond the limit of a list, once for each list they wait for."),
    Figure("worklist", "standing_rows", Unit.ROWS, "On all lists, by how they stand there.", "new, still_open, reopened, overdue"),
    Figure("publish", "brakes_overruled", Unit.TIMES, "Brakes that were pulled and overruled with --force."),
    Figure(
        "publish",
        "report_failed",
        Unit.FLAG,
        "A page about the night, its linkage or a delivery, or the list to review, could not be written.",
    ),
    Figure("publish", "review_entries", Unit.ROWS, "Of the review list as published."),
    Figure("publish", "delivery_rows", Unit.ROWS, "Of tonight's delivery of an extract.", "extract", is_detail=True),
    Figure("publish", "delivery_lost_rows", Unit.ROWS, "Of it that could not be used.", "extract", is_detail=True),
    Figure(
        "publish",
        "delivery_rejects",
        Unit.VALUES,
        "Rows and values of it that could not be used, by reason.",
        "extract, column, rule, severity",
        is_detail=True,
    ),
    Figure("publish", "database_mb", Unit.MEGABYTES, "Size of the warehouse."),
    Figure("publish", "rows", Unit.ROWS, "The warehouse stands on; the next night is held against it.", "snapshot extract"),
)
"""In the order people read them; a test finds no undeclared one on a real night."""

_NO_SUM = (Unit.SHARE, Unit.FLAG)


def parts(key: str | tuple[str, str]) -> tuple[str, str | None]:
    """Name and subject of a count; a figure about the whole night has no subject."""
    return (key, None) if isinstance(key, str) else key


def headline(stage: str, counts: Counts, most: int = 6) -> list[tuple[str, float]]:
    """Add up the figures of a stage that are worth a line: name and value, zeros and details left out, at most ``most``."""
    shown = [figure.name for figure in FIGURES if figure.stage == stage and not figure.is_detail and figure.unit not in _NO_SUM]
    sums = {name: sum(value for key, value in counts.items() if parts(key)[0] == name) for name in shown}
    return [(name, value) for name, value in sums.items() if value][:most]
