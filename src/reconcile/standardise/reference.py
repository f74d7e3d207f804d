"""Committed tables of characters and lunar months; each file says where it is from, tools/build_tables.py makes them (DOMAIN §4.4, §5)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

TABLES = Path(__file__).parent / "tables"


def _rows(name: str) -> pl.DataFrame:
    return pl.read_csv(TABLES / f"{name}.csv", comment_prefix="#", infer_schema=False)


@cache
def lookalikes() -> pl.DataFrame:
    """Characters that look alike, each pair in both directions: ``l`` and ``r``."""
    pairs = _rows("lookalikes")
    return pl.concat([pairs.select(l="left", r="right"), pairs.select(l="right", r="left")])


@cache
def surname_readings() -> dict[str, str]:
    """Surname of one or two characters → its syllables without tone, separated by a blank."""
    return dict(_rows("surnames").iter_rows())


@cache
def syllables() -> dict[str, str]:
    """Syllable without tone → all characters that have it in names, those that people can read first."""
    return dict(_rows("syllables").iter_rows())


@cache
def gbk_private() -> dict[str, str]:
    """Private point that a GBK file decodes to → the character that GB 18030 has at its code today."""
    return {chr(int(point, 16)): character for point, character in _rows("gbk_private").iter_rows()}


@cache
def radicals() -> dict[str, str]:
    """Radical or stroke with a point of its own → the character it stands for; those that NFKC folds are not among them."""
    return dict(_rows("radicals").iter_rows())


@cache
def lunar_months() -> pl.DataFrame:
    """Lunar months: ``year``, ``month``, ``first`` (the solar day each begins on) and ``days``; leap months share a number."""
    months = _rows("lunar_months").with_columns(pl.col("first").str.to_date("%Y-%m-%d"))
    return months.cast({"year": pl.Int32, "month": pl.Int8, "days": pl.Int32})
