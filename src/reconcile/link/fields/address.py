"""The address: house, nearly the same words, or the county."""

from __future__ import annotations

import polars as pl
from rapidfuzz import fuzz, process

from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import OTHER, SAME, Field, Level, Meaning, level_of

ALIKE = 85
"""Similarity of two folded addresses (0 to 100) from which they are nearly the same."""

EQUAL = Level("equal", Meaning.AGREES, "the addresses are the same", SAME, 0.4, 1e-5, birth=0.5, family=0.35, namesakes=0.0001)
SIMILAR = Level(
    "similar", Meaning.TOLERATED, "the addresses are nearly the same", "相近", 0.15, 1e-4, birth=0.15, family=0.1, namesakes=0.001
)
AREA = Level("area", Meaning.UNKNOWN, "the same county", "同县", 0.3, 0.09, is_told=False, birth=0.25, family=0.4, namesakes=0.12)
# Two registrations at two addresses are the rule, and every source words an address its own way: only likeness is told.
DIFFERENT = Level(
    "different",
    Meaning.CONTRADICTS,
    "another county",
    f"{OTHER}（不同县）",
    0.1,
    0.86,
    is_told=False,
    birth=0.05,
    family=0.1,
    namesakes=0.83,
)
MISSING = Level(ABSENT, Meaning.UNKNOWN, "an address is missing", "未填写", 0.05, 0.05, is_told=False)


def _level(_field: Field, frame: pl.DataFrame) -> pl.Series:
    left, right = pl.col("l_address_key"), pl.col("r_address_key")
    same_area = pl.col("l_area_code") == pl.col("r_area_code")
    level = level_of(
        [
            (left == right, EQUAL),
            (pl.lit(_alike(frame)), SIMILAR),
            (same_area, AREA),
            (same_area.is_null() & (left.is_null() | right.is_null()), MISSING),
        ],
        DIFFERENT,
    )
    return frame.select(level.alias("level")).to_series()


def _alike(frame: pl.DataFrame) -> pl.Series:
    """Whether two addresses are nearly the same; house numbers must agree as far as both have them, since neighbours are not kin."""
    pairs = frame.select(l="l_address_key", r="r_address_key")
    chosen = pairs.filter(pl.col("l") != pl.col("r")).unique(maintain_order=True)
    score = process.cpdist(chosen["l"].to_list(), chosen["r"].to_list(), scorer=fuzz.ratio, score_cutoff=ALIKE, workers=-1)
    contained = pl.col("l").str.ends_with(pl.col("r")) | pl.col("r").str.ends_with(pl.col("l"))
    digits = {side: pl.col(side).str.extract_all(r"\d+") for side in ("l", "r")}
    near = chosen.with_columns(near=(pl.Series(score, dtype=pl.Float64) > 0) & (digits["l"] == digits["r"]) | contained)
    return pairs.join(near, on=["l", "r"], how="left", maintain_order="left")["near"].fill_null(value=False)


FIELD = Field(
    "address",
    "address_text",
    ("address_key", "area_code"),
    (EQUAL, SIMILAR, AREA, DIFFERENT, MISSING),
    _level,
    beside=("address_key", "area_code"),
)
