"""How nights ended, the newest first of all: what an operator has to know before any figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from reconcile import lock, opening
from reconcile.errors import BrakeError, LockedError, ReconcileError, UsageError
from reconcile.settings import Settings
from reconcile.store import Night, Onlooker, Reader, last_night

_ENDED = {"braked": "stopped by a brake", "failed": "failed", "running": "killed before its end"}


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest night, whatever became of it.

    Attributes:
        headline: how it ended, and of which night the figures are.
        is_published: whether they are its own; true as well while somebody writes, since nobody can tell then.
        is_braked: whether a brake stopped it.

    """

    headline: str
    is_published: bool
    is_braked: bool = False

    def check(self) -> None:
        """Fail where the newest night is not published.

        Raises:
            BrakeError: when a brake stopped it.
            ReconcileError: when it failed or did not finish.

        """
        if not self.is_published:
            kind = BrakeError if self.is_braked else ReconcileError
            raise kind("the newest night is not published; the first line says why. reconcile doctor says what to do.")


def newest(settings: Settings) -> Newest:
    """Look at the newest run in the warehouse, and at the last publication.

    Raises:
        UsageError: when no night was ever run.
        WarehouseError: when the warehouse is damaged.

    """
    shown = _published(settings)
    try:
        rows = _in_warehouse(settings, "doctor/newest_run")
    except LockedError:
        writer = lock.holder(settings.home) or "another command"
        return Newest(f"In use now by {writer}. What follows is of {shown.as_of if shown else 'no night yet'}.", is_published=True)
    if rows is None or rows.is_empty():
        if shown is None:
            msg = f"{settings.home}: no night was run here. Name the home of the nights."
            raise UsageError(msg)
        return Newest(f"{shown.as_of}: published. The warehouse is not here.", is_published=True)
    run_id, as_of, status, message = rows.row(0)
    if status == "done" or (shown and shown.run_id == run_id):  # killed after it was published
        return Newest(f"{as_of}: published.", is_published=True)
    what = f"What follows is of {shown.as_of}." if shown else "Nothing was published yet."
    how = f"{_ENDED[status]}{f': {message}' if message else ''}".rstrip(".")
    return Newest(f"{as_of}: {how}. {what}", is_published=False, is_braked=status == "braked")


def since(settings: Settings, day: dt.date) -> pl.DataFrame:
    """One row for each night since a day: how it ended (``killed`` where it did not), what came of it in counts, why not.

    Raises:
        UsageError: when nothing was published yet.
        WarehouseError: when the database is damaged.

    """
    try:
        found = _in_warehouse(settings, "report/nights", since=day)
    except LockedError:
        found = None
    if found is not None:  # nobody writes: what says that it is running is not
        return found.with_columns(pl.col("status").replace("running", "killed"))
    with Reader(settings.home) as reader:
        return reader.file("report/nights", since=day)


def _published(settings: Settings) -> Night | None:
    if not settings.home.latest.is_file():
        return None
    with Reader(settings.home) as reader:
        return last_night(reader)


def _in_warehouse(settings: Settings, query: str, **values: object) -> pl.DataFrame | None:
    """Rows of a query on the writer's own database; None where there is none."""
    connection = opening.look(settings)
    if connection is None:
        return None
    try:
        return Onlooker(connection).file(query, **values)
    finally:
        connection.close()
