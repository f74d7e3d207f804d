"""What an operator sees in the terminal: progress, the summary of a night, one finding in full.

Progress and summary are counts. A finding shows persons' data: it is printed only when somebody asks for it by its number.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import polars as pl
from rich import box
from rich.console import Console
from rich.table import Table

from reconcile import storage
from reconcile.check import Checked, told
from reconcile.compare import Comparison
from reconcile.doctor import Level, Result
from reconcile.errors import OtherTablesError
from reconcile.evaluate import Evaluation
from reconcile.feedback import Receipt
from reconcile.home import Home
from reconcile.in_force import InForce
from reconcile.link.explain import Explained
from reconcile.pipeline import Progress
from reconcile.report import finding, layout, nights, summary


class Screen(Console):
    """A console whose reader may go away or whose disk may be full: the work goes on, what is shown is lost."""

    def print(self, *objects: Any, **options: Any) -> None:  # noqa: ANN401 - whatever rich takes
        """Print, unless nobody can be told any more."""
        try:
            super().print(*objects, **options)
        except OSError:
            self.on_broken_pipe()

    def on_broken_pipe(self) -> None:
        """Be quiet from now on; what Python still holds for the stream must not fail when the program ends."""
        self.quiet = True
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())


OUT = Screen(highlight=False, soft_wrap=True)
ERRORS = Screen(stderr=True, highlight=False, soft_wrap=True)
ABREAST = 3
"""Records that stand beside each other."""
_COLOURS = {Level.OK: None, Level.WARNING: "yellow", Level.RED: "red"}
MOST_CHANGES = 40
"""Changes that are listed; a file holds all of them."""


def write_whatever_comes() -> None:
    """Let a terminal that cannot show a character show its number instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def show_line(line: str) -> None:
    """One line, as it is."""
    OUT.print(line, markup=False)


def show_progress(progress: Progress) -> None:
    """One line for a stage that has ended."""
    show_line(f"{progress.stage.name:<12} {progress}")


def show_fact(name: str, value: object) -> None:
    """One line: what something is or where it was written."""
    show_line(f"{name:<10} {value}")


def show_what_is_there(*parts: Callable[[], object]) -> None:
    """Show parts of a night; where another version of the program wrote it, those that it has, and in one sentence what it has not."""
    missing: dict[str, None] = {}
    for part in parts:
        try:
            part()
        except OtherTablesError as error:
            missing[error.missing] = None
        except OSError as error:  # a page that cannot be written hides no figure
            ERRORS.print(f"not written: {storage.explained(error) or type(error).__name__}", markup=False)
    if missing:
        told = "Written by another version of the program: it has"
        OUT.print(f"{told} {', '.join(missing)}; what rests on that is left out. The next night has it.", markup=False)


def show_summary(home: Home, day: dt.date | None = None) -> None:
    """Tables of the last or another night and where its files are.

    Raises:
        UsageError: when nothing was published yet, or that night was not.

    """
    for table in summary.tables(home, day):
        OUT.print(table)


def show_measures(home: Home, day: dt.date | None = None) -> None:
    """Tables of how stations answered so far.

    Raises:
        UsageError: when nothing was published yet, or that night was not.

    """
    for table in summary.measures(home, day):
        OUT.print(table)


def show_settings(found: list[InForce], meant_for_nothing: list[str]) -> None:
    """One line for each setting; those that somebody set stand out, and last what was set and is none."""
    for one in found:
        OUT.print(f"{one.name:<38} {one.value:<24} {one.source}", markup=False, style="bold" if one.source != "default" else "")
    for line in meant_for_nothing:
        OUT.print(line, markup=False, style="yellow")


def show_headline(night: nights.Newest) -> None:
    """How the newest night ended."""
    OUT.print(night.headline, markup=False, style="" if night.is_published else "red")


def show_nights(frame: pl.DataFrame) -> None:
    """One line for each night, and why it was not published."""
    if frame.is_empty():
        OUT.print("No night was run since then.")
        return
    for table in summary.nights(frame):
        OUT.print(table)


def show_checkup(results: list[Result]) -> None:
    """One line a check, and under each that is not well one sentence of advice."""
    for name, line in results:
        OUT.print(
            f"{line.level:<8} {name:<14} {line.seen}", markup=False, style={Level.RED: "red", Level.WARNING: "yellow"}.get(line.level)
        )
        if line.advice:
            OUT.print(f"{'':<23} {line.advice}", markup=False)


def show_comparison(comparison: Comparison) -> None:
    """Counts of what changed from one side to the other, and the first of the changes; ids and keys, nobody's data."""
    OUT.print(layout.facts({"before": comparison.before, "after": comparison.after}))
    for title, frame in (("Findings", comparison.findings), ("Persons", comparison.persons), ("Pairs decided otherwise", comparison.pairs)):
        if frame.height:
            OUT.print(layout.table(title, frame))
    total = comparison.changes.height
    if total:
        listed = f"Changes, the first {MOST_CHANGES} of {total:,}; --out FILE.csv has them all" if total > MOST_CHANGES else "Changes"
        OUT.print(layout.table(listed, comparison.changes.head(MOST_CHANGES)))
    else:
        OUT.print("\nNothing changed.")


