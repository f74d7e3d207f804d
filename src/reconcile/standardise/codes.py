"""Codes, area codes, counts, certificate numbers and other short texts."""

from __future__ import annotations

import polars as pl

from reconcile.contract.codes import CodeSet
from reconcile.contract.columns import Kind
from reconcile.standardise import text as plain

RULES = {
    "code_unknown": "A code that its code set does not have.",
    "area_form": "Not an area or agency code of the expected length.",
    "integer_form": "Not a whole number from 0 to 999.",
}
"""Rules a broken value is rejected under."""

_INTEGER = r"^第?([0-9]{1,3})(?:周岁|虚岁|岁|胎|孩|个)?$"
_MONTHS = "^([0-9]{1,3})(?:个月|月龄|月)大?$"
_DAYS = "^([0-9]{1,3})(?:天|日龄|日)大?$"
_YOUNG = "^[0-9]{1,3}(?:小时|时|分钟)$"
"""Age of a child in months, days or hours."""
_YEARS_AND_MORE = r"^([0-9]{1,3})(?:周岁|岁)(?:半|零?[0-9]{1,2}个?月.*)$"
_ABOUT = "[一二三四五六七八九]{2}十"
"""七八十: seventy or eighty."""
_FILLER_INTEGERS = ("999", "-1", "-9", "9999", "99999")
_LONGER_AREA = "^[0-9]{6}(?:[0-9]{3}){1,2}$"
"""A town or village code begins with its county; 15 and 18 digits may be a citizen number, whose first six are another place."""
_COUNTY = (6,)
_PLAIN_TEXT = r"^[A-Z]{0,8}[0-9][0-9A-Z]*$"
_PLAIN_CERTIFICATE = r"^[A-Z][0-9]*[1-9][0-9]*$"
_ONE_DIGIT = "^(?:0+|" + "|".join(f"{digit}{{4,}}" for digit in range(1, 10)) + "|X+|123456(?:7|78|789|7890)?)$"
"""Typed to get past a form."""
_CUT_NUMBER = r"^[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}$|^[0-9]\.[0-9]+E[0-9]{1,3}$"
"""9.90101E+16: what a spreadsheet program leaves of a number of so many digits, the same for all that begin alike."""
_NUMBER_OF_A_FRAME = r"^([0-9]+)\.0+$"
"""A whole number that stood in a column with gaps."""


def _read_text_carefully(values: pl.LazyFrame) -> pl.LazyFrame:
    given = plain.stated(plain.bare(pl.col("text")), Kind.TEXT).str.replace(_NUMBER_OF_A_FRAME, "$1")
    return values.with_columns(pl.when(~given.str.to_uppercase().str.contains(_CUT_NUMBER)).then(given).alias("value"))


