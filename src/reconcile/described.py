"""Every table and view that a warehouse has, with its columns, types and sentences: what the generated pages are made of."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reconcile import link
from reconcile.home import Home
from reconcile.settings import Settings
from reconcile.store import Store


class Described(NamedTuple):
    """One column of a table or view, as ``sql/inspect/tables.sql`` has it."""

    schema: str
    table: str
    sentence: str
    column: str
    type: str
    note: str


def columns() -> dict[str, dict[str, str]]:
    """Table or view with its schema → column → DuckDB type."""
    found: dict[str, dict[str, str]] = {}
    for row in rows():
        found.setdefault(f"{row.schema}.{row.table}", {})[row.column] = row.type
    return found


@cache
def rows() -> list[Described]:
    """Rows of ``sql/inspect/tables.sql`` in an empty warehouse in which the linkage has made its tables."""
    with tempfile.TemporaryDirectory() as home, Store(Settings(home=Home(Path(home)), as_of=dt.date(2000, 1, 1))) as store:
        link.run(store, store.settings)
        store.describe()
        return [Described(*row) for row in store.run_file("inspect/tables").fetchall()]
