"""What an operator sees in the terminal: progress, the summary of a night, one finding in full.

Progress and summary are counts. A finding shows persons' data: it is printed only when somebody asks for it by its number.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from reconcile.errors import UsageError
from reconcile.feedback import Receipt
from reconcile.pipeline import Progress
from reconcile.report import summary
from reconcile.store import Reader

OUT = Console(highlight=False, soft_wrap=True)
ERRORS = Console(stderr=True, highlight=False, soft_wrap=True)


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


def show_finding(home: Path, finding_id: str) -> None:
    """Everything the last good night knows about one finding: what, about whom, field by field, and what happened to it.

    Raises:
        UsageError: when there is no such finding.

    """
    with Reader(home) as reader:
        found = reader.file("explain/finding", finding_id=finding_id)
        if found.is_empty():
            msg = f"{finding_id}: no such finding in the last publication of {home}."
            raise UsageError(msg)
        OUT.print(table(finding_id, found.drop("finding_id").transpose(include_header=True, header_name="field", column_names=["value"])))
        for title, name in (("Records", "subjects"), ("Side by side", "evidence"), ("History", "history")):
            OUT.print(table(title, reader.file(f"explain/{name}", finding_id=finding_id)))


def table(title: str, frame: pl.DataFrame) -> Table:
    """A frame as a terminal table; numbers stand right with thousands separated."""
    shown = Table(title=title, title_justify="left", title_style="bold")
    for name, dtype in frame.schema.items():
        shown.add_column(name.replace("_", " "), justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        shown.add_row(*("" if value is None else number(value) if isinstance(value, int | float) else str(value) for value in row))
    return shown


def number(value: float) -> str:
    """A count with thousands separated; a share or weight with two decimals."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.2f}"
