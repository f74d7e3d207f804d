"""The name: the same, a variant that is no error, a slip of ear or eye, or another one. On code points, on distinct pairs of values."""

from __future__ import annotations

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, LCSseq

from reconcile.ladder import first_that_holds
from reconcile.link.explanation import Explanation
from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import OTHER, SAME, Bearers, Field, Level, Meaning, level_of
from reconcile.link.fields.spellings import LONG, SEPARATOR, UNKNOWN, canonical, canonical_parts, is_cut_length, sound_key
from reconcile.standardise.reference import lookalikes
from reconcile.standardise.sounds import name_sound_key

WORD = 3
"""One character of a name shorter than this is half of it, so that a difference in it says another name."""
SIDES = ("l", "r")

EQUAL = Level(
    "equal", Meaning.AGREES, "the names are the same", SAME, 0.93, 3e-5, by_frequency=True, birth=2e-05, family=0.0002, namesakes=0.93
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
    family=1e-05,
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
    birth=5e-05,
    family=5e-05,
    namesakes=0.004,
)
SEGMENTS = Level(
    "segments",
    Meaning.TOLERATED,
    "the parts of the name stand in another order, or the last one is missing",
    "各段次序不同或缺末段",
    0.005,
    1e-5,
    birth=0.0001,
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
SOUND = Level("sound", Meaning.SLIP, "the names sound the same", "同音不同字", 0.01, 1e-4, birth=0.02, family=0.004, namesakes=0.01)
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
                (_share_two(), TWO_NAMES.name),
                (pl.col("l_name") == pl.col("r_name"), EQUAL.name),
                (pl.col("l_name_key") == pl.col("r_name_key"), FOLDED.name),
            ],
            None,
        ).alias("level")
    ).to_series()
    rest = pairs.filter(quick.is_null()).unique(maintain_order=True)
    if rest.is_empty():
        return quick
    rest = rest if "name_sound" in given else _sounded(rest)
    strange = strangers(rest)
    known = pl.concat(
        [
            rest.filter(strange).with_columns(_slow=pl.lit(DIFFERENT.name)),
            rest.filter(~strange).with_columns(slow_levels(rest.filter(~strange)).alias("_slow")),
        ]
    )
    found = pairs.join(known, on=columns, how="left", nulls_equal=True, maintain_order="left")
    return quick.fill_null(found["_slow"])


def _share_two() -> pl.Expr:
    """Whether two different names are borne by both, now or formerly; who states his own name as a former one has still only one."""
    known = [pl.concat_list(f"{side}_name_key", pl.col(f"{side}_former_names_key").str.split("|")) for side in SIDES]
    return known[0].list.set_intersection(known[1]).list.len() > 1


def strangers(pairs: pl.DataFrame) -> pl.Series:
    """Short names without a character or the whole sound in common: most pairs of a random draw, and no level fits them."""
    shared = process.cpdist(pairs["l_name_key"].to_list(), pairs["r_name_key"].to_list(), scorer=LCSseq.similarity, workers=-1)
    is_plain = pl.all_horizontal(
        (pl.col(f"{side}_name_key").str.len_chars() < LONG)
        & ~pl.col(f"{side}_name_key").str.contains(UNKNOWN, literal=True)
        & ~pl.col(f"{side}_name").str.contains(SEPARATOR)
        & pl.col(f"{side}_former_names_key").is_null()
        for side in SIDES
    )
    sounds_alike = pl.col("l_name_sound").eq_missing(pl.col("r_name_sound"))
    return pairs.select(((pl.lit(pl.Series(shared)) == 0) & is_plain & ~sounds_alike).fill_null(value=False).alias("strange")).to_series()


