"""The birth date, and where one record has none, the age at death."""

from __future__ import annotations

import polars as pl

from reconcile.ladder import first_that_holds
from reconcile.link.explanation import Explanation
from reconcile.link.fields.calendar import by_distinct, is_default, is_one_digit, is_swap, is_two_slips
from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import OTHER, SAME, Field, Level, Meaning, level_of

YEAR_DIGITS = 4
GENERATION_YEARS = 12
"""Parents are at least so much older (CONTRACT §2, kinship_conflict)."""
NEAR_YEARS = 2
"""Counted ages (虚岁) and registrations made to change an age stay within it."""
AGE_YEARS = 3
"""How far an age at death may stray: counted ages (虚岁) run one or two years ahead, and birthdays one."""

EQUAL = Level("equal", Meaning.AGREES, "the birth dates are the same", SAME, 0.93, 4e-5, birth=0.93, family=0.0001, namesakes=0.93)
EQUAL_AGE_OFF = Level(
    "equal_age_off",
    Meaning.UNKNOWN,
    "the birth dates are the same, the age at death does not fit them",
    "一致，但与死亡年龄不符",
    0.002,
    1e-6,
    birth=0.002,
    family=1e-06,
    namesakes=0.002,
)
# Children of one mother are not born within weeks of each other, nor hardly ever in two exchanged months of one year: only an error
# in one of their dates makes them look so.
SWAP = Level("swap", Meaning.SLIP, "day and month are exchanged", "月日颠倒", 0.004, 5e-5, birth=0.004, family=2e-6, namesakes=0.004)
LUNAR = Level(
    "lunar",
    Meaning.SLIP,
    "one is the other's date of the lunar calendar",
    "疑为农历、公历之差",
    0.006,
    5e-5,
    birth=0.006,
    family=2e-6,
    namesakes=0.006,
)
ONE_DIGIT = Level(
    "one_digit",
    Meaning.SLIP,
    "the birth dates are of one year and differ in one digit or two exchanged digits",
    "疑为录错一位数字",
    0.007,
    6e-4,
    birth=0.007,
    family=1e-5,
    namesakes=0.007,
)
# Brothers and sisters are born on one day of two years; a year is mistaken as well, or was made to change an age.
YEAR_DIGIT = Level(
    "year_digit",
    Meaning.SLIP,
    "the birth dates differ in one digit or two exchanged digits of the year, or by 1, 2 or 10 years",
    "疑为录错年份",
    0.004,
    6e-4,
    birth=0.004,
    family=0.005,
    namesakes=0.004,
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
# Two slips are as often two dates: brothers and sisters are born so. No error of a known kind, hence no agreement by itself.
TWO_SLIPS = Level(
    "two_slips",
    Meaning.CONTRADICTS,
    "the birth dates differ by two slips: the same day of a year 3 to 5 years off, or two digits",
    f"{OTHER}（疑有两处录错）",
    0.004,
    1e-2,
    birth=0.0001,
    family=0.02,
    namesakes=0.001,
)
MONTH = Level(
    "month",
    Meaning.TOLERATED,
    "the same month, and one day is not known",
    "年月一致，日未填写",
    0.004,
    8e-5,
    birth=0.004,
    family=2e-6,
    namesakes=0.004,
)
YEAR = Level(
    "year",
    Meaning.TOLERATED,
    "the same year, and one month is not known",
    "年份一致，月日未填写",
    0.004,
    8e-4,
    birth=0.004,
    family=0.01,
    namesakes=0.004,
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
    namesakes=0.01,
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
            (is_one_digit() & (years == 0), ONE_DIGIT),
            (is_one_digit(), YEAR_DIGIT),
            (is_default(), DEFAULT),
            (is_two_slips() & (years < GENERATION_YEARS), TWO_SLIPS),
            (years == 0, SAME_YEAR),
            (years <= NEAR_YEARS, NEAR),
            (years >= GENERATION_YEARS, GENERATION),
        ],
        DIFFERENT,
    )
    level = by_distinct(frame, "l_birth_date", "r_birth_date", by_dates)
    if "l_birth_date_partial" in frame.columns:
        level = _partly(frame).fill_null(level)
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


def _partly(frame: pl.DataFrame) -> pl.Series:
    """Level where of one date only the year, or year and month, are known; null elsewhere."""
    dates = [f"{side}_birth_date" for side in ("l", "r")]
    texts = frame.select(
        (
            pl.when(pl.any_horizontal(pl.col(*dates).is_null())).then(pl.coalesce(pl.col(date).dt.to_string("%Y-%m-%d"), f"{date}_partial"))
        ).alias(date[0])
        for date in dates
    )
    left, right = pl.col("l"), pl.col("r")
    known = pl.min_horizontal(left.str.len_chars(), right.str.len_chars())
    years = (left.str.head(YEAR_DIGITS).cast(pl.Int32) - right.str.head(YEAR_DIGITS).cast(pl.Int32)).abs()
    alike = left.str.head(known) == right.str.head(known)
    level = level_of(
        [
            (alike & (known > YEAR_DIGITS), MONTH),
            (alike, YEAR),
            (years == 0, SAME_YEAR),
            (years <= NEAR_YEARS, NEAR),
            (years >= GENERATION_YEARS, GENERATION),
        ],
        DIFFERENT,
    )
    return texts.select(pl.when(left.is_not_null() & right.is_not_null()).then(level).alias("level")).to_series()


def _level(_field: Field, frame: pl.DataFrame) -> pl.Series:
    return levels(frame)


FIELD = Field(
    "birth_date",
    "birth_date",
    ("birth_date", "birth_date_partial", "age", "death_date"),
    (
        EQUAL, EQUAL_AGE_OFF, SWAP, LUNAR, ONE_DIGIT, YEAR_DIGIT, DEFAULT, MONTH, YEAR, AGE_FITS,
        TWO_SLIPS, SAME_YEAR, NEAR, GENERATION, AGE_OFF, DIFFERENT, MISSING,
    ),
    _level,
    alike_under=(Explanation.BIRTH, Explanation.NAMESAKES),
)  # fmt: skip
