"""Dates in every form deliveries have (DOMAIN §5); what is no full, real date is broken and the rule says how.

A day is a civil day in China. A clock beside it is dropped, unless it shows that the day was moved: a moment of another time zone, or
a midnight that a program wrote by the mean solar time of Shanghai.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from reconcile.contract.columns import Kind
from reconcile.contract.meanings import ZONE
from reconcile.contract.unstated import FILLER_DATES
from reconcile.standardise import text as plain

FIRST_YEAR, LAST_YEAR = 1890, 2100
"""Civil dates outside these years do not occur in the registers; deliveries use them as defaults or by mistake."""

RULES = {
    "date_partial": "Year, or year and month, without a day.",
    "date_two_digit_year": "The century is not written; it is not guessed.",
    "date_default": "A filler such as 00000000, 1900-01-01 or 99991231.",
    "date_impossible": f"No such day, or a year outside {FIRST_YEAR} to {LAST_YEAR}.",
    "date_form": "None of the known ways to write a date.",
}
"""Rules a broken date is rejected under."""

UNSTATED_DAY = ("date_partial", "date_default")
"""Rules under which a birth date is not known, but was filled in as far as somebody could: its row is used, without the day."""

_MARK = "(?:上午|下午|午前|午后|中午|正午|午间|晚上|晚间|凌晨|早上|早晨|清晨|傍晚|夜里|夜间|夜|半夜|午夜|早|晨|晚|AM|PM)"
_SECONDS = r"(?:[:分](?:(?P<second>[0-5]?[0-9])(?:[.,][0-9]+)?秒?)?)?"
_CLOCK = (
    rf"[T ]*(?P<mark>{_MARK})? ?(?:(?P<hour>[01]?[0-9]|2[0-4])(?:[:时点](?:(?P<minute>[0-5]?[0-9]){_SECONDS})?)"
    rf"(?:半|[13]刻)?(?:许|整|左右)?(?: ?(?P<end>AM|PM|上午|下午))?)?"
)
_OFFSET = r" ?(?P<zone>Z|UTC|GMT|(?:GMT|UTC)?[+-][0-9]{2}:?(?:[0-9]{2}(?::?[0-9]{2})?)?)?"
_PLAIN = r"^([0-9]{4})-?([0-9]{2})-?([0-9]{2})$"
_SEPARATED = r"^(?P<year>[0-9]{4})[-/.年](?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})[日号]?" + _CLOCK + _OFFSET + "$"
_COMPACT = (
    r"^(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:\.0+|[T ]?(?P<hour>[01][0-9]|2[0-3]):?(?P<minute>[0-5][0-9])(?::?(?P<second>[0-5][0-9])(?:\.?[0-9]+)?)?)?"
    + _OFFSET + "$"
)  # fmt: skip
_AFTERNOON = ("下午", "午后", "晚上", "晚间", "傍晚", "夜里", "夜间", "夜", "晚", "PM")
_MORNING = ("上午", "午前", "凌晨", "半夜", "午夜", "AM")
_PARTS = ("year", "month", "day", "hour", "minute", "second", "zone")
_SERIAL = r"^([0-9]{5}(?:\.[0-9]+)?)$"
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 60_000
_SERIAL_ZERO = pl.date(1899, 12, 30)
"""Day 0 of Excel's 1900 system for every day after 1900-02-28."""
_SERIAL_ERROR = 1e-5
"""A serial this little short of a day is that day: less than a second, by the arithmetic of floating point."""

SHORT_OF_MIDNIGHT = ((23, 59, 17), (23, 54, 17))
"""Midnight by a program that reckons with Shanghai's mean solar time, 8:05:43 before 1901: 43 seconds short where it rounds the
offset to minutes, 5 minutes 43 seconds where it takes eight hours. The day meant is the next."""

_WEEKDAY = r"[(\[]?(?:星期|礼拜|周)[一二三四五六日天][)\]]?|\b(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*\b,? ?"
_BRACKETED_WEEKDAY = r"[(\[][一二三四五六日][)\]]"
_CHINA = r"(?:\[ASIA/SHANGHAI\]|ASIA/SHANGHAI|北京时间|\bC[SD]T\b|\bCHINA STANDARD TIME\b)"
_ZONE_NAME = r"((?:GMT|UTC)[+-][0-9]{4}) ?\([^()]*\)$"
_ABOUT = r"^(?:大?约|大概|公元|于)?(.*?)(?:前后|左右|不详|不明|未知|具体不详|出?生)?$"
_ENCLOSED = r"""^[(\[<"“”‘’「『【]([^()\[\]]*)[)\]>"“”‘’」』】]$"""
_DASHES = r"[ _\-\u2010-\u2015\u2043\u2212\\,、·•∕⁄]+"
_OTHER_SEPARATORS = rf"^([0-9]{{4}}){_DASHES}([0-9]{{1,2}}){_DASHES}([0-9]{{1,2}})\b"
"""A dash of any length, or what is beside it on a keyboard; year first, so that no other order is read into it."""
_CLOCK_WITH_DOTS = r"^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})[- ]([0-9][0-9])\.([0-9][0-9])\.([0-9][0-9])(?:\.[0-9]+)?$"
_COMPACT_IN_WORDS = r"^([0-9]{4})([0-9]{2})([0-9]{2})(?:[日号]$|[日号]?( ?.*[时点午晚].*)$)"
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTH_FIRST = r"^([A-Z]{3})[A-Z]*\.? ([0-9]{1,2}),? ([0-9]{4})"
_YEAR_LAST = r"^([A-Z]{3})[A-Z]* ([0-9]{1,2})( [0-9:]+) ([0-9]{4})$"
_DAY_FIRST = r"^([0-9]{1,2})[- ]([A-Z]{3})[A-Z]*\.?,?[- ]([0-9]{4})"

