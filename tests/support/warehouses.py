"""A home whose warehouse has its tables already: to make them takes longer than most tests."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from reconcile.settings import Settings
from reconcile.store import Store


def furnished(home: Path) -> Path:
    """The home, with an empty warehouse in it."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "warehouse.duckdb").write_bytes(_empty())
    return home


class _UndoneError(Exception):
    pass


@contextmanager
def undone(store: Store) -> Iterator[Store]:
    """A warehouse that several tests share: what is done to it is undone, its own transactions too."""
    with suppress(_UndoneError), store.transaction():
        yield store
        raise _UndoneError


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home", as_of=dt.date(2026, 11, 21))
        with Store(settings):
            pass
        return settings.home.warehouse.read_bytes()
