"""Publications: a directory each, never changed once it is whole, and one link that says which of them counts.

```
published/<run_id>/latest.duckdb      the database, read-only (0400)
published/<run_id>/latest_masked.duckdb  the same tables and views for those who may not see persons
published/<run_id>/publication.json   run, business date, size and sha256 of the database
published/<run_id>/lineage.jsonl      what was made from what, as OpenLineage events
published/<run_id>/worklists/<as_of>  -> worklists/.runs/<run_id>
published/current                  -> <run_id>                         the one link that is switched
published/latest.duckdb            -> current/latest.duckdb            never switched
published/latest_masked.duckdb     -> current/latest_masked.duckdb     never switched
worklists/<as_of>                  -> published/current/worklists/<as_of>  of the newest night; of older ones their folder in .runs
```

The switch is one rename, of ``current``: whoever opens a path by its fixed name before it gets database and lists of the night
before, after it those of tonight, and never one of each. A program that opened the database of the night before and wrote to it
all the same (as root nothing hinders it) has its log beside that file, not beside tonight's.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import shutil
from itertools import count
from pathlib import Path
from typing import NamedTuple

from reconcile import checksum, copying, lists, masked, openlineage
from reconcile.errors import UsageError
from reconcile.home import Home, make_directory
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.unfinished import discard, in_place_of

_log = logging.getLogger(__name__)

_DATABASE = "latest.duckdb"
_ABOUT = "publication.json"
_LISTS = "worklists"


class Publication(NamedTuple):
    """What a publication says of itself."""

    folder: Path
    run_id: str
    as_of: str
    bytes: int
    sha256: str

    @property
    def database(self) -> Path:
        """Its database."""
        return self.folder / _DATABASE

    def is_intact(self) -> bool:
        """Whether the database is as it was written: of its size and content, and without a log of somebody else."""
        path = self.database
        if not path.is_file() or path.stat().st_size != self.bytes or path.with_suffix(".duckdb.wal").exists():
            return False
        return checksum.sha256(path) == self.sha256


def read(folder: Path) -> Publication | None:
    """The publication in a directory; None where there is none, or not a whole one."""
    try:
        about = json.loads((folder / _ABOUT).read_bytes())
        return Publication(folder, str(about["run_id"]), str(about["as_of"]), int(about["bytes"]), str(about["sha256"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def newest_first(home: Home) -> list[Publication]:
    """All publications, that of the newest run first."""
    folders = (home.publication(run_id).parent for run_id in reversed(home.published_runs()))
    return [found for folder in folders if (found := read(folder))]


def is_current(home: Home, run_id: str) -> bool:
    """Whether a run is the one that readers see."""
    current = read(home.current)
    return current is not None and current.run_id == run_id


def last_day(home: Home) -> dt.date | None:
    """Business date of the publication that readers see; None before the first."""
    current = read(home.current)
    return dt.date.fromisoformat(current.as_of) if current else None


def write(store: Store, settings: Settings) -> Path:
    """Write the publication of a run with its lists beside the others; nothing is seen of it until ``switch``.

    Raises:
        OSError: when there is no room for it; nothing is then left of it.

    """
    home = settings.home
    make_directory(home.published)
    unfinished = home.published / ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    try:
        database = unfinished / _DATABASE
        store.copy_to(database)
        about: dict[str, str | int] = {
            "run_id": store.run_id,
            "as_of": str(settings.as_of),
            "bytes": database.stat().st_size,
            "sha256": checksum.sha256(database),
        }
        if settings.masked_publication:
            shown = unfinished / home.latest_masked.name
            masked.write(store, shown, None if settings.full else _masked_before(home))
            about["masked_sha256"] = checksum.sha256(shown)
        _write_read_only(unfinished / _ABOUT, json.dumps(about, indent=1))
        _write_read_only(unfinished / openlineage.FILE, openlineage.written(store))
        database.chmod(0o400)
        folder = _free(home, store.run_id)
        lists.carry_over(home.worklists_of(settings.as_of), home.staged_worklists)
        link = unfinished / _LISTS / str(settings.as_of)
        link.parent.mkdir(mode=0o700)
        link.symlink_to(relative(folder / _LISTS, lists.place(home, store.run_id)))
        copying.make_durable(unfinished)
        if settings.masked_publication and settings.masked_group:
            masked.show(unfinished / home.latest_masked.name, home, settings.masked_group)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    copying.make_durable(home.published)
    return folder


def _masked_before(home: Home) -> Path | None:
    """The masked database that is published, where it is as it was written."""
    about, path = home.current / _ABOUT, home.current / home.latest_masked.name
    try:
        written = json.loads(about.read_bytes())["masked_sha256"]
        return path if checksum.sha256(path) == written else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def switch(folder: Path, settings: Settings) -> None:
    """Show a publication, database and lists, in the place of the one before."""
    home, tonight = settings.home, settings.home.worklists_of(settings.as_of)
    before = home.current.resolve() if home.current.exists() else None
    lists_before = tonight.resolve() if tonight.is_symlink() and tonight.exists() else None
    through_current = relative(home.worklists, home.current / _LISTS / tonight.name)
    pin(home, tonight)
    if not tonight.exists():
        point(tonight, through_current)  # shows nothing before the switch: the publication of another night has no such lists
    _drop_foreign_log(home.latest)
    point(home.current, Path(folder.name))
    copying.make_durable(home.published)
    # From here on the night is published.
    point(home.latest, Path(home.current.name) / _DATABASE)
    if (folder / home.latest_masked.name).exists():
        point(home.latest_masked, Path(home.current.name) / home.latest_masked.name)
    else:
        home.latest_masked.unlink(missing_ok=True)
    if not tonight.is_symlink() or tonight.readlink() != through_current:
        point(tonight, through_current)
    _drop_foreign_log(home.latest)
    if before is not None:
        _drop_foreign_log(before / _DATABASE)
    current = tonight.resolve()
    # Those of an earlier try of this run, too, which was killed before its switch: nobody has seen them.
    for former in {lists_before, *lists.of_run(home, folder.name.partition(".")[0])}:
        if former is not None and former.resolve() != current:
            lists.retire(former, current)


def show_lists(home: Home, settings: Settings) -> Path:
    """Put the staged lists in the place of those of the publication, whose database stays, and return their directory.

    Raises:
        UsageError: when the publication was written by a program that had other places for it.

    """
    tonight = home.worklists_of(settings.as_of)
    before = tonight.resolve()
    current = read(home.current)
    if current is None:
        msg = f"{home.published}: was written by an older program. Run the night again with this one."
        raise UsageError(msg)
    lists.carry_over(tonight, home.staged_worklists)
    placed = lists.place(home, current.run_id)
    link = home.current.resolve() / _LISTS / tonight.name
    point(link, relative(link.parent, placed.resolve()))
    if tonight.is_symlink():
        lists.retire(before, placed)
    else:
        point(tonight, relative(home.worklists, home.current / _LISTS / tonight.name))
    return tonight


def prune(home: Home, keep: int) -> None:
    """Delete publications but the newest ones and the current one; their lists stay."""
    current = home.current.resolve()
    for old in newest_first(home)[keep:]:
        if old.folder != current:
            discard(home, old.folder)


def point(link: Path, target: Path) -> None:
    """Make a link show something else, in one step.

    Where a directory stands in its place, as in a home that was copied with its links followed, the directory is moved
    aside, not deleted.
    """
    link.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with in_place_of(link) as fresh:
        fresh.symlink_to(target)
        if link.is_dir() and not link.is_symlink():
            link.rename(next(free for number in count(1) if not (free := link.with_name(f".{link.name}.before_{number}")).exists()))


def pin(home: Home, but: Path | None = None) -> None:
    """Let the lists of nights be found without ``current``, which is about to be switched; ``but`` is the link of the night that comes."""
    for link in home.worklists.glob("[0-9]*"):
        if link != but and link.is_symlink() and home.current.name in link.readlink().parts:
            if link.exists():
                point(link, relative(home.worklists.resolve(), link.resolve()))
            else:
                link.unlink()  # of a night that was killed before its switch


def _drop_foreign_log(database: Path) -> None:
    """Delete the log that a program left which opened a publication for writing."""
    log = database.with_suffix(".duckdb.wal")
    if log.exists():
        log.unlink()
        problem = "another program opened the publication for writing, and may have it open still; what it wrote is no part of tonight's"
        _log.warning("%s: deleted: %s. Open publications read-only.", log, problem)


def _free(home: Home, run_id: str) -> Path:
    """The directory of a run; where it is published already, one beside it."""
    folder = home.publication(run_id).parent
    if folder.exists() and folder.resolve() != home.current.resolve():
        discard(home, folder)  # it was written by a run that was killed before the switch
    names = (home.publication(f"{run_id}.{number}").parent for number in count(2))
    return folder if not folder.exists() else next(free for free in names if not free.exists())


def relative(folder: Path, target: Path) -> Path:
    """A target as a link in a folder has to spell it, so that a home can be moved."""
    return Path(os.path.relpath(target, folder))


def _write_read_only(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
