"""Levels of two names, on code points; every comparison on distinct pairs of values."""

from __future__ import annotations

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, LCSseq

from reconcile.link.spellings import FAMILIES, FIELD_LIMITS, SYLLABLES
from reconcile.standardise.reference import lookalikes
from reconcile.standardise.sounds import name_sound_key

UNKNOWN = "□"
SEPARATOR = r"[·•‧∙⋅・･．.﹒。、●\-]"
LONG = 5
"""Names of so many characters, or with a separator, are compared in parts (DOMAIN §4.3)."""
WORD = 3
"""One character of a name shorter than this is half of it, so that a difference in it says another name."""

SIDES = ("l", "r")


def levels(frame: pl.DataFrame) -> pl.Series:
    """Level of each row by the columns ``l_``/``r_`` of name, name_key, former_names_key and, where it is known, name_sound.

    Names whose keys are empty are missing. ``name`` is the text as recorded, with its separators.
    """
    given = ("name", "name_key", "former_names_key", *(["name_sound"] if "l_name_sound" in frame.columns else []))
    columns = [f"{side}_{name}" for side in SIDES for name in given]
    pairs = frame.select(columns)
    quick = pairs.select(
        pl.when(pl.col("l_name_key").fill_null("").eq("") | pl.col("r_name_key").fill_null("").eq(""))
        .then(pl.lit("missing"))
        .when(
            pl.col("l_name_key").str.replace_all(UNKNOWN, "", literal=True).eq("")
            | pl.col("r_name_key").str.replace_all(UNKNOWN, "").eq("")
        )
        .then(pl.lit("missing"))
        .when(pl.col("l_name") == pl.col("r_name"))
        .then(pl.lit("equal"))
        .when(pl.col("l_name_key") == pl.col("r_name_key"))
        .then(pl.lit("folded"))
        .alias("level")
    ).to_series()
    rest = pairs.filter(quick.is_null()).unique(maintain_order=True)
    if rest.is_empty():
        return quick
    rest = rest if "name_sound" in given else _sounded(rest)
    strange = strangers(rest)
    known = pl.concat(
        [
            rest.filter(strange).with_columns(_slow=pl.lit("different")),
            rest.filter(~strange).with_columns(slow_levels(rest.filter(~strange)).alias("_slow")),
        ]
    )
    found = pairs.join(known, on=columns, how="left", nulls_equal=True, maintain_order="left")
    return quick.fill_null(found["_slow"])


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
    rules = {
        "wildcard": (readable & (pl.col("unknown") > 0) & (pl.col("sounding") + pl.col("looking") == 0)) | pl.col("starred"),
        "former": pl.col("former"),
        "family": pl.col("family"),
        "segments": pl.col("segments"),
        "cut": pl.col("cut"),
        "sound": (pl.col("l_name_sound") == pl.col("r_name_sound")) | (readable & (pl.col("looking") == 0)),
        "shape": readable,
        "one_char": (pl.col("edits") == 1) & (longest >= WORD),
    }
    level = pl.lit("different")
    for name, rule in reversed(rules.items()):
        level = pl.when(rule.fill_null(value=False)).then(pl.lit(name)).otherwise(level)
    return work.select(level.alias("level")).to_series()


def _sounded(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add ``l_name_sound`` and ``r_name_sound``; each name is sounded once."""
    keys = pl.concat([pairs["l_name_key"], pairs["r_name_key"]]).unique().sort()
    sounds = pl.DataFrame({"key": keys}).with_columns(sound=name_sound_key(pl.col("key")))
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
    same = work.filter(pl.col("l_name_key").str.len_chars() == pl.col("r_name_key").str.len_chars())
    names = {"l": "l_name_key", "r": "r_name_key", "l_sound": "l_name_sound", "r_sound": "r_name_sound"}
    characters = same.select("pair", **{name: pl.col(column).str.split("") for name, column in names.items()}).explode(list(names))
    characters = characters.join(lookalikes().with_columns(looks=pl.lit(value=True)), on=["l", "r"], how="left", maintain_order="left")
    kind = (
        pl.when(pl.col("l") == pl.col("r"))
        .then(pl.lit("alike"))
        .when((pl.col("l") == UNKNOWN) | (pl.col("r") == UNKNOWN))
        .then(pl.lit("unknown"))
        .when(pl.col("l_sound") == pl.col("r_sound"))
        .then(pl.lit("sounding"))
        .when(pl.col("looks"))
        .then(pl.lit("looking"))
        .otherwise(pl.lit("unlike"))
    )
    kinds = ("alike", "unknown", "sounding", "looking", "unlike")
    counted = characters.select("pair", kind=kind).group_by("pair", maintain_order=True)
    return counted.agg((pl.col("kind") == name).sum().alias(name) for name in kinds)


def _in_parts(work: pl.DataFrame) -> pl.DataFrame:
    """Per pair: whether the names are one spelling family, exchanged or missing segments, or cut at a field limit."""
    separated = pl.any_horizontal(pl.col(f"{side}_name").str.contains(SEPARATOR) for side in SIDES)
    long = pl.any_horizontal(pl.col(f"{side}_name_key").str.len_chars() >= LONG for side in SIDES)
    frame = work.select("pair", "l_name", "r_name", "l_name_key", "r_name_key", by_parts=(separated | long).fill_null(value=False))
    frame = frame.with_columns(_canonical(f"{side}_name_key", "by_parts").alias(side) for side in SIDES).with_columns(
        _canonical_parts(f"{side}_name").alias(f"{side}_parts") for side in SIDES
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
        # A star or a question mark may be the separator as well as a character that could not be stored.
        starred=parts
        & (left.str.replace_all(UNKNOWN, "", literal=True) == right.str.replace_all(UNKNOWN, "", literal=True))
        & (left != right),
        family=left == right,
        segments=parts & (whole_parts | turned),
        cut=parts & prefix & recorded.str.len_chars().is_in(FIELD_LIMITS) & (longer >= LONG),
    )


def spelled(column: str) -> pl.Expr:
    """Folded name of a column with every spelling brought to one form, whatever its length."""
    return _replaced(_replaced(pl.col(column), FAMILIES), SYLLABLES)


def _canonical(column: str, by_parts: str) -> pl.Expr:
    """Folded name with its spellings brought to one form; syllables only where the name is long or separated."""
    family = _replaced(pl.col(column), FAMILIES)
    return pl.when(pl.col(by_parts)).then(_replaced(family, SYLLABLES)).otherwise(family)


def _canonical_parts(column: str) -> pl.Expr:
    """Segments of a name as recorded, blanks removed and spellings brought to one form."""
    bare = pl.col(column).str.replace_all(r"\s", "").str.strip_chars("·•.")
    spelled = _replaced(_replaced(bare, FAMILIES), SYLLABLES)
    return spelled.str.replace_all(SEPARATOR, "|").str.split("|")


def _replaced(text: pl.Expr, spellings: tuple[tuple[str, str], ...]) -> pl.Expr:
    return text.str.replace_many([old for old, _ in spellings], [new for _, new in spellings], leftmost=True)
