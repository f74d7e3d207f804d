"""Spellings that one transliterated name has in registers, and the lengths at which forms cut a name: small tables of our own.

Sources: DOMAIN §4.3 (official list of irregularities, 2016) and §4.4; no third-party data.
"""

from __future__ import annotations

import polars as pl

UNKNOWN = "□"
SEPARATOR = r"[·•‧∙⋅・･．.﹒。、●\-]"

FAMILIES = (
    ("买合买提", "买提"),
    ("买买提", "买提"),
    ("麦麦提", "买提"),
    ("麦提", "买提"),
    ("阿布都", "阿卜杜"),
    ("阿不都", "阿卜杜"),
    ("阿卜都", "阿卜杜"),
    ("阿布杜", "阿卜杜"),
    ("阿不杜", "阿卜杜"),
)
"""Spellings that render one source name, whatever the length of the whole name; longer spellings first."""

SYLLABLES = (("伊", "依"), ("不", "布"), ("卜", "布"), ("特", "提"), ("姜", "江"), ("荪", "逊"))
"""Syllables that transliterations exchange; used only in long or separated names, because they are distinct names in short ones."""

FIELD_LIMITS = (4, 5, 6, 8, 10, 12, 15, 16, 20, 25)
"""Lengths in characters at which forms and old systems cut a name (8, 10, 12, 20, … bytes; DOMAIN §4.4)."""


def spelled(column: str) -> pl.Expr:
    """Folded name of a column with every spelling brought to one form, whatever its length."""
    return _replaced(_replaced(pl.col(column), FAMILIES), SYLLABLES)


def canonical(column: str, by_parts: str) -> pl.Expr:
    """Folded name with its spellings brought to one form; syllables only where the name is long or separated."""
    family = _replaced(pl.col(column), FAMILIES)
    return pl.when(pl.col(by_parts)).then(_replaced(family, SYLLABLES)).otherwise(family)


def canonical_parts(column: str) -> pl.Expr:
    """Segments of a name as recorded, blanks removed and spellings brought to one form."""
    bare = pl.col(column).str.replace_all(r"\s", "").str.strip_chars("·•.")
    spelled = _replaced(_replaced(bare, FAMILIES), SYLLABLES)
    return spelled.str.replace_all(SEPARATOR, "|").str.split("|")


def _replaced(text: pl.Expr, spellings: tuple[tuple[str, str], ...]) -> pl.Expr:
    return text.str.replace_many([old for old, _ in spellings], [new for _, new in spellings], leftmost=True)


def is_cut_length(name: pl.Expr) -> pl.Expr:
    """Whether a name as recorded is as long as a form field."""
    return name.str.len_chars().is_in(FIELD_LIMITS)
