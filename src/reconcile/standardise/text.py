"""Text as it should have been delivered: guards and outer blanks off, width folded."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from reconcile.contract import unstated
from reconcile.contract.columns import Kind

BLANKS = (
    " \t\r\n\v\f\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f"
    "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u3000\ufeff"
)
"""White space and characters that print nothing (DOMAIN §1.2, guards)."""

APOSTROPHES = "'‘’`´＇"
"""What spreadsheets and people put before a value to keep it text."""

FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
"""Full-width ASCII → ASCII; the part of NFKC that numbers need, at a tenth of its price."""

SPREADSHEET_FRACTION = r"^(\d+)\.0+$"
"""A whole number as data frames and spreadsheets write it when its column has gaps."""


def bare(text: pl.Expr) -> pl.Expr:
    """Strip outer blanks, leading apostrophes and ``="…"``; null when nothing is left."""
    inner = text.str.strip_chars(BLANKS).str.strip_chars_start(BLANKS + APOSTROPHES)
    formula = inner.str.strip_chars(BLANKS + APOSTROPHES + '="')
    inner = pl.when(inner.str.starts_with('="')).then(formula).otherwise(inner)
    return pl.when(inner != "").then(inner)


def says_nothing(text: pl.Expr, kind: Kind) -> pl.Expr:
    """Whether a text only says that there is nothing in a column of that kind (``无``, ``(null)``, ``---`` …); null stays null."""
    shown = text.str.normalize("NFKC").str.to_uppercase()
    word = shown.str.replace_all(r"[^\p{L}\p{N}]+", "")
    signs = text.str.contains(unstated.SIGNS.get(kind, unstated.ANY_SIGNS))
    return word.str.contains(unstated.pattern(kind)) | shown.str.contains(unstated.PROGRAM_ERRORS) | signs


def stated(text: pl.Expr, kind: Kind) -> pl.Expr:
    """Null where the text says nothing."""
    return pl.when(~says_nothing(text, kind)).then(text)


def folded(text: pl.Expr) -> pl.Expr:
    """Bare text in NFKC: full-width letters and digits become ASCII."""
    return bare(bare(text).str.normalize("NFKC"))


_CHINESE = "[一二三四五六七八九十]"
_ONES = "[一二三四五六七八九]"
_TENS = ((f"({_ONES})十({_ONES})", "$1$2"), (f"十({_ONES})", "一$1"), (f"({_ONES})十", "${1}0"), ("十", "10"))
_CAPITALS = dict(zip("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十", strict=True))
"""As money and old forms are filled in."""
_DIGITS = dict(zip("〇○零O一二三四五六七八九", "0000123456789", strict=True))


def arabic(text: pl.Expr) -> pl.Expr:
    """Chinese numerals below 100, and years digit by digit, as digits; a typed letter O counts as zero only beside them."""
    text = text.str.replace_many(_CAPITALS)
    digits = text
    for pattern, written in _TENS:
        digits = digits.str.replace_all(pattern, written)
    return pl.when(text.str.contains(_CHINESE)).then(digits.str.replace_many(_DIGITS)).otherwise(text)


def without_blanks(text: pl.Expr) -> pl.Expr:
    """Remove every blank, inner ones too."""
    return text.str.replace_all(f"[{BLANKS}]+", "")


def whole(text: pl.Expr) -> pl.Expr:
    """``12.0`` → ``12``."""
    return text.str.replace(SPREADSHEET_FRACTION, "${1}")


def quick_or_careful(
    values: pl.LazyFrame, fits: pl.Expr, quick: dict[str, pl.Expr], careful: Callable[[pl.LazyFrame], pl.LazyFrame]
) -> pl.LazyFrame:
    """Add the columns of ``careful``; where ``fits`` holds or the text is null they are ``quick``; the rest is read once per distinct text.

    Nearly all values of a good delivery need no repair. ``quick`` must say what ``careful`` would say.
    """
    odd = pl.when(~fits.fill_null(value=False)).then(pl.col("text"))
    marked = values.with_columns(odd.alias("_odd"))
    # A null key meets nothing in a join: what needs no repair costs next to nothing.
    rest = careful(marked.select(pl.col("_odd").alias("text")).drop_nulls().unique())
    read = marked.join(rest, left_on="_odd", right_on="text", how="left", maintain_order="left")
    is_quick = pl.col("_odd").is_null()
    return read.with_columns(pl.when(is_quick).then(made).otherwise(name).alias(name) for name, made in quick.items()).drop("_odd")
