"""What the checks look at, opened once, and how a check tells what it saw."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self, TypeVar
from zoneinfo import ZoneInfo

from reconcile import forecast, opening, publication
from reconcile.contract.meanings import ZONE
from reconcile.forecast import Forecast
from reconcile.home import Home
from reconcile.publication import Publication
from reconcile.settings import Settings
from reconcile.store import Onlooker, Reader

_Opened = TypeVar("_Opened", bound=Reader)


class Level(StrEnum):
    """How things stand: a warning can wait for working hours, a red line is about tonight or about what can be lost."""

    OK = "ok"
    WARNING = "warning"
    RED = "red"


class Line(NamedTuple):
    """What one check saw, and one sentence of advice where something is to be done."""

    level: Level
    seen: str
    advice: str = ""


def ok(seen: str) -> Line:
    """Nothing to do."""
    return Line(Level.OK, seen)


def warning(seen: str, advice: str) -> Line:
    """Something to look at by day."""
    return Line(Level.WARNING, seen, advice)


def red(seen: str, advice: str) -> Line:
    """Something to do now."""
    return Line(Level.RED, seen, advice)


class Examined:
    """A home at a moment. Use as a context manager."""

    def __init__(self, settings: Settings, now: dt.datetime | None = None) -> None:
        """Look at nothing yet."""
        self.settings = settings
        self.now = (now or dt.datetime.now(dt.UTC)).astimezone(ZoneInfo(ZONE))
        self._opened: list[Reader] = []

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close what was opened."""
        for reader in self._opened:
            reader.connection.close()

    @property
    def home(self) -> Home:
        """The home."""
        return self.settings.home

    @property
    def inbox(self) -> Path | None:
        """Where the deliveries arrive, where that was said."""
        return self.settings.inbox

    @cached_property
    def published(self) -> Publication | None:
        """What the last publication says of itself."""
        return publication.read(self.home.current)

    @cached_property
    def reader(self) -> Reader | None:
        """The database of the last publication; None before the first.

        Raises:
            WarehouseError: when it cannot be read.

        """
        return self._keep(Reader(self.home)) if self.home.latest.is_file() else None

    @cached_property
    def warehouse(self) -> Onlooker | None:
        """The warehouse, open for reading; None where there is none.

        Raises:
            WarehouseError: when somebody writes to it, it is gone or damaged, or has lost something.

        """
        connection = opening.look(self.settings)
        return None if connection is None else self._keep(Onlooker(connection))

    @cached_property
    def forecast(self) -> Forecast:
        """What tonight will need: of the inbox what no night that was published has read."""
        read = set(self.reader.file("doctor/loaded")["file"]) if self.reader else set[str]()
        files = self.inbox.glob("*") if self.inbox and self.inbox.is_dir() else ()
        new = forecast.text_size(path for path in files if path.is_file() and path.name not in read)
        return forecast.of(self.home, new, self.settings.memory_limit)

    def age(self, path: Path) -> dt.timedelta:
        """How long ago a file was written."""
        return self.now - dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)

    def _keep(self, reader: _Opened) -> _Opened:
        self._opened.append(reader)
        return reader
