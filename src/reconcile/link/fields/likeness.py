"""How far two names are alike, character by character and part by part; which level that makes is said in ``name``."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, LCSseq

from reconcile.ladder import first_that_holds
from reconcile.link.fields.spellings import (
    LONG,
    SEPARATED,
    STARS,
    UNKNOWN,
    by_syllable,
    canonical,
    canonical_parts,
    is_cut_length,
    may_be_spelled,
    sound_key,
)
from reconcile.standardise.names import DOT, segmented
from reconcile.standardise.reference import lookalikes
from reconcile.standardise.sounds import name_sound_key

SIDES = ("l", "r")
_STAR = f"[{STARS}]"
"""May be the separator as well as a character that could not be stored."""
_PLAIN = r"^\p{Han}*$"
_TWICE = r"[?？﹖]{2}|[□▯〓\u{FFFD}]{2}"
"""Folded to one unknown glyph, since two of them are written for one character of two bytes."""


def strangers(pairs: pl.DataFrame) -> pl.Series:
    """Short names without a character or the whole sound in common: most pairs of a random draw, and no level fits them."""
    shared = process.cpdist(pairs["l_name_key"].to_list(), pairs["r_name_key"].to_list(), scorer=LCSseq.similarity, workers=-1)
    is_plain = pl.all_horizontal(
        (pl.col(f"{side}_name_key").str.len_chars() < LONG)
        & ~pl.col(f"{side}_name_key").str.contains(UNKNOWN, literal=True)
        & ~pl.col(f"{side}_name").str.contains(SEPARATED)
        & pl.col(f"{side}_former_names_key").is_null()
        for side in SIDES
    )
    sounds_alike = pl.col("l_name_sound").eq_missing(pl.col("r_name_sound"))
    return pairs.select(((pl.lit(pl.Series(shared)) == 0) & is_plain & ~sounds_alike).fill_null(value=False).alias("strange")).to_series()


def sounded(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add ``l_name_sound`` and ``r_name_sound``; each name is sounded once."""
    return _each_once(pairs, "name_key", "name_sound", lambda names: names.with_columns(name_sound=sound_key(pl.col("name_key"))))


def _each_once(pairs: pl.DataFrame, given: str, made: str, make: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """Add column ``made`` of both sides, which ``make`` adds to the distinct values of column ``given``."""
    found = make(pl.DataFrame({given: pl.concat([pairs[f"{side}_{given}"] for side in SIDES]).unique().sort()}))
    for side in SIDES:
        own = found.rename({name: f"{side}_{name}" for name in (given, made)})
        pairs = pairs.join(own, on=f"{side}_{given}", how="left", maintain_order="left")
    return pairs


def distance(keys: pl.Series) -> pl.Series:
    """Edits and neighbouring exchanges between two keys; 2 stands for more than one."""
    both = keys.struct.unnest()
    edits = process.cpdist(both["l_name_key"].to_list(), both["r_name_key"].to_list(), scorer=OSA.distance, score_cutoff=1, workers=-1)
    return pl.Series(edits, dtype=pl.Int32)


def by_position(work: pl.DataFrame) -> pl.DataFrame:
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


def two_for_one() -> pl.Expr:
    """Whether the one unknown glyph of a name stands for two characters of the other: ?? is written for one as well as for two."""
    found: list[pl.Expr] = []
    for side, other in (SIDES, SIDES[::-1]):
        key, whole = pl.col(f"{side}_name_key"), pl.col(f"{other}_name_key")
        ends = key.str.split(UNKNOWN)
        fits = whole.str.starts_with(ends.list.first()) & whole.str.ends_with(ends.list.last())
        is_two = pl.col(f"{side}_name").str.contains(_TWICE) & (ends.list.len() == 2)  # noqa: PLR2004 - one glyph between two ends
        found.append(is_two & fits & (whole.str.len_chars() == key.str.len_chars() + 1) & (key != UNKNOWN))
    return pl.any_horizontal(found)


def _sounded_by_position(work: pl.DataFrame) -> pl.DataFrame:
    """The sounds with one character for each of the key, which those of transliterated names need not have: theirs is of the spelling."""
    lengths = [pl.col(f"{side}_name_{what}").str.len_chars() for side in SIDES for what in ("key", "sound")]
    by_position = (pl.max_horizontal(lengths) < LONG) & (pl.min_horizontal(lengths) == pl.max_horizontal(lengths))
    rest = work.filter(~by_position).with_columns(name_sound_key(pl.col(f"{side}_name_key")).alias(f"{side}_name_sound") for side in SIDES)
    return pl.concat([work.filter(by_position), rest])


def _segments(names: pl.DataFrame) -> pl.DataFrame:
    """Add the folded name with a dot at every separator; a star or question mark may be one. Most names need no reading."""
    is_plain = pl.col("name").str.contains(_PLAIN)
    read = names.filter(~is_plain).with_columns(segments=segmented(pl.col("name").str.replace_all(_STAR, DOT)))
    return pl.concat([names.filter(is_plain).with_columns(segments="name"), read])


def in_parts(work: pl.DataFrame) -> pl.DataFrame:
    """Per pair: whether the names are one spelling family, exchanged or missing segments, cut at a field limit, or one slip apart.

    Pairs of two short names that can be neither separated nor transliterated, which most are, are left out.
    """
    work = work.filter(
        pl.any_horizontal(may_be_spelled(pl.col(f"{side}_name_key"), ~pl.col(f"{side}_name").str.contains(_PLAIN)) for side in SIDES)
    )
    work = _each_once(work, "name", "segments", _segments)
    separated = pl.any_horizontal(pl.col(f"{side}_segments").str.contains(DOT, literal=True) for side in SIDES)
    long = pl.any_horizontal(pl.col(f"{side}_name_key").str.len_chars() >= LONG for side in SIDES)
    by_parts = (separated | long).fill_null(value=False)
    frame = work.select("pair", "l_name", "r_name", "l_segments", "r_segments", "l_name_key", "r_name_key", by_parts=by_parts)
    frame = frame.with_columns(canonical(f"{side}_name_key", "by_parts").alias(side) for side in SIDES).with_columns(
        canonical_parts(pl.col(f"{side}_segments")).alias(f"{side}_parts") for side in SIDES
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
        starred=parts & (_read("l") == _read("r")) & (left != right),
        # An unread sign between two characters of a name that lacks nothing else stands for the separator.
        is_inner=~pl.any_horizontal(side.str.starts_with(UNKNOWN) | side.str.ends_with(UNKNOWN) for side in (left, right)),
        one_key=_read("l_name_key") == _read("r_name_key"),
        family=left == right,
        segments=parts & (whole_parts | turned),
        cut=parts & prefix & is_cut_length(recorded) & (longer >= LONG),
        slipped=parts & long & _one_slip(frame),
    )


def _read(column: str) -> pl.Expr:
    """What could be read of a text."""
    return pl.col(column).str.replace_all(UNKNOWN, "", literal=True)


def _one_slip(frame: pl.DataFrame) -> pl.Series:
    """Whether the names, spelt in one way, differ in one character; a separator that could not be stored counts for none.

    The slip may be in a name of several spellings, which is then known no longer: 艾合买孜 for 艾合买提.
    """
    ways = (
        [pl.col(side) for side in SIDES],
        [_read(side) for side in SIDES],
        [by_syllable(f"{side}_name_key") for side in SIDES],
    )
    texts = [frame.select(l_name_key=left, r_name_key=right).to_struct() for left, right in ways]
    return reduce(or_, [distance(text).eq(1) for text in texts])
