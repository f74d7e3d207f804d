"""What people write into an answer and what it can only mean; what has two readings stays as written, and is refused in words."""

from __future__ import annotations

import datetime as dt

import polars as pl

from reconcile.contract.codes import OUTCOME
from reconcile.standardise import text as plain

_EMPTY, _TICKED = "[□☐]", "[☑■√✓✔Vv]"
"""A cross in a box is a yes to some and a no to others: it stays unread."""
_MONTH_AND_DAY = r"^([0-9]{1,2})(?:月|[-/])([0-9]{1,2})[日号]?$"


def ticked(text: pl.Expr) -> pl.Expr:
    """What a tick list of outcomes says: the one that is ticked, null where none is; any other text as it is."""
    labels = "|".join(sorted(OUTCOME.spellings(), key=len, reverse=True))
    bare = plain.without_blanks(text)
    is_list = bare.str.contains(f"^(?:(?:{_EMPTY}|{_TICKED})(?:{labels})){{2,}}$")
    chosen = bare.str.extract_all(f"{_TICKED}(?:{labels})")
    answer = pl.when(chosen.list.len() == 1).then(chosen.list.first().str.slice(1))
    unread = is_list.fill_null(value=False) & (chosen.list.len() <= 1)
    return pl.when(unread).then(answer).otherwise(text)


def with_years(rows: pl.DataFrame, listed_on: dt.date | None, first: dt.timedelta, last: dt.date) -> pl.DataFrame:
    """Write the year before a day that has none (``11月21日``, ``11-21``), where only one lies in the time a list is answered in.

    Args:
        rows: answers as text; the column ``verified_on`` is read.
        listed_on: night of the list; without it no year is added.
        first: how long before that night an answer may be dated.
        last: last day that an answer may be dated.

    """
    if listed_on is None:
        return rows
    begin = listed_on - first
    said = plain.arabic(plain.without_blanks(plain.folded(pl.col("verified_on"))))
    month, day = (said.str.extract(_MONTH_AND_DAY, group).str.zfill(2) for group in (1, 2))
    years = [pl.concat_str(pl.lit(f"{year}-"), month, pl.lit("-"), day) for year in range(begin.year, last.year + 1)]
    dates = [year.str.to_date("%Y-%m-%d", strict=False) for year in years]
    fitting = [pl.when(date.is_between(begin, last)).then(date) for date in dates]
    number = pl.sum_horizontal(date.is_not_null().cast(pl.Int32) for date in fitting)
    only = pl.when(number == 1).then(pl.coalesce(fitting).dt.to_string("%Y-%m-%d"))
    return rows.with_columns(pl.coalesce(only, "verified_on").alias("verified_on"))
