"""Publication: the worklists and the readers' database of the night are swapped in.

Everything that can fail for lack of space is written beside the old publication before anything is renamed, so that
a night that fails leaves yesterday's files as they were.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from pathlib import Path

import polars as pl

from reconcile import brakes
from reconcile.contract.tables import EXTRACTS, Mode
from reconcile.errors import WarehouseError
from reconcile.figures import Counts
from reconcile.home import make_directory
from reconcile.report import linkage, review
from reconcile.settings import Settings
from reconcile.store import Store

_log = logging.getLogger(__name__)


def run(store: Store, settings: Settings) -> Counts:
    """Measure the night, publish the staged worklists and a copy of the warehouse.

    The brakes were judged when the findings were settled.

    Raises:
        WarehouseError: when there are no staged worklists of this run.

    """
    rows = dict(store.run_file("ops/delivered").fetchall())
    overruled = len(brakes.pulled(store, settings))
    if not settings.home.staged_worklists.is_dir():
        msg = f"{settings.home.staged_worklists}: the worklists of this run are gone. Repeat the night with --full."
        raise WarehouseError(msg)
    with store.transaction():
        store.run_file("statistics/night")
        store.describe()
    report = _stage_report(store, settings)
    copy = _copy(store, settings)
    put_worklists(settings)
    _swap_database(copy, settings)
    if report:
        linkage.put(report)
    entries = review.write(store, settings)
    _prune(settings)
    counts: Counts = {
        "brakes_overruled": overruled,
        "report_failed": float(report is None),
        "review_entries": entries,
        "database_mb": settings.home.warehouse.stat().st_size / 2**20,
    }
    snapshots = (extract for extract in EXTRACTS.values() if extract.mode is Mode.SNAPSHOT)
    return counts | {("rows", extract.name): rows[extract.name] for extract in snapshots if extract.name in rows}


def _stage_report(store: Store, settings: Settings) -> Path | None:
    """Write the page about the linkage beside where it will stand; a night is not lost for a picture.

    Where it fails, that of the same night is removed, since it would tell of other numbers.
    """
    try:
        return linkage.stage(store, settings)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong with a picture, the worklists are due
        _log.warning("the linkage page of %s was not written: %s. reconcile report writes it again.", settings.as_of, type(error).__name__)
        settings.home.linkage_page(settings.as_of).unlink(missing_ok=True)
        return None


def put_worklists(settings: Settings) -> None:
    """Put the staged worklists in the place of those of the same night, readable by their owner only.

    Only what the manifest there lists is replaced. What people put beside it stays; a list that they changed stays, too,
    under a name that says so.
    """
    target = settings.home.worklists_of(settings.as_of)
    for source, is_list in _of_people(target):
        copy = settings.home.staged_worklists / source.relative_to(target)
        if is_list or copy.exists():
            copy = copy.with_stem(f"{copy.stem}_changed_{_sha256(source)[:8]}")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, copy)
    settings.home.staged_worklists.chmod(0o700)
    for path in settings.home.staged_worklists.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    swap_directory(settings.home.staged_worklists, target)


def _of_people(folder: Path) -> list[tuple[Path, bool]]:
    """Files of a published night that are not as they were written, and whether a list of that name was."""
    manifest = folder / "manifest.csv"
    as_written: dict[str, str] = {}
    if manifest.is_file():
        rows = pl.read_csv(manifest, infer_schema=False)
        as_written = dict(zip(rows["file"], rows["sha256"], strict=True))
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != manifest)
    expected = {path: as_written.get(path.relative_to(folder).as_posix()) for path in files}
    return [(path, sha256 is not None) for path, sha256 in expected.items() if sha256 != _sha256(path)]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def swap_directory(new: Path, target: Path) -> None:
    """Put ``new`` in the place of ``target``; the old content is deleted only when the new one stands."""
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _copy(store: Store, settings: Settings) -> Path:
    """Copy the warehouse beside the publications; the copy already says that its run is done."""
    make_directory(settings.home.published)
    for unfinished in settings.home.published.glob("*.tmp"):
        unfinished.unlink()
    store.run_file("ops/finish_run", run_id=store.run_id, status="done", message=None)
    copy = settings.home.publication(store.run_id).with_suffix(".duckdb.tmp")
    copy.touch(mode=0o600)
    store.copy_to(copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    return copy


def _swap_database(copy: Path, settings: Settings) -> None:
    target = copy.with_suffix("")
    copy.replace(target)
    link = settings.home.latest.with_suffix(".duckdb.tmp")
    try:
        link.hardlink_to(target)
    except OSError:  # a file system without hard links
        shutil.copyfile(target, link)
        link.chmod(0o600)
    link.replace(settings.home.latest)


def _prune(settings: Settings) -> None:
    """Keep the newest publications; ``latest.duckdb`` is one of them by another name."""
    publications = [path for path in settings.home.published.glob("*.duckdb") if path != settings.home.latest]
    publications.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for path in publications[settings.keep_publications :]:
        path.unlink()
