"""Citizen identity numbers (GB 11643-1999): what is damaged is recognised, what is certain is put right, nothing is guessed."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from reconcile.contract.columns import Kind
from reconcile.standardise import text as plain


class State(NamedTuple):
    """What a number turned out to be."""

    name: str
    sentence: str
    keeps_number: bool
    """Whether ``value`` holds 18 characters; otherwise it is null and only the raw text remains."""


STATES = (
    State("valid", "18 characters, a real date inside, the check character fits.", keeps_number=True),
    State("upgraded", "Was 15 digits; the century and the check character were added.", keeps_number=True),
    State(
        "checksum",
        "18 characters with a real date inside, but the check character does not fit, or the order code is 000, which nobody is given.",
        keeps_number=True,
    ),
    State(
        "excel_tail",
        "18 digits, the last three zero, and the check does not fit or the order code is 000: Excel kept 15 digits.",
        keeps_number=True,
    ),
    State(
        "float_damage",
        "18 digits that went through float64, since they end in .0 or the check does not fit and float64 holds them: the tail is wrong.",
        keeps_number=True,
    ),
    State("scientific", "Written like 5.20102E+17: beyond the first digits nothing is left.", keeps_number=False),
    State("malformed", "Neither 15 nor 18 characters of the right kind, or no real date inside.", keeps_number=False),
    State("placeholder", "Stands for no number: 无, one digit repeated, 123456789…", keeps_number=False),
    State("other_document", "Number of a passport or another document.", keeps_number=False),
    State("missing", "Empty.", keeps_number=False),
)
"""Every state a citizen number can be in, in the order of the data dictionary."""

KEEPING = tuple(state.name for state in STATES if state.keeps_number)
"""States that keep a number."""

OTHER_ID_TYPES = ("3", "9")
"""Codes of ``id_type`` (passport, other): a number that has not the form of a citizen number is then no fault."""

FIRST_YEAR, LAST_YEAR = 1800, 2100
"""Years a birth date in a number may have: the standard's own specimen is of 1880, and 15-digit centenarians are 18xx (DOMAIN §1.1).

