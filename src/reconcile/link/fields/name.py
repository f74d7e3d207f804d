"""The name: the same, a variant that is no error, a slip of ear or eye, or another one. On code points, on distinct pairs of values."""

from __future__ import annotations

import polars as pl

from reconcile.ladder import first_that_holds
from reconcile.link.explanation import Explanation
from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import OTHER, SAME, Bearers, Field, Level, Meaning, level_of
from reconcile.link.fields.likeness import SIDES, by_position, distance, in_parts, sounded, strangers, two_for_one
from reconcile.link.fields.spellings import UNKNOWN

WORD = 3
"""One character of a name shorter than this is half of it, so that a difference in it says another name."""

# Neither do brothers and sisters share a name, and no child is called like its parent.
EQUAL = Level(
    "equal", Meaning.AGREES, "the names are the same", SAME, 0.93, 3e-5, by_frequency=True, birth=2e-05, family=2e-05, namesakes=0.93
)
FOLDED = Level(
    "folded",
    Meaning.TOLERATED,
    "the names are the same but for separators, blanks, width or character variants",
    SAME,
    0.02,
    1e-6,
    by_frequency=True,
    birth=1e-06,
    family=5e-06,
    namesakes=0.02,
)
# 曾用名 differ far more than names do: two strangers who share a name hardly ever share a second one.
TWO_NAMES = Level(
    "two_names",
    Meaning.TOLERATED,
    "the two share a name and a former name",
    "姓名与曾用名有两个一致",
    0.004,
    1e-9,
    by_frequency=True,
    birth=1e-08,
    family=1e-08,
    namesakes=1e-06,
)
WILDCARD = Level(
    "wildcard",
    Meaning.TOLERATED,
    "the names agree where the characters could be read",
    "有无法识别的字，其余一致",
    0.004,
    1e-5,
    birth=0.002,
    family=0.001,
    namesakes=0.004,
)
FORMER = Level(
    "former",
    Meaning.TOLERATED,
    "the name is a former name of the other",
    "与曾用名一致",
    0.004,
    1e-6,
    by_frequency=True,
    birth=1e-06,
    family=1e-05,
    namesakes=2e-05,
)
FAMILY = Level(
    "family",
    Meaning.TOLERATED,
    "two usual spellings of one transliterated name",
    "为同一译名的不同写法",
    0.004,
    1e-7,
    birth=1e-05,
    family=5e-05,
    namesakes=0.004,
)
# Children of one birth have one father's name and two names of their own.
SEGMENTS = Level(
    "segments",
    Meaning.TOLERATED,
    "the parts of the name stand in another order, or the last one is missing",
    "各段次序不同或缺末段",
    0.005,
    1e-5,
    birth=2e-5,
    family=0.001,
    namesakes=0.005,
)
CUT = Level(
    "cut",
    Meaning.TOLERATED,
    "one name is cut at the length of a form field",
    "一方被截断",
    0.003,
    1e-6,
    birth=0.0001,
    family=0.0002,
    namesakes=0.003,
)
# Parents do not give two children of one birth names that nobody can tell apart by ear.
SOUND = Level("sound", Meaning.SLIP, "the names sound the same", "同音不同字", 0.01, 1e-4, birth=0.004, family=0.004, namesakes=0.01)
SHAPE = Level("shape", Meaning.SLIP, "the names look alike", "字形相近", 0.006, 1e-5, birth=0.01, family=0.003, namesakes=0.006)
# A slip, and yet twins are named so: 艾山 and 玉山, before one father's name. Who weighs it must ask for more than the birth date.
ONE_CHAR_LONG = Level(
    "one_char_long",
    Meaning.SLIP,
    "two long names differ in one character",
    "较长姓名中差一个字",
    0.01,
    1e-6,
    birth=0.05,
    family=0.02,
    namesakes=0.01,
)
ONE_CHAR = Level(
    "one_char", Meaning.CONTRADICTS, "the names differ in one character", "差一个字", 0.006, 3e-3, birth=0.35, family=0.2, namesakes=0.006
)
DIFFERENT = Level("different", Meaning.CONTRADICTS, "the names differ", OTHER, 0.007, 0.995, birth=0.6, family=0.78, namesakes=0.007)
MISSING = Level(ABSENT, Meaning.UNKNOWN, "a name is missing", "未填写", 0.001, 1e-3, is_told=False)


