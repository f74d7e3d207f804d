"""A relative, by number or else by name; the same number with another name still is the same relative."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

from reconcile.link.explanation import Explanation
from reconcile.link.fields import name
from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import OTHER, SAME, Bearers, Field, Level, Meaning, level_of
from reconcile.link.fields.spellings import spelled
from reconcile.standardise.numbers import ORDER_ZERO, PREFIX, is_proven

WHOLE_PART = 3
"""Least characters of a parent's name that, found in the child's, say that the child's name holds it."""

NUMBER = Level("number", Meaning.AGREES, "the same number of the {}", SAME, 0.45, 2e-6, birth=0.5, family=0.45, namesakes=1e-05)
TYPED = Level(
    "typed",
    Meaning.TOLERATED,
    "the number of the {} differs by one slip, and no other name is stated",
    "姓名一致或未填写，公民身份号码差一位",
    0.01,
    1e-8,
    birth=0.01,
    family=0.01,
    namesakes=1e-06,
)
NAME = Level(
    "name", Meaning.TOLERATED, "the same name of the {}", SAME, 0.2, 3e-5, by_frequency=True, birth=0.25, family=0.2, namesakes=0.001
)
# Hardly any parent has two valid numbers, so that who shares the name is rather another one.
NAMESAKE = Level(
    "namesake",
    Meaning.CONTRADICTS,
    "the same name of the {}, but another number",
    f"{OTHER}（姓名相同，公民身份号码不同）",
    0.001,
    5e-5,
    birth=0.001,
    family=0.001,
    namesakes=0.001,
)
SOUND = Level(
    "sound", Meaning.SLIP, "the names of the {} sound the same", "同音不同字", 0.01, 2e-4, birth=0.005, family=0.005, namesakes=0.002
)
SHAPE = Level("shape", Meaning.SLIP, "the names of the {} look alike", "字形相近", 0.005, 5e-5, birth=0.002, family=0.002, namesakes=0.001)
SIMILAR = Level("similar", Meaning.SLIP, "nearly the same name of the {}", "相近", 0.01, 1e-3, birth=0.01, family=0.01, namesakes=0.05)
DIFFERENT = Level("different", Meaning.CONTRADICTS, "another {}", OTHER, 0.03, 0.6, birth=0.005, family=0.08, namesakes=0.66)
MISSING = Level(
    ABSENT,
    Meaning.UNKNOWN,
    "the {} is not stated, or the person's own name already says it",
    "未填写，或已含于本人姓名",
    0.3,
    0.4,
    is_told=False,
)
LEVELS = (NUMBER, TYPED, NAME, NAMESAKE, SOUND, SHAPE, SIMILAR, DIFFERENT, MISSING)
_BY_NAME = (
    (NAME, (name.EQUAL, name.FOLDED, name.TWO_NAMES, name.WILDCARD, name.FORMER, name.FAMILY)),
    (SOUND, (name.SOUND,)),
    (SHAPE, (name.SHAPE,)),
    (DIFFERENT, (name.DIFFERENT,)),
    (MISSING, (name.MISSING,)),
)
"""Level of a relative known by name only, by the levels of the names; the others are similar."""


def _level(field: Field, frame: pl.DataFrame) -> pl.Series:
    number, kin_name, own_name = field.reads
    values = frame.select(f"{side}_{column}" for side in ("l", "r") for column in (number, kin_name, own_name))
    found = _by_name(values, kin_name)
    by_name = pl.lit(found)
    same, missing = (by_name == level.name for level in (NAME, MISSING))
    alike = by_name.is_in([level.name for level in (SOUND, SHAPE, SIMILAR)])
    implied = pl.lit(_implied(values, found.is_in([level.name for level in (NAME, SOUND, SHAPE, SIMILAR)]), own_name, kin_name))
    level = level_of(
        [
            (pl.col("one_number"), NUMBER),
            (pl.col("one_slip") & (same | missing), TYPED),
            (pl.col("two_numbers") & same, NAMESAKE),
            # A name that looks alike is not enough against two numbers: aunts and sisters-in-law share all but a character.
            (pl.col("two_numbers"), DIFFERENT),
            ((same | alike) & implied, MISSING),
        ],
        MISSING,
    )
    settled = pl.any_horizontal("one_number", pl.col("one_slip") & (same | missing), "two_numbers", (same | alike) & implied)
    by_number = values.with_columns(_numbers(values, number))
    return by_number.select(pl.when(settled.fill_null(value=False)).then(level).otherwise(by_name).alias("level")).to_series()