Whether the date is plausible for the person is not asked here: it is compared with the birth date of the row.
"""

_CHECKS = "10X98765432"
_EIGHTEEN = r"^\d{17}[\dX×*ХΧⅩ]$"
_PLAIN = r"^[0-9]{17}[0-9X]$"
_FIFTEEN = r"^\d{15}$"
_CENTENARIAN = r"99[6-9]$"
_SCIENTIFIC = r"^\d(?:\.\d+)?E\+?\d{1,3}$"
"""Excel writes two digits of exponent, LibreOffice three."""
_FRACTION = r"^(\d{15}|\d{18})\.0*$"
"""A whole number out of a data frame with gaps; 15 digits survive that, 18 do not."""
_GROUPED = r"^\d{1,3}(?:[,']\d{3})+(?:\.0+)?$"
_HYPHENATED = r"^(\d{6})[-/.](\d{6}|\d{8})[-/.](\d{3}[\dX]?)$"
ORDER_ZERO = r"^\d{14}000"
PREFIX = 15
"""Digits of a number that survive a spreadsheet."""
_ONE_DIGIT = "^(?:" + "|".join(f"{digit}+" for digit in range(10)) + "|X+)X?$"
_COUNTING = "1234567890123456789012"
_LEAST_COUNTING = 6
_DOCUMENT = r"^[\p{Han}A-Z0-9()\-第号]{5,14}$"
_HAS_LETTER = r"[\p{Han}A-Z]"
_ULPS = ((2**59, 128), (2**58, 64), (2**57, 32), (2**56, 16))
"""Distance of neighbouring float64 values from this size on; below, numbers begin with 07 or less and are not issued."""


def cleaned(text: pl.Expr) -> pl.Expr:
    """Guards, width, lower case, blanks, and signs between groups of digits folded; null when empty."""
    narrow = text.str.replace_many(plain.FULL_WIDTH).str.strip_chars(plain.BLANKS + plain.APOSTROPHES + '="“”;,、。')
    upper = plain.without_blanks(narrow).str.to_uppercase().str.replace(_HYPHENATED, "$1$2$3")
    figures = pl.when(upper.str.contains(_GROUPED)).then(upper.str.replace_all("[,']", "")).otherwise(upper)
    return pl.when(figures != "").then(figures)


def check_character(body: pl.Expr) -> pl.Expr:
    """Check character of the first 17 digits (Int64) by ISO 7064 MOD 11-2."""
    # Weight of the digit at 10**place is 2**(place + 1) mod 11.
    total = pl.sum_horizontal(body // 10**place % 10 * (2 ** (place + 1) % 11) for place in range(17))
    return pl.lit(_CHECKS).str.slice((total % 11).cast(pl.Int64), 1)


def has_birth_date(body: pl.Expr) -> pl.Expr:
    """Whether positions 7 to 14 of the first 17 digits (Int64) are a date that exists."""
    stamp = body // 1000 % 100_000_000
    year, month, day = stamp // 10_000, stamp // 100 % 100, stamp % 100
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    february = pl.when(leap).then(29).otherwise(28)
    last = pl.when(month == 2).then(february).when(month.is_in([4, 6, 9, 11])).then(30).otherwise(31)  # noqa: PLR2004 - months
    return year.is_between(FIRST_YEAR, LAST_YEAR) & month.is_between(1, 12) & day.is_between(1, last)


def birth_date(number: pl.Expr) -> pl.Expr:
    """Birth date of an 18-character number; null when there is none."""
    return number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)


def sex_digit(number: pl.Expr) -> pl.Expr:
    """Digit 17 of an 18-character number (Int8): odd male, even female."""
    return number.str.slice(16, 1).cast(pl.Int8, strict=False)


def is_proven(number: pl.Expr) -> pl.Expr:
    """Whether an 18-character number has a birth date, an order code that is given to people, and the right check character."""
    body = number.str.slice(0, 17).cast(pl.Int64, strict=False)
    fits = has_birth_date(body) & (number.str.slice(17, 1) == check_character(body)) & (body % 1000 != 0)
    return fits.fill_null(value=False)


def rounded(number: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether ``other`` is what float64 makes of ``number`` (18 digits each): the nearest value it can hold, and not the same."""
    exact, stored = (each.cast(pl.Int64, strict=False) for each in (number, other))
    off = (exact - stored).abs()
    near = pl.lit(value=False)
    for size, ulp in reversed(_ULPS):
        near = pl.when(stored >= size).then((stored % ulp == 0) & (off <= ulp // 2) & (off > 0)).otherwise(near)
    return near.fill_null(value=False)


def cut(number: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether ``other`` is what a spreadsheet keeps of ``number``: its first 15 digits and three zeros, and not the same."""
    kept = pl.concat_str(number.str.head(PREFIX), pl.lit("000"))
    return ((other == kept) & (number != other)).fill_null(value=False)


def is_placeholder(clean: pl.Expr) -> pl.Expr:
    """Whether a cleaned text stands for no number."""
    counting = pl.lit(_COUNTING).str.starts_with(clean.str.strip_suffix("X")) & (clean.str.len_chars() >= _LEAST_COUNTING)
    return clean.str.contains(_ONE_DIGIT) | counting | plain.says_nothing(clean, Kind.CITIZEN_ID)


def is_other_document(clean: pl.Expr) -> pl.Expr:
    """Whether a cleaned text looks like the number of another document: 5 to 14 letters and digits, both present."""
    return clean.str.contains(_DOCUMENT) & clean.str.contains(_HAS_LETTER) & clean.str.contains(r"\d")


def _is_float(body: pl.Expr, mark: pl.Expr) -> pl.Expr:
    number = body * 10 + mark.cast(pl.Int64, strict=False)
    fits = pl.lit(value=False)
    for size, ulp in reversed(_ULPS):
        fits = pl.when(number >= size).then(number % ulp == 0).otherwise(fits)
    return fits.fill_null(value=False)


def read_carefully(values: pl.LazyFrame) -> pl.LazyFrame:
    """Like ``read``, every value by every rule."""
    clean, body, mark, check, upgraded = (pl.col(name) for name in ("_clean", "_body", "_mark", "_check", "_upgraded"))
    century = pl.when(clean.str.contains(_CENTENARIAN)).then(pl.lit("18")).otherwise(pl.lit("19"))
    fifteen = pl.concat_str(clean.str.slice(0, 6), century, clean.str.slice(6, 9))
    digits = pl.when(clean.str.contains(_EIGHTEEN)).then(clean.str.slice(0, 17)).when(upgraded).then(fifteen)
    fits = ((mark == check) | ((check == "X") & ~mark.str.contains(r"\d"))) & ~clean.str.contains(ORDER_ZERO)
    form = (
        pl.when(upgraded).then(pl.lit("upgraded"))
        .when(pl.col("_floated")).then(pl.lit("float_damage"))
        .when(fits).then(pl.lit("valid"))
        .when(~mark.str.contains(r"[\dX]")).then(pl.lit("malformed"))
        .when(clean.str.ends_with("000")).then(pl.lit("excel_tail"))
        .when(_is_float(body, mark)).then(pl.lit("float_damage"))
        .otherwise(pl.lit("checksum"))
    )  # fmt: skip
    state = (
        pl.when(clean.is_null()).then(pl.lit("missing"))
        .when(is_placeholder(clean)).then(pl.lit("placeholder"))
        .when(has_birth_date(body)).then(form)
        .when(clean.str.contains(_SCIENTIFIC)).then(pl.lit("scientific"))
        .when(is_other_document(clean)).then(pl.lit("other_document"))
        .otherwise(pl.lit("malformed"))
    )  # fmt: skip
    last = pl.when(upgraded | fits).then(check).otherwise(mark)
    number = pl.concat_str(pl.col("_digits"), last)
    return (
        values.with_columns(cleaned(pl.col("text")).alias("_delivered"))
        .with_columns(pl.col("_delivered").str.replace(_FRACTION, "$1").alias("_clean"))
        .with_columns((pl.col("_delivered").ne(clean) & (clean.str.len_chars() == 18)).alias("_floated"))  # noqa: PLR2004 - digits
        .with_columns(clean.str.contains(_FIFTEEN).alias("_upgraded"), clean.str.slice(17, 1).alias("_mark"))
        .with_columns(digits.alias("_digits"))
        .with_columns(pl.col("_digits").cast(pl.Int64).alias("_body"))
        .with_columns(check_character(body).alias("_check"))
        .with_columns(state.alias("state"))
        .with_columns(pl.when(pl.col("state").is_in(KEEPING)).then(number).alias("value"), pl.col("text").alias("raw"))
        .drop("_delivered", "_floated", "_clean", "_upgraded", "_mark", "_digits", "_body", "_check")
    )


def read(values: pl.LazyFrame) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (18 characters or null), ``state`` (of ``STATES``) and ``raw`` (as delivered)."""
    whole = pl.when(pl.col("text").str.contains(_PLAIN)).then(pl.col("text"))
    state = pl.when(pl.col("text").is_null()).then(pl.lit("missing")).otherwise(pl.lit("valid"))
    body, mark = pl.col("_quick"), pl.col("text").str.slice(17, 1)
    return plain.quick_or_careful(
        values.with_columns(whole.str.slice(0, 17).cast(pl.Int64).alias("_quick")),
        has_birth_date(body) & (mark == check_character(body)) & (body % 1000 != 0),
        {"value": pl.col("text"), "state": state, "raw": pl.col("text")},
        read_carefully,
    ).drop("_quick")
