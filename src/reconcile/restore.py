"""What was lost is made again: a warehouse from the newest intact publication, a home from a backup; and the answers that came since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

from reconcile import audit, backup, copying, feedback, opening, publication
from reconcile.backup import Backup
from reconcile.errors import KeyNeededError, LockedError, UsageError, WarehouseError
from reconcile.feedback import Receipt
from reconcile.home import Home, below, make_directory
from reconcile.publication import Publication
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.unfinished import in_place_of


class Restored(NamedTuple):
    """The newest run of what was restored, how many files were put back, and the receipts of what was taken in again."""

    run_id: str
    receipts: list[Receipt]
    files: int = 1


def from_publication(home: Home, settings_as_of: Callable[[dt.date], Settings]) -> Restored:
    """Make the warehouse again; the caller holds the lock of the home. What is there of the old one is moved aside, not deleted.

    Repeated after a kill it goes on: until the new warehouse stands, none does; a warehouse that stands is told what it was not told yet.

    Args:
        home: the home whose warehouse is lost.
        settings_as_of: settings for work on a night.

    Raises:
        LockedError: when another program has the warehouse open.
        KeyNeededError: when the warehouse cannot be looked at without its key: nobody knows whether it is lost.
        UsageError: when the warehouse is sound, or no publication is intact.

    """
    source = next((found for found in publication.newest_first(home) if found.is_intact()), None)
    if source is None:
        msg = f"{home.published}: holds no publication that is as it was written. Restore the home from its backup."
        raise UsageError(msg)
    settings = settings_as_of(dt.date.fromisoformat(source.as_of))
    if not (is_sound := _is_sound(settings)):
        _replace(home, source)
    with Store(settings, source.run_id) as store:
        if is_sound and not feedback.not_told(store, settings):
            msg = f"{home.warehouse}: is whole; nothing was restored. To go back to the last publication all the same, move it away first."
            raise UsageError(msg)
        if settings.finding_key is not None or home.finding_key.exists():  # without the key there is no seal; the next night asks for it
            audit.note(store, "restore")
        return Restored(source.run_id, feedback.take_in(store, feedback.not_told(store, settings)))


def from_backup(home: Home, taken: Backup, keys: Path, old: Home | None, settings_as_of: Callable[[dt.date], Settings]) -> Restored:
    """Put a backup in the place of a home that has nothing; the caller holds the lock of the home.

    The warehouse comes last: until it stands, every other command refuses the home. Repeated after a kill it begins anew.

    Args:
        home: an empty directory, or one in which a restore was killed.
        taken: the backup.
        keys: where its key is.
        old: what is left of the home that was lost: what stations returned since the backup is taken from there.
        settings_as_of: settings for work on a night.

    Raises:
        UsageError: when the home has something.
        WarehouseError: when a file of the backup is not as it was written, or the key is missing or another one.

    """
    there = [path.name for path in home.root.iterdir() if path not in (home.writer_lock, home.scratch)]
    if there and home.restoring.name not in there:
        msg = f"{home}: has something ({min(there)}), and nothing is overwritten. Name a directory that is empty or not there."
        raise UsageError(msg)
    backup.verify(taken)
    home.restoring.touch(mode=0o600)
    # What a try that was killed has left: a publication that is written anew under readers' eyes, the log of another warehouse.
    for path in (home.current, home.warehouse, home.warehouse_log, home.warehouse_state):
        path.unlink(missing_ok=True)
    last = [str(path.relative_to(home.root)) for path in (home.warehouse_state, home.warehouse)]
    for name in [*(name for name in taken.files if name not in last), last[0]]:
        if name in taken.files:
            backup.copy_file(taken.home / name, home.root / name)
    # Readers see nothing before ``current``, and all of it then.
    for name, target in sorted(taken.links.items(), key=lambda link: home.root / link[0] == home.current):
        publication.point(home.root / name, Path(target))
    if (keys / home.finding_key.name).is_file():
        backup.copy_file(keys / home.finding_key.name, home.finding_key)
    if old is not None:
        _take_over(old, home)
    with in_place_of(home.warehouse) as fresh:
        backup.copy_file(taken.home / last[1], fresh)
    copying.make_durable(home.root)
    settings = settings_as_of(dt.date.fromisoformat(taken.as_of) if taken.as_of else dt.date.min)
    with Store(settings, taken.run_id) as store:
        audit.note(store, "restore --from a backup")
        receipts = feedback.take_in(store, feedback.not_told(store, settings))
        receipts += feedback.take_in(store, feedback.waiting(store, settings))
    home.restoring.unlink()
    return Restored(taken.run_id, receipts, len(taken.files))


def _take_over(old: Home, home: Home) -> None:
    """Copy what stations returned to the home that was lost, and a backup of it does not have."""
    for folder, own in ((old.answers, home.answers), (old.returns, home.returns)):
        for path in below(folder):
            target = own / path.relative_to(folder)
            if path.is_file() and not path.is_symlink() and not target.exists():
                backup.copy_file(path, target)


def _is_sound(settings: Settings) -> bool:
    if not settings.home.warehouse.exists():
        return False
    try:
        opening.open_warehouse(settings).close()
    except (LockedError, KeyNeededError):
        raise
    except WarehouseError:
        return False
    return True


def _replace(home: Home, source: Publication) -> None:
    with in_place_of(home.warehouse) as fresh:
        copying.copy_file(source.database, fresh)
        left = [path for path in (home.warehouse, home.warehouse_log, home.warehouse_state) if path.exists()]
        if left:
            aside = next(free for number in count(1) if not (free := home.replaced / str(number)).exists())
            make_directory(aside)
            for path in reversed(left):
                path.rename(aside / path.name)
    copying.make_durable(home.root)
    if home.current.resolve() != source.folder.resolve():
        publication.pin(home)
        publication.point(home.current, publication.relative(home.published, source.folder))