def levels(frame: pl.DataFrame) -> pl.Series:
    """Level of each row by the columns ``l_``/``r_`` of name, name_key, former_names_key and, where it is known, name_sound.

    Names whose keys are empty are missing. ``name`` is the text as recorded, with its separators.
    """
    given = ("name", "name_key", "former_names_key", *(["name_sound"] if "l_name_sound" in frame.columns else []))
    columns = [f"{side}_{name}" for side in SIDES for name in given]
    pairs = frame.select(columns)
    nameless = [pl.col(f"{side}_name_key").fill_null("").str.replace_all(UNKNOWN, "", literal=True).eq("") for side in SIDES]
    quick = pairs.select(
        first_that_holds(
            [
                (pl.any_horizontal(nameless), MISSING.name),
                (pl.lit(_share_two(pairs)), TWO_NAMES.name),
                (pl.col("l_name") == pl.col("r_name"), EQUAL.name),
                (pl.col("l_name_key") == pl.col("r_name_key"), FOLDED.name),
            ],
            None,
        ).alias("level")
    ).to_series()
    rest = pairs.filter(quick.is_null()).unique(maintain_order=True)
    if rest.is_empty():
        return quick
    rest = rest if "name_sound" in given else sounded(rest)
    strange = strangers(rest)
    known = pl.concat(
        [
            rest.filter(strange).with_columns(_slow=pl.lit(DIFFERENT.name)),
            rest.filter(~strange).with_columns(slow_levels(rest.filter(~strange)).alias("_slow")),
        ]
    )
    found = pairs.join(known, on=columns, how="left", nulls_equal=True, maintain_order="left")
    return quick.fill_null(found["_slow"])


def _share_two(pairs: pl.DataFrame) -> pl.Series:
    """Whether two different names are borne by both, now or formerly; who states his own name as a former one has still only one."""
    known = [pl.concat_list(f"{side}_name_key", pl.col(f"{side}_former_names_key").str.split("|")) for side in SIDES]
    both = pairs.select(pl.all_horizontal(pl.col(f"{side}_former_names_key").is_not_null() for side in SIDES)).to_series()
    shared = pairs.filter(both).select((known[0].list.set_intersection(known[1]).list.len() > 1).alias("shared"))["shared"]
    return pl.Series([False]).new_from_index(0, pairs.height).scatter(both.arg_true(), shared)


def slow_levels(pairs: pl.DataFrame) -> pl.Series:
    """Level of each of a frame of distinct pairs whose keys differ; columns as for ``levels``."""
    work = pairs.with_row_index("pair").with_columns(
        pl.struct("l_name_key", "r_name_key").map_batches(distance, return_dtype=pl.Int32).alias("edits"),
        (
            pl.col("l_former_names_key").str.split("|").list.contains(pl.col("r_name_key"))
            | pl.col("r_former_names_key").str.split("|").list.contains(pl.col("l_name_key"))
        )
        .fill_null(value=False)
        .alias("former"),
    )
    work = work.join(by_position(work), on="pair", how="left", maintain_order="left")
    work = work.join(in_parts(work), on="pair", how="left", maintain_order="left")
    readable = (pl.col("unlike") == 0) & (pl.col("alike") > 0)
    longest = pl.max_horizontal(pl.col("l_name_key").str.len_chars(), pl.col("r_name_key").str.len_chars())
    level = level_of(
        [
            (pl.col("starred") & pl.col("is_inner") & pl.col("one_key"), FOLDED),
            (pl.col("starred") & pl.col("is_inner"), FAMILY),
            ((readable & (pl.col("unknown") > 0) & (pl.col("sounding") + pl.col("looking") == 0)) | pl.col("starred"), WILDCARD),
            (two_for_one(), WILDCARD),
            (pl.col("former"), FORMER),
            (pl.col("family"), FAMILY),
            (pl.col("segments"), SEGMENTS),
            (pl.col("cut"), CUT),
            ((pl.col("l_name_sound") == pl.col("r_name_sound")) | (readable & (pl.col("looking") == 0)), SOUND),
            (readable, SHAPE),
            (((pl.col("edits") == 1) & pl.col("by_parts") & (longest >= WORD)) | pl.col("slipped"), ONE_CHAR_LONG),
            ((pl.col("edits") == 1) & (longest >= WORD), ONE_CHAR),
        ],
        DIFFERENT,
    )
    return work.select(level.alias("level")).to_series()


def _level(_field: Field, frame: pl.DataFrame) -> pl.Series:
    return levels(frame)


FIELD = Field(
    "name",
    "name",
    ("name", "name_key", "name_sound", "former_names_key"),
    (
        EQUAL, FOLDED, TWO_NAMES, WILDCARD, FORMER, FAMILY, SEGMENTS, CUT,
        SOUND, SHAPE, ONE_CHAR_LONG, ONE_CHAR, DIFFERENT, MISSING,
    ),
    _level,
    # Who has no birth date is counted in the whole register, where the name is more common: the weaker evidence of the two.
    Bearers(
        "name",
        # Of two names in common the former one must be rare as well, or a word that offices write for none would be a second name.
        """CASE
            WHEN left_record.former_names_key = right_record.former_names_key
                THEN greatest(left_record.name_bearers, right_record.name_bearers, left_record.formerly_bearers)
            ELSE greatest(left_record.name_bearers, right_record.name_bearers)
        END""",
    ),
    alike_under=(Explanation.NAMESAKES,),
)  # fmt: skip
