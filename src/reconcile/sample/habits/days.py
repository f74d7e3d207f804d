"""How a day comes to be written."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from reconcile.sample.habits import Touch, habit
from reconcile.sample.habits.columns import DATES, TOLD_BIRTHS

_READABLE = r"^\d{4}\D?\d{1,2}\D?\d{1,2}日?(?: 0:00:00)?$"
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_EPOCH = dt.date(1899, 12, 30)
_FORMS = (
    "%Y-%m-%d 00:00:00", "%Y年%-m月%-d号", "%Y/%-m/%-d 0:00", "%Y%m%d000000", "%Y-%m-%dT00:00:00", "%Y.%m.%d", "%Y 年 %m 月 %d 日",
    "%Y-%m-%d 00:00:00.000", "%Y年%m月%d日 上午12:00", "%Y-%m-%d 00:00:00+08",
)  # fmt: skip


def _days(values: pl.Series) -> pl.Series:
    """The days that the delivery's own forms state."""
    text = values.str.replace(" 0:00:00", "", literal=True)
    parts = text.str.extract_groups(r"^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$").struct
    digits = pl.concat_str([pl.lit(parts[place]).str.zfill(2) for place in ("1", "2", "3")])
    return pl.select(digits.str.to_date("%Y%m%d", strict=False)).to_series()


def _written(values: pl.Series, forms: pl.Series) -> pl.Series:
    days = _days(values)
    frame = pl.DataFrame({"day": days, "form": forms, "text": values})
    written = pl.col("text")
    for form in forms.unique().sort():
        written = pl.when(pl.col("form") == form).then(pl.col("day").dt.strftime(form)).otherwise(written)
    return frame.select(written.fill_null(pl.col("text"))).to_series()


@habit(0.04, DATES, fits=_READABLE)
def other_form(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The day in another form: with a time, with 号, with an offset, as fourteen digits, with blanks."""
    return _written(values, pl.Series(_FORMS).gather(rng.integers(0, len(_FORMS), len(values))))


@habit(0.01, DATES, fits=_READABLE)
def serial(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The day as a spreadsheet counts it, from the end of 1899."""
    del rng
    day = (pl.col("day") - pl.lit(_EPOCH)).dt.total_days().cast(pl.String)
    return pl.DataFrame({"day": _days(values), "text": values}).select(day.fill_null(pl.col("text"))).to_series()


@habit(0.01, DATES, fits=_READABLE)
def chinese_digits(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """The day in Chinese numerals: 二〇一八年一月一日, now and then with ○ or 零 for nought."""
    noughts = np.array(["〇", "○", "零"])[rng.integers(0, 3, len(values))]
    return pl.Series(
        [text if day is None else _spoken(day, nought) for text, day, nought in zip(values, _days(values), noughts, strict=True)],
        dtype=pl.String,
    )


def _spoken(day: dt.date, nought: str) -> str:
    def number(value: int) -> str:
        tens, ones = divmod(value, 10)
        return ("" if tens <= 1 else str(tens)) + ("十" if tens else "") + (str(ones) if ones else "")

    return f"{day.year}年{number(day.month)}月{number(day.day)}日".translate(_DIGITS).replace("〇", nought)


@habit(0.05, TOLD_BIRTHS, touch=Touch.LOSS, fits=_READABLE)
def partial(values: pl.Series, rng: np.random.Generator) -> pl.Series:
    """Of the birth date only the year, or year and month, are told; or it is the lunar day, in words."""
    forms = ("%Y", "%Y年%-m月", "%Y%m", "%Y-%m", "农历%Y年%-m月", "%Y年前后")
    return _written(values, pl.Series(forms).gather(rng.integers(0, len(forms), len(values))))
