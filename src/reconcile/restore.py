"""A lost or damaged warehouse is made again: from the newest publication that is intact, and the answers that came since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from reconcile import copying, feedback, opening, publication
from reconcile.errors import LockedError, UsageError, WarehouseError
from reconcile.feedback import Receipt
from reconcile.home import Home, make_directory
from reconcile.publication import Publication
from reconcile.settings import Settings
from reconcile.store import Store


class Restored(NamedTuple):
    """The run whose publication was taken, and the receipts of what was taken in again."""

    run_id: str
    receipts: list[Receipt]


def from_publication(home: Home, settings_as_of: Callable[[dt.date], Settings]) -> Restored:
    """Make the warehouse again; the caller holds the lock of the home. What is there of the old one is moved aside, not deleted.

    Repeated after a kill it goes on: until the new warehouse stands, none does; what it was not told the next night tells it.

    Args:
        home: the home whose warehouse is lost.
        settings_as_of: settings for work on a night.

    Raises:
        LockedError: when another program has the warehouse open.
        UsageError: when the warehouse is sound, or no publication is intact.

    """
    source = next((found for found in publication.newest_first(home) if found.is_intact()), None)
    if source is None:
        msg = f"{home.published}: holds no publication that is as it was written. Restore the home from its backup."
        raise UsageError(msg)
    settings = settings_as_of(dt.date.fromisoformat(source.as_of))
    if _is_sound(settings):
        msg = f"{home.warehouse}: is whole; nothing was restored. To go back to the last publication all the same, move it away first."
        raise UsageError(msg)
    _replace(home, source)
    with Store(settings, source.run_id) as store:
        return Restored(source.run_id, feedback.take_in(store, feedback.not_told(store, settings)))


def _is_sound(settings: Settings) -> bool:
    if not settings.home.warehouse.exists():
        return False
    try:
        opening.open_warehouse(settings).close()
    except LockedError:
        raise
    except WarehouseError:
        return False
    return True


def _replace(home: Home, source: Publication) -> None:
    fresh = home.warehouse.with_suffix(".duckdb.new")
    copying.copy_file(source.database, fresh)
    left = [path for path in (home.warehouse, home.warehouse_log, home.warehouse_state) if path.exists()]
    if left:
        aside = next(free for number in count(1) if not (free := home.replaced / str(number)).exists())
        make_directory(aside)
        for path in reversed(left):
            path.rename(aside / path.name)
    fresh.rename(home.warehouse)
    copying.make_durable(home.root)
    if home.current.resolve() != source.folder.resolve():
        publication.pin(home)
        publication.point(home.current, publication.relative(home.published, source.folder))
