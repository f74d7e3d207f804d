"""Codes, area codes, counts, certificate numbers and other short texts."""

from __future__ import annotations

import polars as pl

from reconcile.contract.codes import CodeSet
from reconcile.standardise import text as plain

RULES = {
    "code_unknown": "A code that its code set does not have.",
    "area_form": "Not an area or agency code of the expected length.",
    "integer_form": "Not a whole number from 0 to 999.",
}
"""Rules a broken value is rejected under."""

_INTEGER = r"^\d{1,3}$"


def read_text(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``; adds ``value``: guards off, null when empty or "not stated"."""
    return values.with_columns(plain.stated(plain.bare(pl.col("text"))).alias("value"))


def read_certificate(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``; adds ``value``: upper case, width folded, without blanks (CONTRACT §2, reading 14)."""
    number = plain.without_blanks(plain.stated(plain.folded(pl.col("text")))).str.to_uppercase()
    return values.with_columns(number.alias("value"))


def _ruled(values: pl.LazyFrame, given: pl.Expr, value: pl.Expr, rule: str) -> pl.LazyFrame:
    broken = pl.when(given.is_not_null() & value.is_null()).then(pl.lit(rule))
    return values.with_columns(value.alias("value"), broken.alias("rule"))


def read_code(values: pl.LazyFrame, code_set: CodeSet) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (canonical code) and ``rule``; what the set ignores becomes null without a rule."""
    given = plain.whole(plain.folded(pl.col("text")))
    given = pl.when(~given.is_in(sorted(code_set.ignored))).then(given)
    code = given.replace_strict(code_set.spellings(), default=None, return_dtype=pl.String)
    return _ruled(values, given, code, "code_unknown")


def read_boolean(values: pl.LazyFrame, code_set: CodeSet) -> pl.LazyFrame:
    """Read column ``text`` as a flag; adds ``value`` (false when empty, null when broken) and ``rule``."""
    flag = pl.when(pl.col("rule").is_null()).then((pl.col("value") == "1").fill_null(value=False))
    return read_code(values, code_set).with_columns(flag.alias("value"))


def read_area(values: pl.LazyFrame, digits: tuple[int, ...]) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (digits of one of the allowed lengths) and ``rule``; a lost leading zero is not guessed."""
    given = plain.whole(plain.without_blanks(plain.stated(plain.folded(pl.col("text")))))
    pattern = "^(?:" + "|".join(rf"\d{{{length}}}" for length in digits) + ")$"
    return _ruled(values, given, pl.when(given.str.contains(pattern)).then(given), "area_form")


def read_integer(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (Int32) and ``rule``."""
    given = plain.whole(plain.stated(plain.folded(pl.col("text"))))
    number = pl.when(given.str.contains(_INTEGER)).then(given).cast(pl.Int32)
    return _ruled(values, given, number, "integer_form")