def _by_name(values: pl.DataFrame, kin_name: str) -> pl.Series:
    """Level as far as the names of the relative tell."""
    kin = {f"{side}_{column}": f"{side}_{kin_name}" for side in ("l", "r") for column in ("name", "name_key")}
    pairs = values.select(**kin, l_former_names_key=pl.lit(None, pl.String), r_former_names_key=pl.lit(None, pl.String))
    found = pl.lit(name.levels(pairs))
    return pairs.select(level_of([(found.is_in([one.name for one in of]), level) for level, of in _BY_NAME], SIMILAR)).to_series()


def _implied(values: pl.DataFrame, is_alike: pl.Series, own_name: str, kin_name: str) -> pl.Series:
    """Of relatives that are alike, whether the person's own name already says who.

    艾尼's child 阿布都·艾尼: the child's name already agreed, the father's adds nothing, unless it goes on with the grandfather's.
    """
    holds = pl.any_horizontal(
        spelled(f"{side}_{own_name}").str.contains(_nearly_whole(spelled(f"{side}_{kin_name}")), literal=True) for side in ("l", "r")
    )
    told = values.filter(is_alike).select(holds.fill_null(value=False).alias("told"))["told"]
    return pl.Series([False]).new_from_index(0, values.height).scatter(is_alike.arg_true(), told)


def _numbers(values: pl.DataFrame, number: str) -> pl.DataFrame:
    """What the numbers of the relative tell: ``one_number``, ``one_slip``, ``two_numbers``; a number that proves nothing tells nothing.

    A tail that a spreadsheet has cut off is a slip too; two numbers that lost it need not be of one relative.
    """
    pairs = values.select(l=f"l_{number}", r=f"r_{number}")
    distinct = pairs.drop_nulls().unique(maintain_order=True)
    edits = process.cpdist(distinct["l"].to_list(), distinct["r"].to_list(), scorer=OSA.distance, score_cutoff=1, workers=-1)
    cut = pl.any_horizontal(pl.col(side).str.contains(ORDER_ZERO) for side in ("l", "r")) & (
        pl.col("l").str.head(PREFIX) == pl.col("r").str.head(PREFIX)
    )
    known = distinct.with_columns(edits=pl.Series(edits, dtype=pl.Int64), proven=is_proven(pl.col("l")) & is_proven(pl.col("r")))
    known = known.with_columns(
        one_number=(pl.col("edits") == 0) & ~cut,
        one_slip=cut | ((pl.col("edits") == 1) & ~pl.col("proven")),
        two_numbers=(pl.col("edits") > 1) & pl.col("proven"),
    ).select("l", "r", "one_number", "one_slip", "two_numbers")
    found = pairs.join(known, on=["l", "r"], how="left", maintain_order="left")
    return found.select(pl.col("one_number", "one_slip", "two_numbers").fill_null(value=False))


def _nearly_whole(text: pl.Expr) -> pl.Expr:
    """A name without its last character, which transliterations drop and forms cut, as long as enough is left."""
    return text.str.head(pl.max_horizontal(text.str.len_chars().cast(pl.Int64) - 1, pl.lit(WHOLE_PART)))


def _of(relative: str, shared_by: tuple[Explanation, ...]) -> Field:
    """The field of one relative; its sentences say which. Only who is ``shared_by`` a family says anything of its other members."""
    levels = LEVELS
    if Explanation.FAMILY not in shared_by:
        levels = tuple(replace(level, birth=None, family=None) for level in levels)
    return Field(
        relative,
        f"{relative}_name",
        (f"{relative}_id", f"{relative}_name_key", "name_key"),
        tuple(replace(level, sentence=level.sentence.format(relative)) for level in levels),
        _level,
        Bearers(relative, f"left_record.{relative}_bearers"),
        shared_by=shared_by,
        alike_under=tuple(explanation for explanation in shared_by if explanation is not Explanation.PERSON),
        beside=(f"{relative}_id", f"{relative}_name_key"),
        stated=f"{relative}_name_key",
    )


_CHILDREN = (Explanation.PERSON, Explanation.BIRTH, Explanation.FAMILY)
FATHER, MOTHER = (_of(relative, _CHILDREN) for relative in ("father", "mother"))
SPOUSE = _of("spouse", (Explanation.PERSON,))