def read_text(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``; adds ``value``: guards off, null when it says nothing or was cut."""
    text = pl.col("text")
    return plain.quick_or_careful(values, text.str.contains(_PLAIN_TEXT), {"value": text}, _read_text_carefully)


def _read_certificate_carefully(values: pl.LazyFrame) -> pl.LazyFrame:
    given = plain.stated(plain.folded(pl.col("text")), Kind.CERTIFICATE)
    number = plain.without_blanks(given).str.to_uppercase().str.replace(_NUMBER_OF_A_FRAME, "$1")
    is_one = ~number.str.contains(_ONE_DIGIT) & ~number.str.contains(_CUT_NUMBER)
    return values.with_columns(pl.when(is_one).then(number).alias("value"))


def read_certificate(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``; adds ``value``: upper case, width folded, no blanks (CONTRACT §2, reading 14); null when a filler or cut."""
    text = pl.col("text")
    return plain.quick_or_careful(values, text.str.contains(_PLAIN_CERTIFICATE), {"value": text}, _read_certificate_carefully)


def _ruled(values: pl.LazyFrame, given: pl.Expr, value: pl.Expr, rule: str) -> pl.LazyFrame:
    broken = pl.when(given.is_not_null() & value.is_null()).then(pl.lit(rule))
    return values.with_columns(value.alias("value"), broken.alias("rule"))


def read_code(values: pl.LazyFrame, code_set: CodeSet, kind: Kind = Kind.CODE) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (canonical code) and ``rule``; what says nothing, or the set ignores, is null without a rule."""
    given = pl.col("_given")
    spellings = code_set.spellings()
    # 属 实 and 属实。 are 属实 typed with care.
    bare = plain.without_blanks(given).str.strip_chars("。.,，;；!！、")
    code = pl.coalesce(text.replace_strict(spellings, default=None, return_dtype=pl.String) for text in (given, bare))
    empty = given.is_in(sorted(code_set.ignored)) | plain.says_nothing(given, kind)
    read = values.with_columns(plain.whole(plain.folded(pl.col("text"))).alias("_given")).with_columns(code.alias("_code"))
    read = read.with_columns(pl.when(pl.col("_code").is_not_null() | ~empty).then(given).alias("_given"))
    return _ruled(read, given, pl.col("_code"), "code_unknown").drop("_given", "_code")


def read_boolean(values: pl.LazyFrame, code_set: CodeSet) -> pl.LazyFrame:
    """Read column ``text`` as a flag; adds ``value`` (false when empty, null when broken) and ``rule``."""
    flag = pl.when(pl.col("rule").is_null()).then((pl.col("value") == "1").fill_null(value=False))
    return read_code(values, code_set, Kind.BOOLEAN).with_columns(flag.alias("value"))


def read_area(values: pl.LazyFrame, digits: tuple[int, ...]) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (digits of one of the allowed lengths) and ``rule``; a lost leading zero is not guessed."""
    pattern = "^(?:" + "|".join(f"[0-9]{{{length}}}" for length in digits) + ")$"
    text, given = pl.col("text"), pl.col("_given")

    def carefully(rest: pl.LazyFrame) -> pl.LazyFrame:
        read = rest.with_columns(plain.whole(plain.without_blanks(plain.folded(text))).alias("_given"))
        read = read.with_columns(pl.when(~given.str.contains("^0+$")).then(plain.stated(given, Kind.AREA)).alias("_given"))
        area = pl.when(given.str.contains(pattern)).then(given)
        if digits == _COUNTY:
            area = area.fill_null(pl.when(given.str.contains(_LONGER_AREA)).then(given.str.slice(0, 6)))
        return _ruled(read, given, area, "area_form").drop("_given")

    fits = text.str.contains(pattern) & ~text.str.starts_with("00")
    return plain.quick_or_careful(values, fits, {"value": text, "rule": pl.lit(None, pl.String)}, carefully)


def read_integer(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``, a count or an age (``74``, ``74岁``, ``第1胎``, ``5个月``); adds ``value`` (Int32) and ``rule``."""
    text = pl.col("text")
    quick = {"value": text.cast(pl.Int32, strict=False), "rule": pl.lit(None, pl.String)}
    return plain.quick_or_careful(values, text.str.contains("^[0-9]{1,2}$"), quick, _read_integer_carefully)


def _read_integer_carefully(values: pl.LazyFrame) -> pl.LazyFrame:
    given = plain.whole(plain.without_blanks(plain.stated(plain.folded(pl.col("text")), Kind.INTEGER)))
    read = values.with_columns(given.alias("_given")).with_columns(plain.arabic(pl.col("_given")).alias("_arabic"))
    arabic = pl.col("_arabic")
    young = pl.coalesce(
        arabic.str.extract(_MONTHS).cast(pl.Int32) // 12,
        arabic.str.extract(_DAYS).cast(pl.Int32) // 366,
        pl.when(arabic.str.contains(_YOUNG)).then(pl.lit(0, pl.Int32)),
    )
    years = pl.coalesce(arabic.str.extract(_INTEGER), arabic.str.extract(_YEARS_AND_MORE)).cast(pl.Int32)
    given = pl.when(~pl.col("_given").is_in(_FILLER_INTEGERS)).then("_given")
    number = pl.when(given.is_not_null() & ~given.str.contains(_ABOUT)).then(years.fill_null(young))
    return _ruled(read, given, number, "integer_form").drop("_given", "_arabic")
