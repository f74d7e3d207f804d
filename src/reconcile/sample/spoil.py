"""Writes a file as the offices of a hard world do: the habits of ``habits`` on the text of a table, with what ``keep`` leaves alone."""

from __future__ import annotations

import zlib
from collections import Counter

import numpy as np
import polars as pl

from reconcile.sample.habits import Cells, Habit, Touch, discover
from reconcile.sample.keep import Keep, keys_and_persons
from reconcile.sample.names import Bools
from reconcile.sample.world import World


class Spoiler:
    """The habits on their way through the files of a world.

    Attributes:
        written: (habit, extract, column) → cells rewritten.
        fitting: the same → cells that could have been.

    """

    def __init__(self, world: World) -> None:
        """Nothing is rewritten in a plain world."""
        self._seed = world.seed
        self._keep = Keep(world)
        self._habits = list(discover()) if world.hard else []
        self.written: Counter[tuple[str, str, str]] = Counter()
        self.fitting: Counter[tuple[str, str, str]] = Counter()

    def spoil(self, extract: str, table: pl.DataFrame, text: pl.DataFrame) -> pl.DataFrame:
        """Rewrite the text of a table (rows in the same order, ``table`` with its hidden ``_pid``)."""
        if not self._habits:
            return text
        columns: list[pl.Series] = []
        for column in text.get_columns():
            met = [habit for habit in self._habits if column.name in habit.where.get(extract, ())]
            spoilt = column
            if met and column.dtype == pl.String:
                free = self._keep.losable(column.name, *keys_and_persons(table, extract))
                spoilt = self._column(extract, column, met, free)
            columns.append(spoilt.alias(column.name))
        return pl.DataFrame(columns)

    def _column(self, extract: str, column: pl.Series, met: list[Habit], free: Bools) -> pl.Series:
        taken = np.zeros(len(column), dtype=np.bool_)
        result = column.clone()
        for habit in met:
            rng = np.random.default_rng([self._seed, zlib.crc32(f"{habit.name}/{extract}/{column.name}/{len(column)}".encode())])
            drawn = rng.random(len(column)) < habit.rate
            fits = _fitting(habit, column) & ~taken & (free | (habit.touch is Touch.FORM))
            rows = np.flatnonzero(fits & drawn)
            place = (habit.name, extract, column.name)
            self.fitting[place] += int(fits.sum())
            self.written[place] += len(rows)
            if len(rows):
                taken[rows] = True
                result = result.scatter(rows, habit.rewrite(column.gather(rows), rng))
        return result


def _fitting(habit: Habit, column: pl.Series) -> Bools:
    """Cells that the habit could meet."""
    if habit.cells is Cells.EMPTY:
        return column.is_null().to_numpy()
    filled = column.str.contains(habit.fits) if habit.fits else column.is_not_null()
    return filled.fill_null(value=False).to_numpy()
