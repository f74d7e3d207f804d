"""How a name sounds, as a key: every Han character becomes one that stands for its syllable without tone (DOMAIN §4.4).

A character has one reading here, so that names can be looked up by their sound: the one it has in names. A name heard by its other
reading (晟 as chéng) is found by another key; ``other_readings`` says which characters that concerns.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from reconcile.standardise.names import HAN_RANGES, character_folding
from reconcile.standardise.reference import surname_readings

_LONGEST = 4
"""Longer names have no Han surname in front (DOMAIN §4.3)."""

_IN_NAMES = {
    "晟": "sheng", "长": "chang", "卜": "bu", "薄": "bo", "都": "du", "佛": "fo", "勒": "le", "什": "shi", "率": "shuai",
    "泊": "bo", "厦": "xia", "隽": "jun", "焘": "tao", "峤": "qiao", "玟": "min", "莞": "wan", "〇": "ling",
}  # fmt: skip
"""Characters that names read otherwise than running text does, by the dictionaries of modern Chinese."""


@cache
def _syllables() -> tuple[dict[str, str], dict[str, str]]:
    """Syllable → first character that has it; character → that character."""
    from pypinyin import lazy_pinyin

    han = [chr(code) for start, end in HAN_RANGES[:2] for code in range(start, end)]
    # GB 2312 has the common characters first, so that what stands for a syllable is one that people can read.
    han.sort(key=lambda char: (char.encode("gb2312", "ignore") or b"\xff", char))
    readings = dict(zip(han, lazy_pinyin(han), strict=True)) | _IN_NAMES
    # A key holds folded characters: 頔 became 𬱖, which may be too new to have a reading of its own.
    origins = {goal: char for char, goal in character_folding().items() if goal not in readings}
    folded = dict(zip(origins, lazy_pinyin(list(origins)), strict=True))
    before = dict(zip(origins, lazy_pinyin(list(origins.values())), strict=True))
    readings |= {goal: before[goal] if syllable == goal else syllable for goal, syllable in folded.items()}
    standing: dict[str, str] = {}
    sounds: dict[str, str] = {}
    for char, syllable in readings.items():
        if syllable not in {char, origins.get(char)}:
            sounds[char] = standing.setdefault(syllable, char)
    return standing, sounds


@cache
def other_readings() -> dict[str, str]:
    """Character → what stands for its reading in running text, where names read it otherwise."""
    from pypinyin import lazy_pinyin

    standing, _ = _syllables()
    return {
        char: standing[syllable] for char, syllable in zip(_IN_NAMES, lazy_pinyin(list(_IN_NAMES)), strict=True) if syllable in standing
    }


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
