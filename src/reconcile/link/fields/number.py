"""The citizen number: one digit or exchange apart, damaged by a spreadsheet, or two that are both valid."""

from __future__ import annotations

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

from reconcile.contract.meanings import PROVEN_STATES
from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import OTHER, SAME, Field, Level, Meaning, level_of
from reconcile.standardise.numbers import PREFIX, cleaned, cut, rounded

DAMAGED = ("excel_tail", "float_damage")
PLACE_AND_DAY = 14
ORDER = 4
"""Order number and check character, in which the numbers of twins differ."""
_ALMOST = r"^\d{16,18}[\dX]$"
"""A number but for a digit, whatever date is inside."""

EQUAL = Level("equal", Meaning.AGREES, "both carry the same valid number", SAME, 0.6, 1e-9, birth=1e-05, family=1e-06, namesakes=1e-07)
EQUAL_UNPROVEN = Level(
    "equal_unproven",
    Meaning.TOLERATED,
    "both carry the same number, whose check character is wrong",
    SAME,
    0.02,
    1e-9,
    birth=1e-06,
    family=1e-07,
    namesakes=1e-08,
)
TAIL = Level(
    "tail",
    Meaning.SLIP,
    "one number is the other with its last digits lost or rounded by a spreadsheet or a program",
    "末尾受损，其余一致",
    0.03,
    1e-9,
    birth=0.02,
    family=1e-06,
    namesakes=0.0002,
)
# One number in eleven passes the check after it was rounded; one pair of twins in sixty is numbered so by chance.
ROUNDED = Level(
    "rounded",
    Meaning.SLIP,
    "both numbers are valid, and one is what a spreadsheet or floating-point arithmetic makes of the other",
    "末尾疑被程序舍入",
    0.002,
    1e-9,
    birth=0.01,
    family=1e-07,
    namesakes=0.0001,
)
ONE_EDIT = Level(
    "one_edit",
    Meaning.SLIP,
    "the numbers differ by one slip before their last four characters, and one of them is not valid",
    "只差一位",
    0.023,
    1e-8,
    birth=1e-06,
    family=1e-07,
    namesakes=1e-06,
)
# Two valid numbers are never so near: of twins, one would have to be mistyped into the other's but for a digit.
ONE_EDIT_END = Level(
    "one_edit_end",
    Meaning.SLIP,
    "the numbers differ by one slip in the last four characters, where those of twins differ",
    "末四位中差一位",
    0.007,
    1e-8,
    birth=1e-4,
    family=1e-07,
    namesakes=1e-05,
)
# A number holds birth date and place, which are weighed on their own.
PLACE_DAY = Level(
    "place_day",
    Meaning.CONTRADICTS,
    "two valid numbers of one place and day",
    f"{OTHER}（两个有效号码，地区和出生日期相同）",
    0.03,
    1e-6,
    birth=0.8,
    family=1e-05,
    namesakes=0.08,
)
DIFFERENT_UNPROVEN = Level(
    "different_unproven",
    Meaning.UNKNOWN,
    "the numbers differ, and one of them is not valid or not that of its row",
    f"{OTHER}（其中有号码无效或与本人登记不符）",
    0.06,
    0.02,
    birth=0.05,
    family=0.05,
    namesakes=0.05,
)
DIFFERENT = Level(
    "different", Meaning.CONTRADICTS, "two different valid numbers", OTHER, 0.17, 0.93, birth=0.01, family=0.85, namesakes=0.8
)
MISSING = Level(ABSENT, Meaning.UNKNOWN, "a number is missing or unusable", "未填写或无法使用", 0.055, 0.05, is_told=False)


def _level(_field: Field, stated: pl.DataFrame) -> pl.Series:
    frame = stated.with_columns(_written(side) for side in ("l", "r"))
    left, right = pl.col("l_citizen_id"), pl.col("r_citizen_id")
    left_end, right_end = (pl.col(f"{side}_written").str.tail(ORDER) for side in ("l", "r"))
    proven = pl.all_horizontal(pl.col(f"{side}_citizen_id_state").is_in(PROVEN_STATES) for side in ("l", "r"))
    damaged = pl.any_horizontal(pl.col(f"{side}_citizen_id_state").is_in(DAMAGED) for side in ("l", "r"))
    is_rounded = rounded(left, right) | rounded(right, left) | cut(left, right) | cut(right, left)
    edit = pl.lit(_one_edit(frame))
    level = level_of(
        [
            ((left.is_null() | right.is_null()) & ~edit, MISSING),
            ((left == right) & proven, EQUAL),
            # Two numbers that end in 000 are equal because both lost their tail, as those of two people would.
            (damaged & (left.str.head(PREFIX) == right.str.head(PREFIX)), TAIL),
            (is_rounded & ~proven, TAIL),
            (is_rounded, ROUNDED),
            (left == right, EQUAL_UNPROVEN),
            (edit & (left_end == right_end), ONE_EDIT),
            (edit, ONE_EDIT_END),
            (proven & (left.str.head(PLACE_AND_DAY) == right.str.head(PLACE_AND_DAY)), PLACE_DAY),
            (proven & _fits_row("l") & _fits_row("r"), DIFFERENT),
        ],
        DIFFERENT_UNPROVEN,
    )
    return frame.select(level.alias("level")).to_series()


def _fits_row(side: str) -> pl.Expr:
    """Whether the birth date in the number is that of its row, as far as the row has one."""
    embedded = pl.col(f"{side}_citizen_id").str.slice(6, 8)
    return (embedded == pl.col(f"{side}_birth_date").dt.to_string("%Y%m%d")).fill_null(value=True)


def _written(side: str) -> pl.Expr:
    """The number, or what was written in its place: a digit too few or too many, or no date inside."""
    malformed = pl.col(f"{side}_malformed_id")
    as_written = pl.when(malformed.is_not_null()).then(cleaned(malformed))
    return pl.coalesce(f"{side}_citizen_id", pl.when(as_written.str.contains(_ALMOST)).then(as_written)).alias(f"{side}_written")


def _one_edit(frame: pl.DataFrame) -> pl.Series:
    """Whether two numbers are one digit or one exchange apart; two valid numbers never are (MOD 11-2 detects both)."""
    left, right = pl.col("l_written"), pl.col("r_written")
    unproven = ~pl.all_horizontal(pl.col(f"{side}_citizen_id_state").is_in(PROVEN_STATES) for side in ("l", "r"))
    chosen = frame.select(l=left, r=right, chosen=(unproven & (left != right)).fill_null(value=False))
    pairs = chosen.filter("chosen").select("l", "r").unique(maintain_order=True)
    edits = process.cpdist(pairs["l"].to_list(), pairs["r"].to_list(), scorer=OSA.distance, score_cutoff=1, workers=-1)
    near = pairs.with_columns(near=pl.Series(edits == 1, dtype=pl.Boolean))
    joined = chosen.join(near, on=["l", "r"], how="left", maintain_order="left")
    return joined["near"].fill_null(value=False) & joined["chosen"]


FIELD = Field(
    "number",
    "citizen_id",
    ("citizen_id", "citizen_id_state", "malformed_id", "birth_date"),
    (EQUAL, EQUAL_UNPROVEN, TAIL, ROUNDED, ONE_EDIT, ONE_EDIT_END, PLACE_DAY, DIFFERENT_UNPROVEN, DIFFERENT, MISSING),
    _level,
    is_anchor=True,
)