def show_check(checked: Checked) -> None:
    """What a night would make of each file of an inbox: names, counts and lines, nobody's data."""
    for line in told.lines(checked):
        OUT.print(line, markup=False)


def show_receipts(receipts: list[Receipt]) -> None:
    """Two lines for each returned file: what became of its rows, and where its receipt is."""
    for receipt in receipts:
        counts = "".join(f"  {name} {getattr(receipt, name):,}" for name in ("accepted", "repeated", "refused", "unanswered"))
        OUT.print(f"{receipt.file}{counts}{receipt.problem and '  '}{receipt.problem}\n  receipt  {receipt.path}", markup=False)


def show_evaluation(evaluation: Evaluation) -> None:
    """Findings against the truth, decoys, and long names against the rest."""
    types = _figures("Findings against the truth", evaluation.types)
    types.add_section()
    types.add_row("macro", *[""] * 5, "" if evaluation.macro_f1 is None else f"{evaluation.macro_f1:.3f}")
    OUT.print(types)
    OUT.print(f"Not built yet: {', '.join(evaluation.not_built) or 'none'}", markup=False)
    OUT.print(f"Listed as dead, and not so by the truth: {evaluation.living_as_dead}", markup=False)
    decoys = _figures("Decoys", evaluation.decoys.with_columns(rate=pl.col("flagged") / pl.col("groups")))
    if evaluation.decoy_rate is not None:
        decoys.add_section()
        decoys.add_row("all", *(str(evaluation.decoys[column].sum()) for column in ("groups", "flagged")), f"{evaluation.decoy_rate:.4f}")
    OUT.print(decoys, _figures("Names", evaluation.names), sep="\n")


def _figures(title: str, frame: pl.DataFrame) -> Table:
    """A frame of counts and shares, these with three decimals."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=0)
    for name, dtype in frame.schema.items():
        table.add_column(name.replace("_", " "), justify="right" if dtype.is_numeric() else "left", no_wrap=True)
    for row in frame.iter_rows():
        table.add_row(*("" if cell is None else f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row))
    return table


def show_finding(full: finding.FullFinding) -> None:
    """Everything the last good night knows about one finding: what, about whom, field by field, and what happened to it."""
    OUT.print(layout.facts(full.about))
    OUT.print(layout.table("Records", full.records))
    for values in _side_by_side(full):
        OUT.print(layout.table("Side by side, as of " + str(full.as_of), values))
    numbers = {(kind, key): no for no, kind, key in full.records.select("no", "record_type", "record_key").rows()}
    for pair in full.pairs:
        title = f"Records {numbers[pair.left]} and {numbers[pair.right]}: levels and weights (bits)"
        OUT.print(layout.table(title, _summed(pair).drop("left_value", "right_value")), layout.facts(_outcome(pair)))
    if len(full.pairs) == finding.MOST_PAIRS:
        OUT.print("Other pairs of these records: reconcile explain TYPE:KEY TYPE:KEY")
    if not full.pairs and full.evidence.height:
        beside = full.evidence.join(full.records.select("record_type", "record_key", record="no"), on=["record_type", "record_key"])
        OUT.print(layout.table("As last found", beside.select("field", "record", "register_value", "source_value", "agreement", "weight")))
    for title, frame in (
        ("Answers", full.answers),
        ("History", full.history),
        ("Changed since it was dismissed", full.since_dismissed),
        ("Changed since it was last found", full.since_found),
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
        "explanations": "; ".join(f"{explanation.sentence} {share:.2%}" for explanation, share in explained.shares.items()),
        "passes": " ".join(explained.passes) or "none",
        "how": explained.how,
        "model": f"{explained.job} {explained.version}",
    }


def _side_by_side(full: finding.FullFinding) -> list[pl.DataFrame]:
    """Fields as rows and records as columns, as many records beside each other as a page of 80 columns holds."""
    order = {field: position for position, field in enumerate(full.values["field"].unique(maintain_order=True))}
    numbers = full.records["no"].to_list()
    frames: list[pl.DataFrame] = []
    for start in range(0, len(numbers), ABREAST):
        chosen = [no for no in numbers[start : start + ABREAST] if no in full.values["no"]]
        part = full.values.filter(pl.col("no").is_in(chosen), pl.col("value").fill_null("") != "")
        if part.height:
            wide = part.sort("no").pivot("no", index="field", values="value", aggregate_function="first")
            frames.append(wide.sort(pl.col("field").replace_strict(order)))
    return frames
