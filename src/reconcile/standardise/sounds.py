"""How a name sounds, as a key: every Han character becomes one that stands for its syllable without tone (DOMAIN §4.4).

A character has one reading here, so that names can be looked up by their sound: the one it has in names. A name heard by its other
reading (晟 as chéng) is found by another key.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from reconcile.standardise.reference import surname_readings, syllables

_LONGEST = 4
"""Longer names have no Han surname in front (DOMAIN §4.3)."""


@cache
def _tables() -> tuple[tuple[pl.Series, pl.Series], tuple[pl.Series, pl.Series]]:
    """Characters and their sounds; surnames that are read otherwise than their characters, and theirs."""
    standing = {syllable: characters[0] for syllable, characters in syllables().items()}
    sounds = {char: standing[syllable] for syllable, characters in syllables().items() for char in characters}
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
