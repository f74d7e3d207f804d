"""Characters that arrive as their number or name: a form in GBK sends ``&#19886;`` for what GBK does not have, a script ``%u4DAE``.

Decoded where the character is certain; a reference that was cut off, or leads to no character, is one unknown glyph.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from html.entities import html5

import polars as pl

UNKNOWN = "□"
"""The one sign that every unreadable glyph becomes in a key: position known, character not."""

_TRIGGER = r"[&%\\]|#[0-9]|_x|U\+"
_AMPERSAND = r"&(?:amp;)+"
_UNITS = (
    (r"&?#x[0-9a-f]{2,6};?|&#x?;?$", r"#x([0-9a-f]+)", 16),
    (r"&?#[0-9]{2,7};|&#[0-9]{1,7}", r"#([0-9]+)", 10),
    (r"%u[0-9a-f]{4}|%u[0-9a-f]{0,3}$", r"%u([0-9a-f]+)", 16),
    (r"(?-i:\\U)[0-9a-f]{8}|\\u[0-9a-f]{4}|\\[ux]\{[0-9a-f]{2,6}\}|\\u[0-9a-f]{0,3}$", r"\\[uUx]\{?([0-9a-f]+)", 16),
    (r"_x[0-9a-f]{4}_", r"_x([0-9a-f]{4})_", 16),
    (r"\{?U\+[0-9a-f]{4,6}\}?", r"U\+([0-9a-f]+)", 16),
    (r"(?:%[0-9a-f]{2})+", "", 0),
    (r"&[a-z]{2,24};", "", 0),
)
"""Ways to write one character or half of one: whole reference, its number, the base of the number (0: bytes or a name)."""

_TOKEN = "(?i:" + "|".join(f"(?:{unit})+" for unit, _, _ in _UNITS) + ")"


def decoded(text: pl.Expr) -> pl.Expr:
    """Text with its references read."""
    return text.map_batches(_decoded, return_dtype=pl.String)


def _decoded(texts: pl.Series) -> pl.Series:
    suspects = texts.filter(texts.str.contains(_TRIGGER))
    if suspects.is_empty():
        return texts
    plain = texts.str.replace_all(_AMPERSAND, "&")
    tokens = plain.str.extract_all(_TOKEN).explode().drop_nulls().unique().sort().to_list()
    # Longest first by leftmost matching: a reference may be the beginning of another.
    tokens.sort(key=lambda token: (-len(token), token))
    if not tokens:
        return plain
    return plain.str.replace_many(tokens, [_characters(token) for token in tokens], leftmost=True)


def _characters(token: str) -> str:
    """What a run of references of one kind stands for."""
    if re.fullmatch(r"&[A-Za-z]+;", token):
        return html5.get(token[1:], UNKNOWN)
    if re.fullmatch(r"(?:%[0-9A-Fa-f]{2})+", token):
        try:
            return bytes.fromhex(token.replace("%", "")).decode()
        except UnicodeDecodeError:
            return UNKNOWN
    if re.search(r"&#[0-9]{1,4}$|(?:%u|\\u)[0-9A-Fa-f]{0,3}$", token):  # cut off: what is left of a number is another number
        return UNKNOWN
    for unit, number, base in _UNITS:
        if base and re.fullmatch(f"(?:{unit})+", token, re.IGNORECASE):
            return _joined([int(digits, base) for digits in re.findall(number, token, re.IGNORECASE)])
    return "".join(_characters(f"{part};") for part in token.split(";") if part)


def _joined(points: list[int]) -> str:
    """Characters of code points, halves of surrogate pairs put together; one unknown glyph for each that is none."""
    known = [point if point <= sys.maxunicode else 0xFFFD for point in points]
    units = b"".join(chr(point).encode("utf-16-le", "surrogatepass") for point in known)
    characters = units.decode("utf-16-le", "replace")
    return (
        "".join(UNKNOWN if unicodedata.category(char) in {"Cc", "Cn", "Co", "Cs"} and not _is_new(char) else char for char in characters)
        or UNKNOWN
    )


def _is_new(character: str) -> bool:
    """Whether a character of the ideographic planes is newer than the tables at hand."""
    return "\U00020000" <= character < "\U0003fffe"
