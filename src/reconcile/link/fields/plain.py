"""Fields that are the same or not, no value of them being nearly another; also records that the linkage did not compare."""

from __future__ import annotations

import polars as pl

from reconcile.link.fields.level import MISSING, OTHER, SAME, Level, Meaning, level_of

WORDS = {Meaning.AGREES: SAME, Meaning.CONTRADICTS: OTHER, Meaning.UNKNOWN: "未填写"}
NAMES = {Meaning.AGREES: "equal", Meaning.CONTRADICTS: "different", Meaning.UNKNOWN: MISSING}


def level(
    meaning: Meaning,
    sentence: str,
    m: float,
    u: float,
    *,
    birth: float | None = None,
    family: float | None = None,
    namesakes: float | None = None,
) -> Level:
    """One of the three levels of a plain field; its shares as ``Level`` has them."""
    return Level(
        NAMES[meaning],
        meaning,
        sentence,
        WORDS[meaning],
        m,
        u,
        is_told=meaning is not Meaning.UNKNOWN,
        birth=birth,
        family=family,
        namesakes=namesakes,
    )


EQUAL = level(Meaning.AGREES, "the values are the same", 0.9, 0.1)
DIFFERENT = level(Meaning.CONTRADICTS, "the values differ", 0.1, 0.9)
MISSING_VALUE = level(Meaning.UNKNOWN, "a value is missing", 0.1, 0.1)
LEVELS = (EQUAL, DIFFERENT, MISSING_VALUE)
"""For values that no field of the linkage compares; their shares are used by nobody."""


def agreement(left: pl.Expr, right: pl.Expr, absent: pl.Expr) -> pl.Expr:
    """Name of the plain level of two values; ``absent`` where one of them says nothing."""
    return level_of([(absent, MISSING_VALUE), (left == right, EQUAL)], DIFFERENT)


def of_column(frame: pl.DataFrame, column: str, unstated: tuple[str, ...] = ("",)) -> pl.Series:
    """Level of each row by one column; its ``unstated`` values say nothing."""
    left, right = pl.col(f"l_{column}"), pl.col(f"r_{column}")
    absent = left.fill_null("").is_in(unstated) | right.fill_null("").is_in(unstated)
    return frame.select(agreement(left, right, absent).alias("level")).to_series()
