"""A relative, by number or else by name; the same number with another name still is the same relative."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from reconcile.link.explanation import Explanation
from reconcile.link.fields import name
from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import OTHER, SAME, Bearers, Field, Level, Meaning, level_of
from reconcile.link.fields.spellings import spelled

WHOLE_PART = 3
"""Least characters of a parent's name that, found in the child's, say that the child's name holds it."""

NUMBER = Level("number", Meaning.AGREES, "the same number of the {}", SAME, 0.45, 2e-6, birth=0.5, family=0.45, namesakes=1e-05)
NAME = Level(
    "name", Meaning.TOLERATED, "the same name of the {}", SAME, 0.2, 3e-5, by_frequency=True, birth=0.25, family=0.2, namesakes=0.001
)
NAMESAKE = Level(
    "namesake",
    Meaning.CONTRADICTS,
    "the same name of the {}, but another number",
    f"{OTHER}（姓名相同，公民身份号码不同）",
    0.01,
    5e-5,
    birth=0.005,
    family=0.01,
    namesakes=0.001,
)
SIMILAR = Level("similar", Meaning.SLIP, "nearly the same name of the {}", "相近", 0.02, 1e-3, birth=0.02, family=0.02, namesakes=0.02)
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
_BY_NAME = (
    (NAME, (name.EQUAL, name.FOLDED, name.WILDCARD)),
    (DIFFERENT, (name.DIFFERENT,)),
    (MISSING, (name.MISSING,)),
)
"""Level of a relative known by name only, by the levels of the names; the others are similar."""


def _level(field: Field, frame: pl.DataFrame) -> pl.Series:
    number, kin_name, own_name = field.reads
    values = frame.select(f"{side}_{column}" for side in ("l", "r") for column in (number, kin_name, own_name))
    kin = {f"{side}_{column}": f"{side}_{kin_name}" for side in ("l", "r") for column in ("name", "name_key")}
    pairs = values.select(**kin, l_former_names_key=pl.lit(None, pl.String), r_former_names_key=pl.lit(None, pl.String))
    names = pl.lit(name.levels(pairs))
    by_name = level_of([(names.is_in([one.name for one in of_names]), level) for level, of_names in _BY_NAME], SIMILAR)
    left, right = pl.col(f"l_{number}"), pl.col(f"r_{number}")
    both = left.is_not_null() & right.is_not_null()
    # 艾尼's child 阿布都·艾尼: the child's name already agreed, the father's adds nothing, unless it goes on with the grandfather's.
    implied = pl.any_horizontal(
        spelled(f"{side}_{own_name}").str.contains(_nearly_whole(spelled(f"{side}_{kin_name}")), literal=True) for side in ("l", "r")
    )
    same, similar, missing = (by_name == level.name for level in (NAME, SIMILAR, MISSING))
    # A name that looks alike is not enough against two numbers: aunts and sisters-in-law share all but a character.
    level = level_of(
        [
            (left == right, NUMBER),
            (both & same, NAMESAKE),
            (both & (similar | missing), DIFFERENT),
            ((same | similar) & implied, MISSING),
            (same, NAME),
            (similar, SIMILAR),
            (missing, MISSING),
        ],
        DIFFERENT,
    )
    return values.select(level.alias("level")).to_series()


def _nearly_whole(text: pl.Expr) -> pl.Expr:
    """A name without its last character, which transliterations drop and forms cut, as long as enough is left."""
    return text.str.head(pl.max_horizontal(text.str.len_chars().cast(pl.Int64) - 1, pl.lit(WHOLE_PART)))


def _of(relative: str, shared_by: tuple[Explanation, ...]) -> Field:
    """The field of one relative; its sentences say which. Only who is ``shared_by`` a family says anything of its other members."""
    joined = f"{relative}_bearer"
    levels = (NUMBER, NAME, NAMESAKE, SIMILAR, DIFFERENT, MISSING)
    if Explanation.FAMILY not in shared_by:
        levels = tuple(replace(level, birth=None, family=None) for level in levels)
    return Field(
        relative,
        f"{relative}_name",
        (f"{relative}_id", f"{relative}_name_key", "name_key"),
        tuple(replace(level, sentence=level.sentence.format(relative)) for level in levels),
        _level,
        Bearers(
            "kin",
            f"{joined}.bearers",
            f"LEFT JOIN link.name_frequency AS {joined} ON l.{relative}_name_key = {joined}.name_key AND {joined}.decade IS NULL",
        ),
        beside=(f"{relative}_id", f"{relative}_name_key"),
        shared_by=shared_by,
        stated=f"{relative}_name_key",
    )


_CHILDREN = (Explanation.PERSON, Explanation.BIRTH, Explanation.FAMILY)
FATHER, MOTHER = (_of(relative, _CHILDREN) for relative in ("father", "mother"))
SPOUSE = _of("spouse", (Explanation.PERSON,))
