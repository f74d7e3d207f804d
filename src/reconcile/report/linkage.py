"""The page about a night's linkage, ``reports/linkage_<as_of>.html``: how sure it was, and what to look at. Names nobody."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from reconcile import made_from
from reconcile.asked import Readable
from reconcile.contract.warehouse import TABLES
from reconcile.errors import UsageError
from reconcile.link.explain import Explained
from reconcile.link.explanation import Explanation
from reconcile.link.jobs import DEATH, JOBS, REGISTRATION, Job
from reconcile.settings import Settings

if TYPE_CHECKING:
    from reconcile.report.charts import AnyChart

MISCALIBRATED = 0.02
"""Calibration error above which the page warns."""
INCOMPLETE = 0.99
"""Estimated completeness below which it does."""
MOST_PATTERNS = 8
"""Patterns shown per job."""
HEADS = ("job", "model", "pairs compared", "called one person", "completeness", "calibration error", "largest drift")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what to look at, and pictures: SVG, folded away under a name where there is one; else why there are none.

    Pictures are being drawn when a section is made.
    """

    title: str
    look: str
    pictures: list[tuple[str, Future[str]]] = field(default_factory=list[tuple[str, Future[str]]])
    without: str = ""


def page(reader: Readable, settings: Settings) -> str:
    """HTML of the page of a night."""
    return begun(reader, settings)()


def begun(reader: Readable, settings: Settings) -> Callable[[], str]:
    """The page of a night, whose pictures are drawn while the caller goes on; what comes back waits for them.

    They take longer than everything else of a night in which nothing is new: where the linkage stands, the page of the night before is
    shown under tonight's date.
    """
    again = None if settings.full else _again(reader, settings)
    if again is not None:
        return lambda: again
    return partial(_render, *_content(reader, settings))


def _again(reader: Readable, settings: Settings) -> str | None:
    """The newest page, under tonight's date, where it shows the linkage that stands; else None."""
    earlier = max(settings.home.reports.glob("linkage_????-??-??.html"), default=None)
    made = _made(reader, settings)
    text = earlier.read_text(encoding="utf-8") if earlier and made else ""
    before = earlier.stem.partition("_")[2] if earlier else ""
    return text.replace(_title(before), _title(str(settings.as_of))) if f"<!-- {made} -->" in text else None


def _made(reader: Readable, settings: Settings) -> str:
    """What the page is made from: the linkage, the settings, and the program, which may draw the same linkage otherwise."""
    stamps = reader.frame("SELECT made FROM ops.linked")["made"]
    return f"{stamps[0]} {made_from.settings(settings)} {made_from.program()}" if len(stamps) else ""


def _title(as_of: str) -> str:
    return f"Linkage, night of {as_of}"


def _content(reader: Readable, settings: Settings) -> tuple[str, list[str], list[list[tuple[str, bool]]], list[Section], str]:
    """What the page says, from ``stats`` and ``link`` of the night."""
    from reconcile.report import charts

    blocking, calibration, drift, scores = (_table(reader, f"stats.{name}") for name in ("blocking", "calibration", "drift", "score"))
    model = _table(reader, "link.model")
    rows = [_row(job, model, blocking, calibration, drift) for job in JOBS if job.name in model["job"]]
    sections = [
        Section(
            "How far apart are one person and two?",
            "Each candidate pair by its weight in bits; 10 bits are odds of a thousand to one. Good: two hills with a valley between them. "
            "The dashed line is the weight a pair needs where its rule asks for one; red right of it is what a rule forbade, say twins.",
            _picture(scores, lambda: charts.scores(scores, {job.name: settings.costs.floor(job.name) for job in JOBS})),
            "No chart: no two records were compared tonight.",
        ),
        Section(
            "Do the probabilities hold?",
            "Pairs whose explanation is known without the model, by the probability it gave each explanation. Good: on the line. Under it "
            "the model is too sure of itself, above it too timid. A large dot is many pairs, a small one may be chance.",
            _picture(calibration.drop_nulls(), lambda: charts.calibration(calibration.drop_nulls())),
            "No chart: in no pair do numbers tell the truth, so nothing can be checked. The probabilities are unproven.",
        ),
        Section(
            "Are tonight's records still those the model knows?",
            "The ten fields whose levels moved most since the model was trained; no bar, no move. Beyond the first line keep an eye on it, "
            "beyond the second it is another field: look for a changed form or a source that went wrong before training anew.",
            _picture(drift if charts.has_drifted(drift) else drift.clear(), lambda: charts.drift(drift)),
            "No chart: no field has moved since the model was trained." if drift.height else "No chart: no pair was compared.",
        ),
        Section(
            "Does blocking find the pairs?",
            "Matches each pass finds, and in dark those that no other pass finds. A pass without dark costs time and finds nothing of its "
            "own; a pass that alone finds many deserves a second one beside it.",
            _picture(blocking, lambda: charts.blocking(blocking)),
            "No chart: no pass has found a pair.",
        ),
        Section(
            "What do typical decisions rest on?",
            "The commonest pattern of each decision, as a sum: blue speaks for one person, red against. A rule may outrank any sum.",
            [
                (job.name, charts.drawn(partial(charts.waterfalls, found)))
                for job in (DEATH, REGISTRATION)
                if (found := patterns(reader, job))
            ],
            "No chart: no pair of deaths or of registrations was decided tonight.",
        ),
        Section(
            "What is each agreement worth?",
            "Weight of every level, and how often it occurs in pairs of one person (m) and of two (u). Suspicious: a weight that an expert "
            "would not believe, or a disagreement that speaks for.",
            [(job.name, charts.drawn(partial(charts.weights, own))) for job in JOBS if (own := _levels(model, job)).height],
            "No chart: there is no model yet.",
        ),
    ]
    lead = ["Look at red figures first. Where none is red, the first chart is enough for tonight."] if rows else ["Nothing was linked yet."]
    return _title(str(settings.as_of)), lead, rows, sections if rows else [], _made(reader, settings)


