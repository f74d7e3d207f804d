"""Addresses: shown as delivered; folded for matching."""

from __future__ import annotations

from functools import cache

import polars as pl

from reconcile.standardise import text as plain
from reconcile.standardise.names import character_folding, plain_characters

_NOT_ADDRESS = r"[^\p{L}\p{M}\p{N}]+"
_UNITS = "号栋幢座楼层室组单户"
"""What a house number stands before; a numeral elsewhere (五里村, 三都县) is a name and stays."""
_HIGHEST = 199
_TEN = 10
_BLOCKS = {"幢": "栋", "座": "栋"}
_NUMBERED = r"第+(\d+)"
_TO_FOLD = f"第[0-9]|[幢座]|[一二三四五六七八九十百][{_UNITS}]"
_DIGITS = "零一二三四五六七八九"


def _chinese(number: int) -> list[str]:
    """Ways to write 1 to 199 in words: 105 → 一百零五, 一百〇五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, _TEN)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    ones_text = _DIGITS[ones] if ones else ""
    if not tens:
        return [head + zero + ones_text for zero in ("零", "〇")] if head and ones else [head + ones_text]
    tens_texts = [f"{_DIGITS[tens]}十"] if head or tens > 1 else ["十", "一十"]
    return [head + tens_text + ones_text for tens_text in tens_texts]


@cache
def _house_numbers() -> dict[str, str]:
    words = {word + unit: f"{number}{unit}" for number in range(1, _HIGHEST + 1) for word in _chinese(number) for unit in _UNITS}
    return dict(sorted(words.items(), key=lambda item: (-len(item[0]), item[0])))


def address_key(text: pl.Expr) -> pl.Expr:
    """Folded form: simplified, no blanks or punctuation, 第三组 and 3组 alike, 幢 and 座 as 栋; null when nothing is left."""
    upper = plain.bare(text).str.normalize("NFKC").str.to_uppercase().str.normalize("NFKC")
    key = upper.str.replace_many(character_folding()).str.replace_all(_NOT_ADDRESS, "")
    key = key.str.replace_many(_house_numbers(), leftmost=True).str.replace_all(_NUMBERED, "${1}").str.replace_many(_BLOCKS)
    return pl.when(key != "").then(key)


def _read_carefully(values: pl.LazyFrame) -> pl.LazyFrame:
    return values.with_columns(plain.bare(pl.col("text")).alias("value"), address_key(pl.col("text")).alias("key"))


def read(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (as delivered, guards off) and ``key``."""
    text = pl.col("text")
    fits = text.str.contains(f"^[{plain_characters()}]+$") & ~text.str.contains(_TO_FOLD)
    return plain.quick_or_careful(values, fits, {"value": text, "key": text}, _read_carefully)
