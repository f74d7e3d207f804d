"""Use cases about what a home has to outlive: backups, restores, what goes after its time, and who did what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from reconcile import backup, lock, operate, purge, restore, storage
from reconcile.backup import Backup
from reconcile.home import Home
from reconcile.restore import Restored
from reconcile.settings import settings_of


def make_again(home: Home) -> Restored:
    """Make a lost or damaged warehouse again, from the newest intact publication and the answers that came since.

    Raises:
        UsageError: when the warehouse is sound, or there is no intact publication.
        WarehouseError: when another command writes to the home, or another program has the warehouse open.

    """
    wait = settings_of(home=home, as_of=dt.date.min).lock_wait
    with storage.translated(home), lock.held(home, "restoring", wait):
        return restore.from_publication(home, lambda as_of: settings_of(home=home, as_of=as_of))


def back_up(home: Home, target: Path, keys: Path | None = None) -> Backup:
    """Back up a home into a directory that is made for it; its key goes beside it, or where ``keys`` says.

    Raises:
        UsageError: when the target is there already or lies in the home, or there is nothing to back up.
        WarehouseError: when a night is running, or the warehouse is damaged.

    """
    settings = settings_of(home=home, as_of=dt.date.min)
    with storage.translated(home), lock.held(home, "a backup", settings.lock_wait):
        return backup.make(settings, target, keys or backup.keys_beside(target))


def restore_backup(home: Home, folder: Path, keys: Path | None = None, old: Home | None = None) -> Restored:
    """Put a backup into an empty home, and take in what stations returned since to the ``old`` home, as far as that is still there.

    Raises:
        UsageError: when this is no backup, or the home has something.
        WarehouseError: when a file of the backup is not as it was written, or its key is missing or another one.

    """
    taken = backup.read(folder)
    with storage.translated(home), lock.held(home, "restoring", 0):
        return restore.from_backup(home, taken, keys or backup.keys_beside(folder), old, lambda as_of: settings_of(home=home, as_of=as_of))


def clear_out(home: Home, inbox: Path | None = None) -> dict[str, int]:
    """Delete what is older than the settings say, counted from the last night; the inbox is left alone unless it is named.

    Raises:
        UsageError: when no setting says how long anything is kept, or nothing was published yet.
        WarehouseError: when a night is running.

    """
    with operate.writing(home, "purging") as store:
        return purge.run(store, store.settings.model_copy(update={"inbox": inbox}))
