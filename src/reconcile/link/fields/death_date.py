"""The date of death: the same day, nearly, a slip, or another one."""

from __future__ import annotations

import polars as pl

from reconcile.link.fields.calendar import by_distinct, is_swap
from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import OTHER, SAME, Field, Level, Meaning, level_of

MONTH_DAYS = 31

EQUAL = Level("equal", Meaning.AGREES, "the same date of death", SAME, 0.9, 1e-3)
NEAR = Level("near", Meaning.TOLERATED, "dates of death one day apart", "相差一天", 0.05, 2e-3)
SWAP = Level("swap", Meaning.SLIP, "day and month of the death are exchanged", "月日颠倒", 0.004, 1e-3)
LUNAR = Level("lunar", Meaning.SLIP, "one date of death is the other's of the lunar calendar", "疑为农历、公历之差", 0.006, 1e-3)
MONTH = Level("month", Meaning.CONTRADICTS, "dates of death at most 31 days apart", f"{OTHER}（相差不超过31天）", 0.02, 0.05)
DIFFERENT = Level("different", Meaning.CONTRADICTS, "other dates of death", OTHER, 0.015, 0.94)
MISSING = Level(ABSENT, Meaning.UNKNOWN, "a date of death is missing", "未填写", 0.005, 5e-3, is_told=False)


def levels(frame: pl.DataFrame) -> pl.Series:
    """Level of two dates of death."""
    days = (pl.col("l") - pl.col("r")).dt.total_days().abs()
    level = level_of(
        [
            (pl.col("l").is_null() | pl.col("r").is_null(), MISSING),
            (days == 0, EQUAL),
            (days == 1, NEAR),
            (is_swap(), SWAP),
            (pl.col("is_lunar"), LUNAR),
            (days <= MONTH_DAYS, MONTH),
        ],
        DIFFERENT,
    )
    return by_distinct(frame, "l_death_date", "r_death_date", level)


def _level(_field: Field, frame: pl.DataFrame) -> pl.Series:
    return levels(frame)


FIELD = Field("death_date", "death_date", ("death_date",), (EQUAL, NEAR, SWAP, LUNAR, MONTH, DIFFERENT, MISSING), _level)
