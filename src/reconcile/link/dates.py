"""Levels of two dates, and the calendar that turns lunar dates into solar ones."""

from __future__ import annotations

import datetime as dt
from functools import cache

import polars as pl

from reconcile.standardise.reference import lunar_months

_DEFAULTS = ((1900, 1, 1), (1899, 12, 31), (1899, 12, 30), (9999, 12, 31))
GENERATION_YEARS = 12
"""Parents are at least so much older (CONTRACT §2, kinship_conflict)."""
NEAR_YEARS = 2
"""Counted ages (虚岁) and registrations made to change an age stay within it."""
AGE_YEARS = 3
"""How far an age at death may stray: counted ages (虚岁) run one or two years ahead, and birthdays one."""
YEAR_SLIPS = (1, 2, 10)
_SLIPS = ("swap", "lunar", "one_digit", "default")
"""Levels that take one of the dates for a slip of the other; an age that fits the other date only says that it is none."""


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
    return both.unique(maintain_order=True).with_columns(is_lunar=pl.lit(value=True))


def _lunar(pairs: pl.DataFrame) -> pl.Series:
    """Whether one date of a pair is the other's lunar date; columns ``l`` and ``r``."""
    return pairs.join(_lunar_pairs(), on=["l", "r"], how="left", maintain_order="left")["is_lunar"].fill_null(value=False)


def _digits(date: str) -> pl.Expr:
    return pl.col(date).dt.to_string("%Y%m%d")


def _one_digit() -> pl.Expr:
    """One digit replaced, two neighbours exchanged, or the same day of a year 1, 2 or 10 away."""
    unlike = [_digits("l").str.slice(at, 1) != _digits("r").str.slice(at, 1) for at in range(8)]
    crossed = [
        unlike[at]
        & unlike[at + 1]
        & (_digits("l").str.slice(at, 1) == _digits("r").str.slice(at + 1, 1))
        & (_digits("l").str.slice(at + 1, 1) == _digits("r").str.slice(at, 1))
        for at in range(7)
    ]
    count = pl.sum_horizontal(unlike)
    same_day = (pl.col("l").dt.month() == pl.col("r").dt.month()) & (pl.col("l").dt.day() == pl.col("r").dt.day())
    years = (pl.col("l").dt.year() - pl.col("r").dt.year()).abs()
    # A first digit alone is a century, not a slip of the pen that leaves a living person.
    return (count == 1) | ((count == 2) & pl.any_horizontal(crossed)) | (same_day & years.is_in(YEAR_SLIPS))  # noqa: PLR2004 - two digits


def _swap() -> pl.Expr:
    same_year = pl.col("l").dt.year() == pl.col("r").dt.year()
    return same_year & (pl.col("l").dt.month() == pl.col("r").dt.day()) & (pl.col("l").dt.day() == pl.col("r").dt.month())


def _default() -> pl.Expr:
    """One of the two stands for unknown: a known filler, or 1 January of the other's year."""
    fillers = [dt.date(*default) for default in _DEFAULTS]
    same_year = pl.col("l").dt.year() == pl.col("r").dt.year()
    first = pl.any_horizontal((pl.col(side).dt.month() == 1) & (pl.col(side).dt.day() == 1) for side in ("l", "r"))
    return pl.col("l").is_in(fillers) | pl.col("r").is_in(fillers) | (same_year & first)


def _ladder(rules: dict[str, pl.Expr], last: str) -> pl.Expr:
    level = pl.lit(last)
    for name, rule in reversed(rules.items()):
        level = pl.when(rule.fill_null(value=False)).then(pl.lit(name)).otherwise(level)
    return level


def _compared(frame: pl.DataFrame, left: str, right: str, rules: dict[str, pl.Expr], last: str) -> pl.Series:
    """Levels by distinct pairs of dates; ``rules`` see the columns l, r and is_lunar."""
    pairs = frame.select(l=left, r=right)
    distinct = pairs.unique(maintain_order=True)
    distinct = distinct.with_columns(_lunar(distinct).alias("is_lunar")).with_columns(_ladder(rules, last).alias("level"))
    return pairs.join(distinct, on=["l", "r"], how="left", nulls_equal=True, maintain_order="left")["level"]


def birth_levels(frame: pl.DataFrame) -> pl.Series:
    """Level of two birth dates; without a left one, of the age at death (``l_age``, ``l_death_date``) and the right birth date.

    An age that does not fit equal dates is a level of its own.
    """
    years = (pl.col("l").dt.year() - pl.col("r").dt.year()).abs()
    rules = {
        "missing": pl.col("l").is_null() | pl.col("r").is_null(),
        "equal": pl.col("l") == pl.col("r"),
        "swap": _swap(),
        "lunar": pl.col("is_lunar"),
        "one_digit": _one_digit(),
        "default": _default(),
        "same_year": years == 0,
        "near": years <= NEAR_YEARS,
        "generation": years >= GENERATION_YEARS,
    }
    level = _compared(frame, "l_birth_date", "r_birth_date", rules, "different")
    off = (pl.col("l_death_date").dt.year() - pl.col("r_birth_date").dt.year() - pl.col("l_age")).abs()
    by_age = pl.when(off <= AGE_YEARS).then(pl.lit("age_fits")).when(off > AGE_YEARS).then(pl.lit("age_off"))
    # A form fills in the birth date of whatever number was given; the age was told by somebody who knew the dead.
    told = (
        pl.when(level.eq("missing") & by_age.is_not_null())
        .then(by_age)
        .when(level.eq("equal") & (off > AGE_YEARS))
        .then(pl.lit("equal_age_off"))
        .when(level.is_in(_SLIPS) & (off > AGE_YEARS))
        .then(pl.lit("age_off"))
        .otherwise(level)
    )
    return frame.select(told.alias("level")).to_series()


def death_levels(frame: pl.DataFrame) -> pl.Series:
    """Level of two dates of death."""
    days = (pl.col("l") - pl.col("r")).dt.total_days().abs()
    rules = {
        "missing": pl.col("l").is_null() | pl.col("r").is_null(),
        "equal": days == 0,
        "near": days == 1,
        "swap": _swap(),
        "lunar": pl.col("is_lunar"),
        "month": days <= 31,  # noqa: PLR2004 - a month
    }
    return _compared(frame, "l_death_date", "r_death_date", rules, "different")
