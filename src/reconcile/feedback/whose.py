"""Whose list a returned file is, and of which night: by its name, else by its title together with its numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import polars as pl

from reconcile.contract.meanings import RECIPIENTS
from reconcile.feedback import judge
from reconcile.query import sql
from reconcile.store import Store

_FILE = re.compile(r"worklist_(\d{12}|health|civil_affairs)_")
_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a list comes from.

    Attributes:
        recipient: station code, ``health`` or ``civil_affairs``; None when nobody can tell.
        listed_on: night the list is of; None when neither name nor title says so.

    """

    recipient: str | None
    listed_on: dt.date | None


def recipient(file: str) -> str | None:
    """Whose list the file is, as far as its name still says."""
    found = _FILE.search(file)
    return found[1] if found else None


def origin(store: Store, file: str, title: str, numbers: Sequence[str]) -> Origin:
    """Say where a list comes from.

    Args:
        store: the warehouse.
        file: name of the file. People rename files: it counts only where it has the form it was sent out in.
        title: what stands above the headings. It counts only where every number of the list was put to whom it names.
        numbers: everything that stands in the column of the numbers. Without a title they are enough where all of them were put to one
            recipient only.

    """
    return Origin(recipient(file) or _by_numbers(store, title, numbers), _day(file) or _day(title))


def _day(text: str) -> dt.date | None:
    for found in _DAY.findall(text):
        with suppress(ValueError):
            return dt.date.fromisoformat(found)
    return None


def _by_numbers(store: Store, title: str, numbers: Sequence[str]) -> str | None:
    valid = judge.with_numbers(pl.DataFrame({"finding_id": list(numbers)}, schema={"finding_id": pl.String})).filter("is_valid")
    store.execute("CREATE OR REPLACE TEMP TABLE list_number (finding_id VARCHAR)")
    store.insert("list_number", valid.select("finding_id").unique())
    asked = dict(store.frame(sql("feedback/whose")).iter_rows())
    store.execute("DROP TABLE list_number")
    titled = _titled(store, title)
    if titled is not None:
        return titled if titled in asked else None
    return next(iter(asked)) if len(asked) == 1 else None


def _titled(store: Store, title: str) -> str | None:
    """Recipient whose name is the longest in the title; None where no name, or several of that length, are in it."""
    stations = store.frame("SELECT station_code, station_name FROM std.station WHERE strpos($title, station_name) > 0", title=title)
    agencies = [(code, name) for code, name in RECIPIENTS.items() if name in title]
    named = sorted([*stations.iter_rows(), *agencies], key=lambda item: len(item[1]))
    longest = [code for code, name in named if len(name) == len(named[-1][1])]
    return longest[0] if len(longest) == 1 else None