_FILLERS = [dt.date.fromisoformat(day) for day in FILLER_DATES]
_DEFAULT = r"^(?:0+|9{4,}|(?:0000|9999)[-/.年]?[0-9]{1,2}[-/.月]?[0-9]{1,2}日?(?:[T ].*)?)$"
_NO_DAY = r"(?:0{1,2}|[?X*_-]{1,2}|)"
_YEAR_MONTH = (
    rf"^([0-9]{{4}})(?:[-/.年](0?[1-9]|1[0-2])(?:[-/.月]{_NO_DAY}[日号]?)?|(0[1-9]|1[0-2])(?:00|XX|\?\?|\*\*|--|__)?)"
    "(?:[上中下]旬|初|中|底|末|间)?$"
)
_YEAR = rf"^([0-9]{{4}})(?:[-/.年]?(?:00?(?:[-/.月]?{_NO_DAY}[日号]?)?|[-?X*_月日]*|初|[上下]半年|底|末|间|春|夏|秋|冬))?$"
_TWO_DIGIT_YEAR = r"^(?:[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{6})$"


def _cleaned(values: pl.LazyFrame, kind: Kind) -> pl.LazyFrame:
    """Add ``_clean``: width, guards, weekdays, blanks around separators and Chinese numerals folded; null when it says nothing."""
    clean = pl.col("_clean")
    narrow = clean.str.to_uppercase().str.replace_all("元月", "1月").str.replace_all(_WEEKDAY, " ").str.replace(_ZONE_NAME, "$1")
    narrow = narrow.str.replace(_BRACKETED_WEEKDAY, "").str.replace_all("月份", "月")
    bare = (
        narrow.str.replace_all(_CHINA, " ")
        .str.replace(_ENCLOSED, "$1")
        .str.replace(_ABOUT, "$1")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars(" ,.。;；、")
    )
    joined = bare.str.replace_all(r"\s*([-/.年月日号:时点分])\s*", "$1")
    spaced = clean.str.replace(r"([日号])([0-9])", "$1 $2").str.replace(_OTHER_SEPARATORS, "$1-$2-$3")
    spaced = spaced.str.replace(_CLOCK_WITH_DOTS, "$1 $2:$3:$4").str.replace(_COMPACT_IN_WORDS, "$1-$2-$3$4")
    steps = (plain.folded(pl.col("text")), plain.stated(clean, kind), joined, plain.arabic(clean), spaced, _without_month_names(clean))
    for step in steps:
        values = values.with_columns(step.alias("_clean"))
    return values


def _without_month_names(text: pl.Expr) -> pl.Expr:
    """``Aug 1 2026`` and ``01-Aug-2026`` as 2026-8-1: a month that is spelt out leaves one reading."""
    numbers = {name: str(number) for number, name in enumerate(_MONTHS, 1)}
    turned = text.str.replace(_YEAR_LAST, "$4-$1-$2$3").str.replace(_MONTH_FIRST, "$3-$1-$2").str.replace(_DAY_FIRST, "$3-$2-$1")
    return pl.when(text.str.contains(r"[A-Z]{3}")).then(turned.str.replace_many(numbers)).otherwise(text)


def _zoned(moment: pl.Expr, zone: pl.Expr) -> pl.Expr:
    """A moment with an offset (``Z``, ``+08``, ``+0800``, ``+08:05:43``) by the clocks of China."""
    figures = zone.str.replace_all(r"[^0-9+-]", "")
    seconds = sum(
        figures.str.slice(start, 2).cast(pl.Int64, strict=False).fill_null(0) * unit for start, unit in ((1, 3600), (3, 60), (5, 1))
    )
    east = pl.when(figures.str.starts_with("-")).then(-seconds).otherwise(seconds)
    universal = moment - pl.duration(seconds=east)
    here = universal.dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE).dt.replace_time_zone(None)
    return pl.when(zone.is_null()).then(moment).otherwise(here)


