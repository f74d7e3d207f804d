"""What every reader hands over: headings first, then rows as text behind an SQL ``FROM``.

Every relation has the columns ``_line`` and ``c0``, ``c1``, … in the order of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from reconcile.errors import InputRefusedError, Place
from reconcile.ingest.discover import Delivery
from reconcile.ingest.split import Spoiled

HINT_LINES = 10
"""So many lines are searched for headings when the first line has none."""


@dataclass(frozen=True, slots=True)
class Head:
    """The heading line: its fields, where it stands, and how the file was read."""

    headings: tuple[str, ...]
    first_line: int
    last_line: int
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of a file.

    Attributes:
        sql: what stands behind FROM.
        frame: rows in memory, to be registered under the name in ``sql``; None when DuckDB reads them from disk.
        records: number of rows that DuckDB must find, rejected ones included; None when it cannot lose any.
        spoiled: lines that are no records.
        is_whole: whether these are all rows of the file, not its beginning.
        sheets: names of the sheets they come from, where there are several, each with its first line.
        left_out: names of sheets that are not read.
        notes: what a person should know who sees only the values of a workbook.

    """

    sql: str
    frame: pl.DataFrame | None = None
    records: int | None = None
    spoiled: list[Spoiled] = field(default_factory=list[Spoiled])
    is_whole: bool = True
    sheets: tuple[tuple[str, int], ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """What loading needs of a file."""

    def head(self) -> Head:
        """Headings; raises InputRefusedError when there are none to be found."""
        ...

    def candidates(self) -> list[Head]:
        """Each of the first lines as if it held the headings, for files that people have worked on."""
        ...

    def relation(self, head: Head, *, careful: bool = False, padded: bool = False) -> Relation:
        """Rows; ``careful`` repeats a pass whose rows did not add up, ``padded`` fills rows that end early.

        Spreadsheets leave empty cells at the end of some rows away when they save CSV.
        """
        ...


def suggest(delivery: Delivery, scores: list[tuple[int, int]]) -> None:
    """Say where the headings seem to be when the first line has none; ``scores`` are line numbers and known headings."""
    line, known = max(scores, key=lambda item: item[1], default=(0, 0))
    if known > 1:
        raise InputRefusedError(
            Place(delivery.file, 1),
            f"no heading of {delivery.extract.name} is known; the headings seem to be in line {line}",
            f"Write a profile with header_row = {line} (see the operations manual).",
        )
