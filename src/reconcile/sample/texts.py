"""How each source writes values: date forms, codes, padded names, guards before and behind numbers."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from reconcile.contract.codes import CANCEL_KIND, MOVE_REASON
from reconcile.contract.tables import EXTRACTS

Rule = Callable[[pl.Expr], pl.Expr]

_TURN = pl.int_range(pl.len())


def every(step: int, place: int = 0) -> pl.Expr:
    """True on every ``step``-th row of a file."""
    return _TURN % step == place


def date(form: str) -> Rule:
    """Dates in one form of ``strftime``."""
    return lambda column: column.dt.strftime(form)


def dates_mixed(column: pl.Expr) -> pl.Expr:
    """Dates as typed by hand: 2018年1月1日, 2018/1/1, 2018-01-01, 2018.1.1 and 20180101."""
    forms = ("%Y年%-m月%-d日", "%Y/%-m/%-d", "%Y-%m-%d", "%Y.%-m.%-d", "%Y%m%d")
    text = column.dt.strftime(forms[-1])
    for place, form in enumerate(forms[:-1]):
        text = pl.when(every(5, place)).then(column.dt.strftime(form)).otherwise(text)
    return text


def date_time(column: pl.Expr) -> pl.Expr:
    """Dates with the midnight that exports add."""
    return column.dt.strftime("%Y-%-m-%-d") + " 0:00:00"


def padded(step: int) -> Rule:
    """Two-character names spread over three places on every ``step``-th row."""
    return lambda column: (
        pl.when((column.str.len_chars() == 2) & every(step)).then(column.str.slice(0, 1) + "　" + column.str.slice(1)).otherwise(column)
    )


def guarded(column: pl.Expr) -> pl.Expr:
    """Numbers with the marks that keep spreadsheets from reading them as numbers."""
    return pl.when(every(3)).then("'" + column).when(every(3, 1)).then(column + "\t").otherwise(column)


def lower_x(column: pl.Expr) -> pl.Expr:
    """Numbers with a small x, and on some rows in full-width digits."""
    wide = column.str.replace_many(list("0123456789X"), list("０１２３４５６７８９Ｘ"))
    return pl.when(every(41)).then(wide).otherwise(column.str.to_lowercase())


def typed(column: pl.Expr) -> pl.Expr:
    """Numbers of the register: a few with a small x or a guard in front."""
    return pl.when(every(29)).then(column.str.to_lowercase()).when(every(211, 7)).then("'" + column).otherwise(column)


def unstated_days(column: pl.Expr) -> pl.Expr:
    """Days as eight digits; on some rows zeros stand for a day that nobody stated."""
    return pl.when(column.is_null() & every(97)).then(pl.lit("00000000")).otherwise(column.dt.strftime("%Y%m%d"))


def bare_codes(column: pl.Expr) -> pl.Expr:
    """Codes that lost their leading zero to a spreadsheet on some rows."""
    return pl.when(every(83)).then(column.str.strip_chars_start("0")).otherwise(column)


def broken_lines(column: pl.Expr) -> pl.Expr:
    """Addresses with a line break in the cell on some rows."""
    return pl.when(every(53)).then(column.str.replace("县", "县\n", literal=True)).otherwise(column)


def labelled(labels: dict[str, str]) -> Rule:
    """Codes written as Chinese words."""
    return lambda column: column.replace(labels)


SEX_WORDS = labelled({"1": "男", "2": "女"})
CANCEL_WORDS = labelled(CANCEL_KIND.known)
REASON_WORDS = labelled(MOVE_REASON.known)


def written(table: pl.DataFrame, extract: str, rules: dict[str, Rule], dates: Rule) -> pl.DataFrame:
    """The table as text columns in the order of the contract; columns without a rule keep their text."""
    names = [name for name in EXTRACTS[extract].fields if name in table.columns]
    columns: list[pl.Expr] = []
    for name in names:
        column = pl.col(name)
        rule = rules.get(name) or (dates if table.schema[name] == pl.Date else None)
        columns.append((rule(column) if rule else column.cast(pl.String)).alias(name))
    return table.select(columns)