def _moment(values: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``_moment``, date and clock of ``_clean`` in civil time of China."""
    forms = {"_separated": _SEPARATED, "_compact": _COMPACT}
    found = values.with_columns(pl.col("_clean").str.extract_groups(form).alias(name) for name, form in forms.items())
    parts = {f"_{name}": pl.coalesce(pl.col(form).struct.field(name) for form in forms) for name in _PARTS}
    mark = pl.coalesce(pl.col("_separated").struct.field("mark", "end")).alias("_mark")
    read = found.with_columns(mark, **parts).drop(*forms)
    day = pl.concat_str("_year", "_month", "_day", separator="-").str.to_date("%Y-%m-%d", strict=False)
    hour = pl.col("_hour").cast(pl.Int64).fill_null(0) % 24
    afternoon = pl.col("_mark").is_in(_AFTERNOON).fill_null(value=False) & (hour < 12)  # noqa: PLR2004 - noon
    midnight = pl.col("_mark").is_in(_MORNING).fill_null(value=False) & (hour == 12)  # noqa: PLR2004 - noon
    clock = pl.duration(
        hours=pl.when(afternoon).then(hour + 12).when(midnight).then(0).otherwise(hour),
        minutes=pl.col("_minute").cast(pl.Int64).fill_null(0),
        seconds=pl.col("_second").cast(pl.Int64).fill_null(0),
    )
    written = read.with_columns((day.cast(pl.Datetime("us")) + clock).alias("_moment"))
    return written.with_columns(_zoned(pl.col("_moment"), pl.col("_zone")).alias("_moment")).drop("_mark", *parts)


def _whole_days(clean: pl.Expr) -> pl.Expr:
    """The day a spreadsheet's serial number stands for."""
    serial = clean.str.extract(_SERIAL, 1).cast(pl.Float64)
    days = (serial + _SERIAL_ERROR).floor().cast(pl.Int32)
    return pl.when(days.is_between(_FIRST_SERIAL, _LAST_SERIAL)).then(_SERIAL_ZERO + pl.duration(days=days))


def _meant(moment: pl.Expr) -> pl.Expr:
    """The day of a moment, or the next where the clock is a midnight that fell short."""
    short = pl.any_horizontal(moment.dt.time() == pl.time(*clock) for clock in SHORT_OF_MIDNIGHT)
    return moment.dt.date() + pl.when(short.fill_null(value=False)).then(pl.duration(days=1)).otherwise(pl.duration(days=0))


def _partial(clean: pl.Expr) -> pl.Expr:
    """``YYYY-MM`` or ``YYYY`` of a date without a day."""
    month = pl.coalesce(clean.str.extract(_YEAR_MONTH, 2), clean.str.extract(_YEAR_MONTH, 3)).str.zfill(2)
    text = pl.coalesce(pl.concat_str(clean.str.extract(_YEAR_MONTH, 1), month, separator="-"), clean.str.extract(_YEAR, 1))
    return pl.when(text.str.slice(0, 4).cast(pl.Int32, strict=False).is_between(FIRST_YEAR, LAST_YEAR)).then(text)


def read_carefully(values: pl.LazyFrame, kind: Kind = Kind.DATE) -> pl.LazyFrame:
    """Like ``read``, every value by every rule."""
    clean, date, partial = pl.col("_clean"), pl.col("_date"), pl.col("_partial")
    filler = date.is_in(_FILLERS)
    fits = (date.dt.year().is_between(FIRST_YEAR, LAST_YEAR) & ~filler).fill_null(value=False)
    rule = (
        pl.when(clean.is_null() | fits).then(None)
        .when(clean.str.contains(_DEFAULT) | filler.fill_null(value=False)).then(pl.lit("date_default"))
        .when(partial.is_not_null()).then(pl.lit("date_partial"))
        .when(clean.str.contains(_SEPARATED) | clean.str.contains(_COMPACT)).then(pl.lit("date_impossible"))
        .when(clean.str.contains(_TWO_DIGIT_YEAR)).then(pl.lit("date_two_digit_year"))
        .otherwise(pl.lit("date_form"))
    )  # fmt: skip
    return (
        _cleaned(values, kind)
        .pipe(_moment)
        .with_columns(pl.coalesce(_meant(pl.col("_moment")), _whole_days(clean)).alias("_date"), _partial(clean).alias("_partial"))
        .with_columns(pl.when(fits).then(date).alias("value"), rule.alias("rule"))
        .with_columns(pl.when(pl.col("rule") == "date_partial").then(partial).alias("partial"))
        .drop("_clean", "_moment", "_date", "_partial")
    )


def read(values: pl.LazyFrame, kind: Kind = Kind.DATE) -> pl.LazyFrame:
    """Read column ``text``; adds ``value`` (Date or null), ``rule`` (of ``RULES`` when broken, else null) and ``partial``."""
    digits = pl.col("text").str.extract(_PLAIN, 1) + pl.col("text").str.extract(_PLAIN, 2) + pl.col("text").str.extract(_PLAIN, 3)
    date = pl.col("_quick")
    nothing = pl.lit(None, pl.String)
    return plain.quick_or_careful(
        values.with_columns(digits.str.to_date("%Y%m%d", strict=False).alias("_quick")),
        date.dt.year().is_between(FIRST_YEAR, LAST_YEAR) & ~date.is_in(_FILLERS),
        {"value": date, "rule": nothing, "partial": nothing},
        lambda rest: read_carefully(rest, kind),
    ).drop("_quick")