def _table(reader: Readable, name: str) -> pl.DataFrame:
    """A table with the columns it is declared with; one of another version lacks them, and says so."""
    columns = ", ".join(f'"{column.name}"' for column in TABLES[name].columns)
    return reader.frame(f"SELECT {columns} FROM {name}")


def patterns(reader: Readable, job: Job) -> list[tuple[str, pl.DataFrame]]:
    """The commonest pattern of each decision, tier and veto of a job: its title, and field, level and weight."""
    keys = [f"{name}_{part}" for name in job.fields for part in ("level", "weight")]
    found = reader.frame(
        f"""
        SELECT decision, tier, veto, match_weight, {", ".join(keys)}, count(*) AS pairs FROM {job.table}
        GROUP BY ALL ORDER BY decision, tier, veto, pairs DESC, match_weight DESC, {", ".join(keys)}"""
    ).unique(["decision", "tier", "veto"], keep="first", maintain_order=True)
    named: list[tuple[str, pl.DataFrame]] = []
    for row in found.sort("pairs", descending=True, maintain_order=True).head(MOST_PATTERNS).iter_rows(named=True):
        fields = [name for name in job.fields if row[f"{name}_level"] is not None]
        weights = [float(row[f"{name}_weight"]) for name in fields]
        prior = float(row["match_weight"]) - sum(weights)
        steps = {"field": ["prior", *fields], "level": ["", *(row[f"{name}_level"] for name in fields)], "weight": [prior, *weights]}
        named.append((f"{_decision(row['decision'], row['tier'], row['veto'])}: {row['pairs']:,} pairs", pl.DataFrame(steps)))
    return named


def write_pair(path: Path, explained: Explained) -> None:
    """Write the waterfall of one pair as a page: levels and weights, neither names nor keys."""
    from reconcile.report import charts

    title = f"{explained.left[0]} and {explained.right[0]}: {_decision(explained.decision, explained.tier, explained.veto)}"
    lead = [f"Rule that decided: {explained.why}.", f"Probability {explained.probability:.6f}, model {explained.version}; {explained.how}."]
    steps = explained.fields.select("field", "level", "weight")
    picture = charts.drawn(lambda: charts.waterfall(steps, "weights in bits"))
    sections = [Section("How the weights add up", "Blue speaks for one person, red against; a rule may outrank any sum.", [("", picture)])]
    _write(path, _render(title, lead, [], sections))


def _decision(decision: str, tier: str | None, veto: str | None) -> str:
    return ", ".join(part.replace("_", " ") for part in (decision, f"tier {tier}" if tier else "", veto or "") if part)


def _picture(table: pl.DataFrame, draw: Callable[[], AnyChart]) -> list[tuple[str, Future[str]]]:
    """The chart of a table; nothing where the table is empty."""
    from reconcile.report import charts

    return [("", charts.drawn(draw))] if table.height else []


def _levels(model: pl.DataFrame, job: Job) -> pl.DataFrame:
    return model.filter((pl.col("job") == job.name) & (pl.col("field") != "prior"))


def _row(job: Job, model: pl.DataFrame, blocking: pl.DataFrame, calibration: pl.DataFrame, drift: pl.DataFrame) -> list[tuple[str, bool]]:
    """Figures of one job, each with whether it is worth a look."""
    from reconcile.report import charts

    own = pl.col("job") == job.name
    whole = blocking.filter(own & (pl.col("pass") == "all"))
    pairs, matches, completeness = whole.select("pairs", "matches", "completeness").row(0) if whole.height else (None, None, None)
    known = calibration.filter(own, pl.col("explanation") == str(Explanation.PERSON)).drop_nulls()
    gap = (pl.col("expected") - pl.col("observed")).abs()
    error = known.select((gap * pl.col("pairs")).sum() / pl.col("pairs").sum()).item() if known.height else None
    moved = drift.filter(own)["psi"].max()
    return [
        (job.name, False),
        (str(model.filter(own)["version"][0]), False),
        (_figure(pairs, ",.0f"), False),
        (_figure(matches, ",.0f"), False),
        (_figure(completeness, ".2%"), completeness is not None and completeness < INCOMPLETE),
        (_figure(error, ".4f"), error is not None and error > MISCALIBRATED),
        (_figure(moved, ".3f"), moved is not None and float(str(moved)) > charts.DRIFTED),
    ]


def _figure(value: object, form: str) -> str:
    return format(value, form) if isinstance(value, int | float) else "unknown"


def _render(title: str, lead: list[str], rows: list[list[tuple[str, bool]]], sections: list[Section], made: str = "") -> str:
    from jinja2 import Environment

    source = resources.files(__package__ or "").joinpath("linkage.html").read_text(encoding="utf-8")
    # The pictures are SVG that this program drew; everything else is escaped.
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    return template.render(title=title, lead=lead, heads=HEADS, rows=rows, sections=sections, made=made)


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        msg = f"{path}: cannot be written ({error.strerror}). Name a file in a directory that is there."
        raise UsageError(msg) from error
