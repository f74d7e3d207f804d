"""What two dates can have in common: a slip of the pen, an exchange, the calendar; columns ``l`` and ``r``."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import polars as pl

from reconcile.standardise.reference import lunar_months

_FILLERS = ((1900, 1, 1), (1899, 12, 31), (1899, 12, 30), (9999, 12, 31))
_PLACES = 8
_YEAR_SLIPS = (1, 2, 10)
_YEARS_OFF = (3, 4, 5)


@cache
def lunar_calendar() -> pl.DataFrame:
    """Every lunar date that is also a possible solar date: ``typed`` (its digits) and ``solar`` (the day it means).

    A leap month shares its digits with the month before it, so ``typed`` may stand twice.
    """
    frame = lunar_months().with_columns(day=pl.int_ranges(1, pl.col("days") + 1))
    days = frame.explode("day").with_columns(
        solar=pl.col("first") + pl.duration(days=pl.col("day") - 1),
        is_possible=~((pl.col("month") == 2) & (pl.col("day") > 28 + _leap(pl.col("year")))),  # noqa: PLR2004 - February
    )
    return days.filter("is_possible").select(typed=pl.date("year", "month", "day"), solar="solar")


def _leap(year: pl.Expr) -> pl.Expr:
    return (((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)).cast(pl.Int8)


@cache
def _lunar_pairs() -> pl.DataFrame:
    """Dates ``l`` and ``r`` of which one is the other's lunar date."""
    calendar = lunar_calendar()
    both = pl.concat([calendar.select(l="typed", r="solar"), calendar.select(l="solar", r="typed")])
    return both.unique(maintain_order=True)


def _lunar(pairs: pl.DataFrame) -> pl.Series:
    """Whether one date of a pair is the other's lunar date; columns ``l`` and ``r``."""
    days = (pl.col("l") - pl.col("r")).dt.total_days().abs()
    near = pairs.with_row_index("place").filter(days.is_between(*_lunar_days()))
    found = np.zeros(pairs.height, dtype=np.bool_)
    found[near.join(_lunar_pairs(), on=["l", "r"], how="semi")["place"].to_numpy()] = True
    return pl.Series(found)


@cache
def _lunar_days() -> tuple[int, int]:
    """Fewest and most days between a day and its lunar date: most pairs need not be looked up."""
    apart = lunar_calendar().select((pl.col("solar") - pl.col("typed")).dt.total_days().abs().alias("days"))["days"]
    return int(apart.min()), int(apart.max())  # type: ignore[arg-type]


def _digits(date: pl.Series) -> np.ndarray:
    """Digits of dates as eight columns; those of a missing date are zero."""
    number = date.dt.year() * 10_000 + date.dt.month().cast(pl.Int32) * 100 + date.dt.day().cast(pl.Int32)
    powers = 10 ** np.arange(_PLACES - 1, -1, -1, dtype=np.int32)
    return (number.fill_null(0).to_numpy()[:, None] // powers % 10).astype(np.int8)


def _slips(pairs: pl.DataFrame) -> dict[str, pl.Series]:
    """Per pair of dates: in how many places the digits differ, and whether two neighbours stand the other way round somewhere."""
    left, right = _digits(pairs["l"]), _digits(pairs["r"])
    unlike = left != right
    turned = (left[:, :-1] == right[:, 1:]) & (left[:, 1:] == right[:, :-1])
    exchanged = (unlike[:, :-1] & unlike[:, 1:] & turned).any(axis=1)
    return {"unlike": pl.Series(unlike.sum(axis=1, dtype=np.int8)), "is_exchanged": pl.Series(exchanged)}


def _is_same_day(years_off: tuple[int, ...]) -> pl.Expr:
    """The same day and month of a year so many years away."""
    same_day = (pl.col("l").dt.month() == pl.col("r").dt.month()) & (pl.col("l").dt.day() == pl.col("r").dt.day())
    return same_day & (pl.col("l").dt.year() - pl.col("r").dt.year()).abs().is_in(years_off)


def is_one_digit() -> pl.Expr:
    """One digit replaced, two neighbours exchanged, or the same day of a year 1, 2 or 10 away."""
    # A first digit alone is a century, not a slip of the pen that leaves a living person.
    return (pl.col("unlike") == 1) | ((pl.col("unlike") == 2) & pl.col("is_exchanged")) | _is_same_day(_YEAR_SLIPS)  # noqa: PLR2004 - two digits


def is_two_slips() -> pl.Expr:
    """Two digits replaced, or the same day of a year 3 to 5 away."""
    return (pl.col("unlike") == 2) | _is_same_day(_YEARS_OFF)  # noqa: PLR2004 - two digits


def is_swap() -> pl.Expr:
    """Day and month exchanged in one year."""
    same_year = pl.col("l").dt.year() == pl.col("r").dt.year()
    return same_year & (pl.col("l").dt.month() == pl.col("r").dt.day()) & (pl.col("l").dt.day() == pl.col("r").dt.month())


def is_default() -> pl.Expr:
    """One of the two stands for unknown: a known filler, or 1 January of the other's year."""
    fillers = [dt.date(*filler) for filler in _FILLERS]
    same_year = pl.col("l").dt.year() == pl.col("r").dt.year()
    first = pl.any_horizontal((pl.col(side).dt.month() == 1) & (pl.col(side).dt.day() == 1) for side in ("l", "r"))
    return pl.col("l").is_in(fillers) | pl.col("r").is_in(fillers) | (same_year & first)


def by_distinct(frame: pl.DataFrame, left: str, right: str, level: pl.Expr) -> pl.Series:
    """Levels of two columns of dates, found once for each pair of values; ``level`` sees l, r, is_lunar, unlike and is_exchanged."""
    pairs = frame.select(l=left, r=right)
    distinct = pairs.unique(maintain_order=True)
    distinct = distinct.with_columns(_lunar(distinct).alias("is_lunar"), **_slips(distinct)).with_columns(level.alias("level"))
    return pairs.join(distinct, on=["l", "r"], how="left", nulls_equal=True, maintain_order="left")["level"]
