"""Stretches of time that forms and balances are made for, and what can be told of each."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

import polars as pl

from reconcile import query
from reconcile.contract.warehouse import stats_population
from reconcile.store import Store

YEARS = 3
"""This year and the two before: what assessments look back on. The end of the year before them is a stock alone.

More than five do not fit: a household keeps its months as the bits of one BIGINT (``3_stock.sql``).
"""

EVENTS = ("births", "deaths", "moves_in", "moves_out")


class Reach(NamedTuple):
    """How far back sources go: the first day each tells of, None where it tells nothing.

    Attributes:
        seen_on: day of the register.
        left: first day on which a registration that the register shows was cancelled.
        births, deaths, moves_in, moves_out: first event.

    """

    seen_on: dt.date
    left: dt.date | None
    births: dt.date | None
    deaths: dt.date | None
    moves_in: dt.date | None
    moves_out: dt.date | None


def of(store: Store, as_of: dt.date) -> pl.DataFrame:
    """Rows of ``stats.period``; the periods end on the day of the register, as of ``as_of`` where none was delivered."""
    row = store.frame(query.sql("publish/reach")).row(0)
    reach = Reach(row[0] or as_of, *row[1:])
    rows = [_period(day, reach) for day in _ends(reach.seen_on)]
    return pl.DataFrame(rows, schema=stats_population.PERIOD.polars(), orient="row")


def _ends(seen_on: dt.date) -> list[dt.date]:
    """Last days of the months, from the December before the first year to the day of the register."""
    first = (seen_on.year - YEARS) * 12 + 11
    months = [divmod(index, 12) for index in range(first, seen_on.year * 12 + seen_on.month - 1)]
    return [dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1]) for year, month in months] + [seen_on]


def _period(period_to: dt.date, reach: Reach) -> tuple[object, ...]:
    period_from = dt.date(period_to.year, 1, 1)
    before = None if reach.left is not None and reach.left < period_from else "no_year_before"
    lacks = [_lacks(getattr(reach, event), period_from) for event in EVENTS]
    is_newest = period_to == reach.seen_on
    is_year = (period_to.month, period_to.day) == (12, 31)
    stock = None if is_newest or (reach.left is not None and reach.left <= period_to) else "no_year_before"
    return (period_from, period_to, is_year, is_newest, period_to.year * 12 + period_to.month, stock, before, *lacks)


def _lacks(first: dt.date | None, period_from: dt.date) -> str | None:
    """Why the events of a period cannot be told; those that begin within its first month are taken to reach back to its first day."""
    if first is None:
        return "not_delivered"
    return None if first < period_from + dt.timedelta(days=31) else "events_begin_later"
