"""Folders of published worklists, and what people put into them or filled in place: it is carried over and never deleted."""

from __future__ import annotations

import shutil
from itertools import chain, count
from pathlib import Path

import polars as pl

from reconcile import checksum, filenames
from reconcile.home import Home, below
from reconcile.unfinished import discard, in_place_of

_MANIFEST = "manifest.csv"


def carry_over(former: Path, staged: Path) -> None:
    """Copy what is people's from the lists of a night to those that will take their place.

    What the manifest lists is not theirs, unless they changed it: such a list is copied under a name that says so. What is
    there already is not copied again.
    """
    for source, is_list in _of_people(former):
        copy = _place_of(source, is_list, former, staged)
        if copy is not None:
            copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with in_place_of(copy) as fresh:
                shutil.copy2(source, fresh)


def place(home: Home, run_id: str) -> Path:
    """Move the staged lists to where those of the run lie, readable by their owner only, and return that directory."""
    staged = home.staged_worklists
    staged.chmod(0o700)
    for path in staged.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    names = chain([run_id], (f"{run_id}.{number}" for number in count(2)))
    folder = next(free for name in names if not (free := home.lists_of(name)).exists())
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return staged.rename(folder)


def of_run(home: Home, run_id: str) -> list[Path]:
    """All folders of lists that tries of a run left."""
    return [path for path in home.lists_of(run_id).parent.glob(f"{run_id}*") if path.name.partition(".")[0] == run_id]


def retire(former: Path, successor: Path) -> None:
    """Delete lists that others took the place of; what people wrote in the meantime is carried over before, and then stays nowhere else.

    A file of which the successor has no copy stays where it is.
    """
    carry_over(former, successor)
    as_written = _as_written(former)
    for path in sorted(former.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif _is_ours(path, former, as_written) or _place_of(path, path in as_written, former, successor) is None:
            path.unlink()
    if not any(former.iterdir()):
        former.rmdir()


def remove(home: Home, folder: Path) -> tuple[int, int]:
    """Delete the lists of a night as they were written, all or none; gives how many went, and how many files of people stay."""
    as_written = _as_written(folder)
    files = sorted((path for path in folder.rglob("*") if path.is_file()), reverse=True)
    ours = [path for path in files if path in as_written and _is_ours(path, folder, as_written)]
    left = len(files) - len(ours) - (folder / _MANIFEST).is_file()
    discard(home, *(ours if left else [folder]))
    return len(ours), left


def _place_of(source: Path, is_list: bool, former: Path, staged: Path) -> Path | None:  # noqa: FBT001 - a pair of ``_of_people``
    """Where a file of people goes among the new lists; None where a copy of it is there already."""
    own = staged / source.relative_to(former)
    given = Path(filenames.fitting(filenames.legible(own)))
    changed = own.with_name(f"{given.stem}_changed_{checksum.sha256(source)[:8]}{given.suffix}")
    if changed.exists() or (own.is_file() and checksum.sha256(own) == checksum.sha256(source)):
        return None
    return changed if is_list or own.exists() else own


def _of_people(folder: Path) -> list[tuple[Path, bool]]:
    """Files of a published night that are not as they were written, and whether a list of that name was."""
    as_written = _as_written(folder)
    files = [path for path in below(folder) if path.is_file()]
    return [(path, path in as_written) for path in files if not _is_ours(path, folder, as_written)]


def _as_written(folder: Path) -> dict[Path, str]:
    """Lists of a night and the sha256 they were written with."""
    manifest = folder / _MANIFEST
    if not manifest.is_file():
        return {}
    rows = pl.read_csv(manifest.read_bytes(), infer_schema=False)
    return {folder / file: sha256 for file, sha256 in rows.select("file", "sha256").iter_rows()}


def _is_ours(path: Path, folder: Path, as_written: dict[Path, str]) -> bool:
    return path == folder / _MANIFEST or (path in as_written and as_written[path] == checksum.sha256(path))