def slow_levels(pairs: pl.DataFrame) -> pl.Series:
    """Level of each of a frame of distinct pairs whose keys differ; columns as for ``levels``."""
    work = pairs.with_row_index("pair").with_columns(
        pl.struct("l_name_key", "r_name_key").map_batches(_distance, return_dtype=pl.Int32).alias("edits"),
        (
            pl.col("l_former_names_key").str.split("|").list.contains(pl.col("r_name_key"))
            | pl.col("r_former_names_key").str.split("|").list.contains(pl.col("l_name_key"))
        )
        .fill_null(value=False)
        .alias("former"),
    )
    work = work.join(_by_position(work), on="pair", how="left", maintain_order="left")
    work = work.join(_in_parts(work), on="pair", how="left", maintain_order="left")
    readable = (pl.col("unlike") == 0) & (pl.col("alike") > 0)
    longest = pl.max_horizontal(pl.col("l_name_key").str.len_chars(), pl.col("r_name_key").str.len_chars())
    level = level_of(
        [
            ((readable & (pl.col("unknown") > 0) & (pl.col("sounding") + pl.col("looking") == 0)) | pl.col("starred"), WILDCARD),
            (pl.col("former"), FORMER),
            (pl.col("family"), FAMILY),
            (pl.col("segments"), SEGMENTS),
            (pl.col("cut"), CUT),
            ((pl.col("l_name_sound") == pl.col("r_name_sound")) | (readable & (pl.col("looking") == 0)), SOUND),
            (readable, SHAPE),
            ((pl.col("edits") == 1) & pl.col("by_parts") & (longest >= WORD), ONE_CHAR_LONG),
            ((pl.col("edits") == 1) & (longest >= WORD), ONE_CHAR),
        ],
        DIFFERENT,
    )
    return work.select(level.alias("level")).to_series()


