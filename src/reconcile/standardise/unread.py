"""Columns of codes and flags that nobody can read: counted cell by cell, for a person who has to decide what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from reconcile.asked import Readable
from reconcile.contract.columns import Column
from reconcile.contract.tables import EXTRACTS, Extract
from reconcile.standardise import codes
from reconcile.standardise import text as plain
from reconcile.standardise.table import codes_of, with_local_codes
from reconcile.store import Store

_SHOWN = 3
_MOST_CODES = 20
"""Unreadable texts of more kinds than that are no codes: perhaps names, in a column that slipped."""
_LEAST_CELLS = 3
_LONGEST_CODE = 10
"""A text that fewer cells hold, or a longer one, is not shown either."""


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """One column of one file.

    Attributes:
        file: file it came in.
        column: canonical name.
        heading: the Chinese heading.
        unread: cells that hold a text which is no known code.
        filled: cells that state something, read or not.
        codes: how many different texts cannot be read.
        examples: the most frequent of them with their cells; only what looks like a code.

    """

    file: str
    column: str
    heading: str
    unread: int
    filled: int
    codes: int
    examples: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float:
        """Share of the filled cells that cannot be read."""
        return self.unread / self.filled if self.filled else 0.0

    def __str__(self) -> str:
        """Name file, column and counts; a value only where it is a code."""
        shown = ", ".join(f"{text!r} in {cells:,}" for text, cells in self.examples)
        counts = (
            f"{self.unread:,} of {self.filled:,} filled cells cannot be read ({self.codes:,} different code{'' if self.codes == 1 else 's'}"
        )
        return f"{self.file}: {self.column} ({self.heading}): {counts}{f', most often {shown}' if shown else ''})"


def columns(store: Store, floor: int) -> Iterator[UnreadColumn]:
    """Columns with more unreadable cells than ``floor``, of files that no good run has published yet, by file and column."""
    for load_id, file, extract, name in store.run_file("ops/unread_columns", unread_floor=floor).fetchall():
        yield of_load(store, load_id, file, EXTRACTS[extract], name)


def of_load(asked: Readable, load_id: int, file: str, extract: type[Extract], name: str) -> UnreadColumn:
    """What cannot be read of one column of codes or flags of one load."""
    column = extract.fields[name].column
    read = _texts(asked, load_id, extract, column)
    unread = read.filter(pl.col("rule").is_not_null()).select("text", "cells").sort("cells", "text", descending=[True, False])
    filled = read.filter(pl.col("rule").is_not_null() | pl.col("value").is_not_null())["cells"].sum()
    return UnreadColumn(file, name, column.chinese, int(unread["cells"].sum()), int(filled), unread.height, _examples(unread))


def _texts(asked: Readable, load_id: int, extract: type[Extract], column: Column) -> pl.DataFrame:
    """Different texts of one column of one load: ``text``, ``cells``, and ``value`` and ``rule`` as they are read."""
    name = column.name
    counted = f"SELECT _load_id, {name}, count(*) AS cells FROM raw.{extract.name} WHERE _load_id = $load_id GROUP BY _load_id, {name}"
    local = asked.frame("SELECT * FROM ref.profile_code WHERE load_id = $load_id AND column_name = $name", load_id=load_id, name=name)
    texts = with_local_codes(asked.frame(counted, load_id=load_id), extract, local)
    values = texts.lazy().select(plain.folded(pl.col(name)).alias("text"), "cells").group_by("text").agg(pl.sum("cells"))
    # As a code, also where it is a flag: an empty flag reads as no, and states nothing all the same.
    return codes.read_code(values, codes_of(column), column.kind).collect()


def _examples(unread: pl.DataFrame) -> tuple[tuple[str, int], ...]:
    if unread.height > _MOST_CODES:
        return ()
    like_a_code = (pl.col("cells") >= _LEAST_CELLS) & (pl.col("text").str.len_chars() <= _LONGEST_CODE)
    return tuple(unread.filter(like_a_code).head(_SHOWN).iter_rows())
