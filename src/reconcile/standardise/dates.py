"""Dates in every form deliveries have (DOMAIN §5); what is no full, real date is broken and the rule says how."""

from __future__ import annotations

import polars as pl

from reconcile.standardise import text as plain

FIRST_YEAR, LAST_YEAR = 1890, 2100
"""Civil dates outside these years do not occur in the registers; deliveries use them as defaults or by mistake."""

RULES = {
    "date_partial": "Year, or year and month, without a day.",
    "date_two_digit_year": "The century is not written; it is not guessed.",
    "date_default": "A filler such as 00000000 or 99991231.",
    "date_impossible": f"No such day, or a year outside {FIRST_YEAR} to {LAST_YEAR}.",
    "date_form": "None of the known ways to write a date.",
}
"""Rules a broken date is rejected under."""

_CLOCK = r"(?:[T ]?\d{1,2}[:时]\d{1,2}(?:[:分](?:\d{1,2}(?:\.\d+)?秒?)?)?(?:\+08:?00)?)?"
"""A time of day is dropped. One with another time zone is no civil date of Shanghai, so its form is refused."""
_PLAIN = r"^([0-9]{4})-?([0-9]{2})-?([0-9]{2})$"
_SEPARATED = r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?" + _CLOCK + "$"
_COMPACT = r"^(\d{4})(\d{2})(\d{2})(?:\.0+|(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?$"
_SERIAL = r"^(\d{5})(?:\.\d+)?$"
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 60_000
_SERIAL_ZERO = pl.date(1899, 12, 30)
"""Day 0 of Excel's 1900 system for every day after 1900-02-28."""

_DEFAULT = r"^(?:0+|9{4,}|(?:0000|9999)[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?(?:[T ].*)?)$"
_PARTIAL = r"^(?:\d{4}年?|(?:189|19\d|20\d)\d(?:0\d|1[0-2])|\d{4}[-/.年]\d{1,2}月?)$"
_TWO_DIGIT_YEAR = r"^(?:\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{6})$"

_CHINESE = "[一二三四五六七八九十]"
_TENS = ((r"([二三])十([一二三四五六七八九])", "$1$2"), (r"一?十([一二三四五六七八九])", "一$1"), (r"([二三])十", "${1}0"), ("十", "10"))
_DIGITS = dict(zip("〇○零O一二三四五六七八九", "0000123456789", strict=True))


def _arabic(text: pl.Expr) -> pl.Expr:
    """Chinese numerals as digits; a typed letter O counts as zero only beside them."""
    arabic = text
    for pattern, digits in _TENS:
        arabic = arabic.str.replace_all(pattern, digits)
    return pl.when(text.str.contains(_CHINESE)).then(arabic.str.replace_many(_DIGITS)).otherwise(text)


def cleaned(text: pl.Expr) -> pl.Expr:
    """Width, guards, blanks around separators and Chinese numerals folded; null when empty or "not stated"."""
    narrow = plain.stated(plain.folded(text)).str.to_uppercase().str.replace_all("元月", "1月")
    return _arabic(narrow.str.replace_all(r"\s*([-/.年月日:])\s*", "$1"))


def _date(clean: pl.Expr) -> pl.Expr:
    year, month, day = (pl.coalesce(clean.str.extract(form, group) for form in (_SEPARATED, _COMPACT)) for group in (1, 2, 3))
    written = pl.concat_str(year, month, day, separator="-").str.to_date("%Y-%m-%d", strict=False)
    serial = clean.str.extract(_SERIAL, 1).cast(pl.Int32)
    counted = pl.when(serial.is_between(_FIRST_SERIAL, _LAST_SERIAL)).then(_SERIAL_ZERO + pl.duration(days=serial))
    return pl.coalesce(written, counted)


def read_carefully(values: pl.LazyFrame) -> pl.LazyFrame:
    """Like ``read``, every value by every rule."""
    clean, date = pl.col("_clean"), pl.col("_date")
    fits = date.dt.year().is_between(FIRST_YEAR, LAST_YEAR).fill_null(value=False)
    rule = (
        pl.when(clean.is_null() | fits).then(None)
        .when(clean.str.contains(_DEFAULT)).then(pl.lit("date_default"))
        .when(clean.str.contains(_SEPARATED) | clean.str.contains(_COMPACT)).then(pl.lit("date_impossible"))
        .when(clean.str.contains(_PARTIAL)).then(pl.lit("date_partial"))
        .when(clean.str.contains(_TWO_DIGIT_YEAR)).then(pl.lit("date_two_digit_year"))
        .otherwise(pl.lit("date_form"))
    )  # fmt: skip
    return (
        values.with_columns(cleaned(pl.col("text")).alias("_clean"))
        .with_columns(_date(clean).alias("_date"))
        .with_columns(pl.when(fits).then(date).alias("value"), rule.alias("rule"))
        .drop("_clean", "_date")
    )


def read(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (Date or null) and ``rule`` (of ``RULES`` when broken, else null)."""
    digits = pl.col("text").str.extract(_PLAIN, 1) + pl.col("text").str.extract(_PLAIN, 2) + pl.col("text").str.extract(_PLAIN, 3)
    date = pl.col("_quick")
    return plain.quick_or_careful(
        values.with_columns(digits.str.to_date("%Y%m%d", strict=False).alias("_quick")),
        date.dt.year().is_between(FIRST_YEAR, LAST_YEAR),
        {"value": date, "rule": pl.lit(None, pl.String)},
        read_carefully,
    ).drop("_quick")