def _sounded(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add ``l_name_sound`` and ``r_name_sound``; each name is sounded once."""
    keys = pl.concat([pairs["l_name_key"], pairs["r_name_key"]]).unique().sort()
    sounds = pl.DataFrame({"key": keys}).with_columns(sound=sound_key(pl.col("key")))
    for side in SIDES:
        own = sounds.rename({"key": f"{side}_name_key", "sound": f"{side}_name_sound"})
        pairs = pairs.join(own, on=f"{side}_name_key", how="left", maintain_order="left")
    return pairs


def _distance(keys: pl.Series) -> pl.Series:
    """Edits and neighbouring exchanges between two keys; 2 stands for more than one."""
    both = keys.struct.unnest()
    edits = process.cpdist(both["l_name_key"].to_list(), both["r_name_key"].to_list(), scorer=OSA.distance, score_cutoff=1, workers=-1)
    return pl.Series(edits, dtype=pl.Int32)


def _by_position(work: pl.DataFrame) -> pl.DataFrame:
    """Per pair of equal length, the number of positions that are alike, unknown, only sound alike, only look alike, or neither (unlike)."""
    same = _sounded_by_position(work.filter(pl.col("l_name_key").str.len_chars() == pl.col("r_name_key").str.len_chars()))
    names = {"l": "l_name_key", "r": "r_name_key", "l_sound": "l_name_sound", "r_sound": "r_name_sound"}
    characters = same.select("pair", **{name: pl.col(column).str.split("") for name, column in names.items()}).explode(list(names))
    characters = characters.join(lookalikes().with_columns(looks=pl.lit(value=True)), on=["l", "r"], how="left", maintain_order="left")
    kind = first_that_holds(
        [
            (pl.col("l") == pl.col("r"), "alike"),
            ((pl.col("l") == UNKNOWN) | (pl.col("r") == UNKNOWN), "unknown"),
            (pl.col("l_sound") == pl.col("r_sound"), "sounding"),
            (pl.col("looks"), "looking"),
        ],
        "unlike",
    )
    kinds = ("alike", "unknown", "sounding", "looking", "unlike")
    counted = characters.select("pair", kind=kind).group_by("pair", maintain_order=True)
    return counted.agg((pl.col("kind") == name).sum().alias(name) for name in kinds)


def _sounded_by_position(work: pl.DataFrame) -> pl.DataFrame:
    """The sounds with one character for each of the key, which those of transliterated names need not have: theirs is of the spelling."""
    lengths = [pl.col(f"{side}_name_{what}").str.len_chars() for side in SIDES for what in ("key", "sound")]
    by_position = (pl.max_horizontal(lengths) < LONG) & (pl.min_horizontal(lengths) == pl.max_horizontal(lengths))
    rest = work.filter(~by_position).with_columns(name_sound_key(pl.col(f"{side}_name_key")).alias(f"{side}_name_sound") for side in SIDES)
    return pl.concat([work.filter(by_position), rest])


def _in_parts(work: pl.DataFrame) -> pl.DataFrame:
    """Per pair: whether the names are one spelling family, exchanged or missing segments, or cut at a field limit."""
    separated = pl.any_horizontal(pl.col(f"{side}_name").str.contains(SEPARATOR) for side in SIDES)
    long = pl.any_horizontal(pl.col(f"{side}_name_key").str.len_chars() >= LONG for side in SIDES)
    frame = work.select("pair", "l_name", "r_name", "l_name_key", "r_name_key", by_parts=(separated | long).fill_null(value=False))
    frame = frame.with_columns(canonical(f"{side}_name_key", "by_parts").alias(side) for side in SIDES).with_columns(
        canonical_parts(f"{side}_name").alias(f"{side}_parts") for side in SIDES
    )
    left, right = pl.col("l"), pl.col("r")
    parts = pl.col("by_parts")
    shorter, longer = (
        pl.min_horizontal(left.str.len_chars(), right.str.len_chars()),
        pl.max_horizontal(left.str.len_chars(), right.str.len_chars()),
    )
    whole_parts = pl.any_horizontal(
        (pl.col(f"{side}_parts").list.len() > 1)
        & (
            (pl.col(f"{side}_parts").list.reverse().list.join("") == pl.col(other))
            | (pl.col(f"{side}_parts").list.head(pl.col(f"{side}_parts").list.len() - 1).list.join("") == pl.col(other))
        )
        for side, other in (SIDES, SIDES[::-1])
    )
    unseparated = (pl.col("l_parts").list.len() == 1) & (pl.col("r_parts").list.len() == 1)
    # Without separators only a turn of the whole string is visible; two characters are the shortest part met.
    turned = unseparated & (left.str.len_chars() == right.str.len_chars()) & (left + left).str.contains(right, literal=True)
    prefix = (left.str.starts_with(right) | right.str.starts_with(left)) & (shorter < longer)
    recorded = pl.when(left.str.len_chars() < right.str.len_chars()).then(pl.col("l_name")).otherwise(pl.col("r_name"))
    return frame.select(
        "pair",
        "by_parts",
        # A star or a question mark may be the separator as well as a character that could not be stored.
        starred=parts
        & (left.str.replace_all(UNKNOWN, "", literal=True) == right.str.replace_all(UNKNOWN, "", literal=True))
        & (left != right),
        family=left == right,
        segments=parts & (whole_parts | turned),
        cut=parts & prefix & is_cut_length(recorded) & (longer >= LONG),
    )


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
                THEN greatest(left_name.bearers, right_name.bearers, of_former.bearers)
            ELSE greatest(left_name.bearers, right_name.bearers)
        END""",
        """
        LEFT JOIN link.value_frequency AS left_name
            ON left_name.scope = 'name' AND left_record.name_key = left_name.value
            AND left_name.decade IS NOT DISTINCT FROM year(left_record.birth_date) // 10 * 10
        LEFT JOIN link.value_frequency AS right_name
            ON right_name.scope = 'name' AND right_record.name_key = right_name.value
            AND right_name.decade IS NOT DISTINCT FROM year(right_record.birth_date) // 10 * 10
        LEFT JOIN link.value_frequency AS of_former
            ON of_former.scope = 'formerly' AND of_former.decade IS NULL AND left_record.former_names_key = of_former.value""",
        ("name_key", "birth_date", "former_names_key"),
    ),
    alike_under=(Explanation.NAMESAKES,),
)  # fmt: skip
