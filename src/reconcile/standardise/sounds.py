"""How a name sounds, as a key: every Han character becomes one that stands for its syllable without tone (DOMAIN §4.4)."""

from __future__ import annotations

from functools import cache

import polars as pl
from pypinyin import lazy_pinyin

from reconcile.standardise.names import HAN_RANGES
from reconcile.standardise.reference import surname_readings

_LONGEST = 4
"""Longer names have no Han surname in front (DOMAIN §4.3)."""


@cache
def _syllables() -> tuple[dict[str, str], dict[str, str]]:
    """Syllable → first character that has it; character → that character."""
    han = [chr(code) for start, end in HAN_RANGES[:2] for code in range(start, end)]
    # GB 2312 has the common characters first, so that what stands for a syllable is one that people can read.
    han.sort(key=lambda char: (char.encode("gb2312", "ignore") or b"\xff", char))
    standing: dict[str, str] = {}
    sounds: dict[str, str] = {}
    for char, syllable in zip(han, lazy_pinyin(han), strict=True):
        if syllable != char:
            sounds[char] = standing.setdefault(syllable, char)
    return standing, sounds


@cache
def _tables() -> tuple[tuple[pl.Series, pl.Series], tuple[pl.Series, pl.Series]]:
    """Characters and their sounds; surnames that are read otherwise than their characters, and theirs."""
    standing, sounds = _syllables()
    read = {name: "".join(standing[syllable] for syllable in reading.split()) for name, reading in surname_readings().items()}
    special = {name: sound for name, sound in read.items() if sound != "".join(sounds[char] for char in name)}
    return (pl.Series(sounds.keys()), pl.Series(sounds.values())), (pl.Series(special.keys()), pl.Series(special.values()))


def name_sound_key(key: pl.Expr) -> pl.Expr:
    """Sound of a ``name_key``: one character per character, equal where the syllables are equal; what has no syllable stays."""
    (chars, sounds), (surnames, readings) = _tables()
    plain = key.str.split("").list.eval(pl.element().replace(chars, sounds)).list.join("")
    read = [
        key.str.head(length).replace_strict(surnames, readings, default=None, return_dtype=pl.String) + plain.str.slice(length)
        for length in (2, 1)
    ]
    return pl.when(key.str.len_chars() > _LONGEST).then(plain).otherwise(pl.coalesce(*read, plain))
