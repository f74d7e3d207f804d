"""What an operator sees in the terminal: progress, the summary of a night, one finding in full.

Progress and summary are counts. A finding shows persons' data: it is printed only when somebody asks for it by its number.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
from rich.console import Console

from reconcile.feedback import Receipt
from reconcile.link.explain import Explained
from reconcile.pipeline import Progress
from reconcile.report import finding, layout, summary
from reconcile.settings import Costs

OUT = Console(highlight=False, soft_wrap=True)
ERRORS = Console(stderr=True, highlight=False, soft_wrap=True)
ABREAST = 3
"""Records that stand beside each other."""


def show_progress(progress: Progress) -> None:
    """One line for a stage that has ended."""
    OUT.print(f"{progress.stage.name:<12} {progress}", markup=False)


def show_summary(home: Path) -> None:
    """Tables of the last good night and where its files are.

    Raises:
        UsageError: when nothing was published yet.

    """
    for one in summary.tables(home):
        OUT.print(one)


def show_measures(home: Path) -> None:
    """Tables of how stations answered so far.

    Raises:
        UsageError: when nothing was published yet.

    """
    for one in summary.measures(home):
        OUT.print(one)


def show_receipts(receipts: list[Receipt]) -> None:
    """Two lines for each returned file: what became of its rows, and where its receipt is."""
    for one in receipts:
        counts = "".join(f"  {name} {getattr(one, name):,}" for name in ("accepted", "repeated", "refused", "unanswered"))
        OUT.print(f"{one.file}{counts}{one.problem and '  '}{one.problem}\n  receipt  {one.path}", markup=False)


def show_finding(home: Path, finding_id: str, costs: Costs) -> None:
    """Everything the last good night knows about one finding: what, about whom, field by field, and what happened to it.

    Raises:
        UsageError: when there is no such finding.

    """
    told = finding.read(home, finding_id, costs)
    OUT.print(layout.facts(told.about))
    OUT.print(layout.table("Records", told.records))
    for values in _side_by_side(told):
        OUT.print(layout.table("Side by side, as of " + str(told.as_of), values))
    numbers = {(kind, key): no for no, kind, key in told.records.select("no", "record_type", "record_key").rows()}
    for one in told.pairs:
        title = f"Records {numbers[one.left]} and {numbers[one.right]}: levels and weights (bits)"
        OUT.print(layout.table(title, _summed(one).drop("left_value", "right_value")), layout.facts(_outcome(one)))
    if len(told.pairs) == finding.MOST_PAIRS:
        OUT.print("Other pairs of these records: reconcile explain TYPE:KEY TYPE:KEY")
    if not told.pairs and told.evidence.height:
        beside = told.evidence.join(told.records.select("record_type", "record_key", record="no"), on=["record_type", "record_key"])
        OUT.print(layout.table("As last found", beside.select("field", "record", "register_value", "source_value", "agreement", "weight")))
    for title, frame in (
        ("Answers", told.answers),
        ("History", told.history),
        ("Changed since it was dismissed", told.since_dismissed),
        ("Changed since it was last found", told.since_found),
    ):
        if frame.height:
            OUT.print(layout.table(title, frame))


def show_pair(explained: Explained) -> None:
    """Why two records were, or were not, taken for one person."""
    (left_type, left_key), (right_type, right_key) = explained.left, explained.right
    OUT.print(layout.facts({"left": f"{left_type}:{left_key}", "right": f"{right_type}:{right_key}"}))
    OUT.print(layout.table("Levels and weights (bits)", _summed(explained)), layout.facts(_outcome(explained)))


def _summed(explained: Explained) -> pl.DataFrame:
    """Fields with the running sum of their weights."""
    return explained.fields.drop("level").with_columns(sum=pl.col("weight").cum_sum()).rename({"weight": "bits"})


def _outcome(explained: Explained) -> dict[str, object]:
    """What was decided, by which rule, and whether the night did."""
    tier = f", tier {explained.tier}" if explained.tier else ""
    veto = f", because of {explained.veto}" if explained.veto else ""
    return {
        "decision": f"{explained.decision}{tier}{veto}",
        "by rule": explained.why,
        "probability": f"{explained.probability:.6f} ({explained.bits:.2f} bits)",
        "passes": " ".join(explained.passes) or "none",
        "how": explained.how,
        "model": f"{explained.job} {explained.version}",
    }


def _side_by_side(told: finding.Told) -> list[pl.DataFrame]:
    """Fields as rows and records as columns, as many records beside each other as a page of 80 columns holds."""
    order = {field: place for place, field in enumerate(told.values["field"].unique(maintain_order=True))}
    numbers = told.records["no"].to_list()
    frames: list[pl.DataFrame] = []
    for start in range(0, len(numbers), ABREAST):
        chosen = [no for no in numbers[start : start + ABREAST] if no in told.values["no"]]
        part = told.values.filter(pl.col("no").is_in(chosen), pl.col("value").fill_null("") != "")
        if part.height:
            wide = part.sort("no").pivot("no", index="field", values="value", aggregate_function="first")
            frames.append(wide.sort(pl.col("field").replace_strict(order)))
    return frames
