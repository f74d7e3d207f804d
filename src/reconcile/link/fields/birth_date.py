"""The birth date, and where one record has none, the age at death."""

from __future__ import annotations

import polars as pl

from reconcile.ladder import first_that_holds
from reconcile.link.fields.calendar import by_distinct, is_default, is_one_digit, is_swap
from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import OTHER, SAME, Field, Level, Meaning, level_of

GENERATION_YEARS = 12
"""Parents are at least so much older (CONTRACT §2, kinship_conflict)."""
NEAR_YEARS = 2
"""Counted ages (虚岁) and registrations made to change an age stay within it."""
AGE_YEARS = 3
"""How far an age at death may stray: counted ages (虚岁) run one or two years ahead, and birthdays one."""

EQUAL = Level("equal", Meaning.AGREES, "the birth dates are the same", SAME, 0.93, 4e-5, birth=0.98, family=0.0001, namesakes=0.96)
EQUAL_AGE_OFF = Level(
    "equal_age_off",
    Meaning.UNKNOWN,
    "the birth dates are the same, the age at death does not fit them",
    "一致，但与死亡年龄不符",
    0.002,
    1e-6,
    birth=0.002,
    family=1e-06,
    namesakes=0.005,
)
SWAP = Level("swap", Meaning.SLIP, "day and month are exchanged", "月日颠倒", 0.004, 5e-5, birth=5e-05, family=0.0005, namesakes=0.001)
LUNAR = Level(
    "lunar",
    Meaning.SLIP,
    "one is the other's date of the lunar calendar",
    "疑为农历、公历之差",
    0.006,
    5e-5,
    birth=0.0001,
    family=0.0005,
    namesakes=0.001,
)
ONE_DIGIT = Level(
    "one_digit",
    Meaning.SLIP,
    "the birth dates differ in one digit, two exchanged digits, or by 1, 2 or 10 years",
    "疑为录错一位数字或年份",
    0.01,
    1.5e-3,
    birth=0.008,
    family=0.005,
    namesakes=0.005,
)
DEFAULT = Level(
    "default",
    Meaning.SLIP,
    "one is a date that stands for unknown",
    "一方为默认日期",
    0.003,
    1e-3,
    is_filler=True,
    birth=0.003,
    family=0.01,
    namesakes=0.003,
)
AGE_FITS = Level(
    "age_fits",
    Meaning.TOLERATED,
    "the age at death fits the birth date",
    "与死亡年龄相符",
    0.01,
    2e-3,
    is_told=False,
    is_indirect=True,
    birth=0.01,
    family=0.002,
    namesakes=0.005,
)
SAME_YEAR = Level(
    "same_year", Meaning.CONTRADICTS, "the same year, another day", OTHER, 0.004, 0.012, birth=0.001, family=0.02, namesakes=0.001
)
NEAR = Level(
    "near",
    Meaning.CONTRADICTS,
    "the birth dates lie at most two years apart",
    f"{OTHER}（年份相差不超过两年）",
    0.004,
    0.045,
    birth=0.001,
    family=0.25,
    namesakes=0.001,
)
GENERATION = Level(
    "generation",
    Meaning.CONTRADICTS,
    "the birth dates lie twelve years or more apart",
    OTHER,
    0.002,
    0.7,
    birth=0.0001,
    family=0.4,
    namesakes=0.0001,
)
AGE_OFF = Level(
    "age_off",
    Meaning.CONTRADICTS,
    "the age at death does not fit the birth date",
    OTHER,
    0.002,
    0.02,
    is_indirect=True,
    birth=0.002,
    family=0.02,
    namesakes=0.002,
)
DIFFERENT = Level("different", Meaning.CONTRADICTS, "the birth dates differ", OTHER, 0.003, 0.21, birth=0.001, family=0.3, namesakes=0.001)
MISSING = Level(ABSENT, Meaning.UNKNOWN, "a birth date is missing", "未填写", 0.02, 0.02, is_told=False)


def levels(frame: pl.DataFrame) -> pl.Series:
    """Level of two birth dates; without a left one, of the age at death (``l_age``, ``l_death_date``) and the right birth date.

    An age that does not fit equal dates is a level of its own; one that fits the other date says that the dates are no slip.
    """
    years = (pl.col("l").dt.year() - pl.col("r").dt.year()).abs()
    by_dates = level_of(
        [
            (pl.col("l").is_null() | pl.col("r").is_null(), MISSING),
            (pl.col("l") == pl.col("r"), EQUAL),
            (is_swap(), SWAP),
            (pl.col("is_lunar"), LUNAR),
            (is_one_digit(), ONE_DIGIT),
            (is_default(), DEFAULT),
            (years == 0, SAME_YEAR),
            (years <= NEAR_YEARS, NEAR),
            (years >= GENERATION_YEARS, GENERATION),
        ],
        DIFFERENT,
    )
    level = by_distinct(frame, "l_birth_date", "r_birth_date", by_dates)
    off = (pl.col("l_death_date").dt.year() - pl.col("r_birth_date").dt.year() - pl.col("l_age")).abs()
    stray, slips = off > AGE_YEARS, [slip.name for slip in FIELD.at(Meaning.SLIP)]
    # A form fills in the birth date of whatever number was given; the age was told by somebody who knew the dead.
    by_age = first_that_holds(
        [
            (level.eq(MISSING.name) & (off <= AGE_YEARS), AGE_FITS.name),
            (level.eq(MISSING.name) & stray, AGE_OFF.name),
            (level.eq(EQUAL.name) & stray, EQUAL_AGE_OFF.name),
            (level.is_in(slips) & stray, AGE_OFF.name),
        ],
        pl.lit(level),
    )
    return frame.select(by_age.alias("level")).to_series()


def _level(_field: Field, frame: pl.DataFrame) -> pl.Series:
    return levels(frame)


FIELD = Field(
    "birth_date",
    "birth_date",
    ("birth_date", "age", "death_date"),
    (
        EQUAL, EQUAL_AGE_OFF, SWAP, LUNAR, ONE_DIGIT, DEFAULT, AGE_FITS,
        SAME_YEAR, NEAR, GENERATION, AGE_OFF, DIFFERENT, MISSING,
    ),
    _level,
)  # fmt: skip
