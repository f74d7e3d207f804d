"""Habits of offices: how the same facts come to be written in a hard world, after truth is fixed.

A habit rewrites cells of the files and nothing else. It is declared once, by ``@habit`` on the function that rewrites the cells it
meets; its sentence is the docstring's first line. Habits are found, not listed. Each draws from a generator of its own, named after seed,
habit, file and column, so that another habit more or less changes no other cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import polars as pl

Places = dict[str, tuple[str, ...]]
"""Extract → columns."""

Rewrite = Callable[[pl.Series, np.random.Generator], pl.Series]
"""Text of the cells a habit meets → how they are written; a null stays out of the way of a habit that does not say ``empty``."""


class Touch(StrEnum):
    """What a habit does to the fact in a cell."""

    FORM = "form"
    """Another way of writing it: a careful reader loses nothing."""
    LOSS = "loss"
    """Nothing, or too little, is left to read. Never on what a case of the truth lives by (see ``keep``)."""


class Cells(StrEnum):
    """Which cells of a column a habit meets."""

    FILLED = "filled"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit.

    Attributes:
        name: what it is called in documents.
        sentence: what is written.
        rate: share of the cells it fits that are written so.
        where: extract → columns it is met in.
        touch: whether the fact survives.
        cells: whether it meets filled or empty cells.
        fits: pattern that a cell must hold to be met.
        rewrite: writes the cells.

    """

    name: str
    sentence: str
    rate: float
    where: Places
    touch: Touch
    cells: Cells
    fits: str
    rewrite: Rewrite


HABITS: dict[str, Habit] = {}


def habit(
    rate: float, where: Places, *, touch: Touch = Touch.FORM, cells: Cells = Cells.FILLED, fits: str = ""
) -> Callable[[Rewrite], Habit]:
    """Declare a function as a habit."""

    def declare(rewrite: Rewrite) -> Habit:
        name = rewrite.__name__
        HABITS[name] = Habit(name, (rewrite.__doc__ or "").splitlines()[0], rate, where, touch, cells, fits, rewrite)
        return HABITS[name]

    return declare


def discover() -> Iterator[Habit]:
    """Every habit of every room of this package; of a cell that several would meet, the first one writes it."""
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        import_module(f"{__name__}.{module.name}")
    yield from HABITS.values()


def picked(rng: np.random.Generator, size: int, words: tuple[str, ...]) -> pl.Series:
    """So many words, drawn with the first ones more often than the last."""
    share = 1 / (np.arange(len(words)) + 3.0)
    return pl.Series(words, dtype=pl.String).gather(rng.choice(len(words), size=size, p=share / share.sum()))


def one_of(values: pl.Series, rng: np.random.Generator, *forms: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """Each value in one of the forms, drawn evenly."""
    form = pl.Series("form", rng.integers(0, len(forms), len(values)))
    text = pl.col("text")
    chosen = text
    for place, write in enumerate(forms):
        chosen = pl.when(pl.col("form") == place).then(write(text)).otherwise(chosen)
    return pl.DataFrame([values.alias("text"), form]).select(chosen).to_series()
