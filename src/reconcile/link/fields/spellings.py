"""Transliterated names in one form, for keys and comparisons only: a name is never respelt for the person.

Which names: by the form of the string alone. Those with a separator or of at least five characters (DOMAIN §4.3), and shorter ones that
begin with a transliterated name or consist of two of them.
"""

from __future__ import annotations

import polars as pl

from reconcile.link.fields.transliterations import BEGINNINGS, MONGOLIAN, SYLLABLES, TIBETAN, UYGHUR
from reconcile.standardise.names import DOT
from reconcile.standardise.sounds import name_sound_key

UNKNOWN = "□"
STARS = "*＊﹡?？﹖"
"""Signs that programs write for a character they cannot store, in every width: the separator is one of those."""
SEPARATED = rf"\p{{Han}}[^\p{{Han}}\s()（）\[\]【】〔〕□{STARS}]+\p{{Han}}"
"""A name as recorded with anything between its characters but a blank, a bracket or a sign for a lost character."""
LONG = 5
"""Names of so many characters, or with a separator, are compared in parts (DOMAIN §4.3)."""
_SHORTEST = 4
"""Characters of the shortest name made of two."""
FIELD_LIMITS = (4, 5, 6, 8, 10, 12, 15, 16, 20, 25)
"""Lengths in characters at which forms and old systems cut a name (8, 10, 12, 20, … bytes; DOMAIN §4.4)."""

_CHARACTERS = str.maketrans({char: first for first, *others in SYLLABLES.values() for char in others})


def _names() -> dict[str, str]:
    """Spelling → the one that stands for all, longer spellings first; both with one character a syllable."""
    rows = [row.translate(_CHARACTERS).split() for table in (UYGHUR, TIBETAN, MONGOLIAN) for row in table.values()]
    pairs = {spelling: first for first, *others in rows for spelling in others if spelling != first}
    return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


_NAMES = _names()
_WORDS = sorted({word for table in (TIBETAN, MONGOLIAN) for row in table.values() for word in row.split()}, key=len, reverse=True)
_TWO_WORDS = rf"^(?:{'|'.join(_WORDS)}){{2}}$"
_BEGIN = "".join(
    sorted({char for name in BEGINNINGS for row in SYLLABLES.values() if name[0] in row for char in row} | {name[0] for name in BEGINNINGS})
)
_PASSES = 2
"""买买提敏 first becomes 买提敏, then 买提明."""


def spelled(column: str) -> pl.Expr:
    """Name of a column with every spelling brought to one form, whatever its length."""
    return _spelled(pl.col(column))


def canonical(column: str, by_parts: str) -> pl.Expr:
    """Folded name with its spellings brought to one form where it is compared in parts, or known as transliterated though it is short."""
    key = pl.col(column)
    return pl.when(pl.col(by_parts) | _is_known(key)).then(_spelled(key)).otherwise(key)


def by_syllable(column: str) -> pl.Expr:
    """Name of a column with one character a syllable; names that are spelt in several ways stay as they are."""
    return _by_syllable(pl.col(column))


def canonical_parts(segments: pl.Expr) -> pl.Expr:
    """Parts of a name as ``names.segmented`` gives it, spellings brought to one form."""
    return _spelled(segments).str.split(DOT)


def sound_key(key: pl.Expr, is_separated: pl.Expr | None = None) -> pl.Expr:
    """How a folded name sounds, all spellings of a transliterated name alike; the key no longer says whether it had a separator."""
    by_parts = key.str.len_chars() >= LONG
    by_parts = by_parts if is_separated is None else by_parts | is_separated
    return name_sound_key(pl.when(by_parts | _is_known(key)).then(_spelled(key)).otherwise(key))


def may_be_spelled(key: pl.Expr, is_separated: pl.Expr) -> pl.Expr:
    """Whether a folded name can have several spellings, at a glance; of the others the sound is that of their characters."""
    return is_separated | (key.str.len_chars() >= _SHORTEST) | key.str.contains(f"^[{_BEGIN}]")


def is_cut_length(name: pl.Expr) -> pl.Expr:
    """Whether a name as recorded is as long as a form field."""
    return name.str.len_chars().is_in(FIELD_LIMITS)


def _is_known(key: pl.Expr) -> pl.Expr:
    """Whether a name is transliterated by what it begins with or consists of."""
    spelled = _spelled(key)
    return pl.any_horizontal(*(spelled.str.starts_with(name) for name in BEGINNINGS), key.str.contains(_TWO_WORDS)).fill_null(value=False)


def _by_syllable(text: pl.Expr) -> pl.Expr:
    characters = {chr(char): str(first) for char, first in _CHARACTERS.items()}
    return text.str.replace_many(list(characters), list(characters.values()))


def _spelled(text: pl.Expr) -> pl.Expr:
    text = _by_syllable(text)
    for _ in range(_PASSES):
        text = text.str.replace_many(list(_NAMES), list(_NAMES.values()), leftmost=True)
    return text
