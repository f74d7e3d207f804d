"""A backup of a home: every file that cannot be made again, with its SHA-256, and the key of the finding numbers apart from them.

```
TARGET/manifest.json   program, schema, night, and of every file its size, mode and SHA-256
TARGET/home/           the files of the home by their paths, links as links
TARGET.keys/           the key: whoever has both can recompute the numbers of persons' findings, so it is kept elsewhere
```

The directory gets its name when everything is in it and safe on disk: what has the name is whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from reconcile import __version__, audit, checksum, copying, schema
from reconcile.errors import UsageError, WarehouseError
from reconcile.home import Home, make_directory
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.unfinished import in_place_of

_MANIFEST = "manifest.json"
_HOME = "home"
_CHUNK = 2**22


class File(NamedTuple):
    """A file of a backup as it was written."""

    bytes: int
    mode: int
    sha256: str


class Backup(NamedTuple):
    """What the manifest of a backup says; paths are relative to the home."""

    folder: Path
    program: str
    schema: int
    run_id: str
    as_of: str
    files: dict[str, File]
    links: dict[str, str]

    @property
    def home(self) -> Path:
        """Where its files lie."""
        return self.folder / _HOME

    @property
    def bytes(self) -> int:
        """Size of all files."""
        return sum(file.bytes for file in self.files.values())


def keys_beside(target: Path) -> Path:
    """Where the key of a backup goes unless another place is named."""
    return target.with_name(f"{target.name}.keys")


def make(settings: Settings, target: Path, keys: Path) -> Backup:
    """Back up a home; the caller holds its lock, so nothing changes but what people put into it meanwhile.

    Args:
        settings: of the home.
        target: directory to make; its place has room for everything.
        keys: directory for the key; one that holds the same key already is left as it is.

    Raises:
        UsageError: when the target is there already or lies in the home, or there is nothing to back up.
        WarehouseError: when the warehouse is damaged or another program has it open.

    """
    home = settings.home
    _check_places(home, target, keys)
    key_file = settings.encryption.key_file
    if key_file is not None and key_file.resolve().is_relative_to(home.root.resolve()):
        msg = f"{key_file}: the key of the databases lies in the home, and would be lost or stolen with it. Move it elsewhere."
        raise UsageError(msg)
    with Store(settings) as store:  # whatever a killed command left in the log is in the one file when it closes
        audit.note(store, "backup")
        newest = store.run_file("ops/newest_run").fetchone() or ("", "")
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    make_directory(unfinished / _HOME)
    try:
        made = _copy(home, unfinished, str(newest[0]), str(newest[1]))
        _keep_key(home, keys)
        unfinished.rename(target)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    copying.make_durable(target.parent)
    _note(home, target, made)
    return made._replace(folder=target)


def read(folder: Path) -> Backup:
    """What a backup says of itself.

    Raises:
        UsageError: when the directory holds no backup.

    """
    try:
        said: dict[str, Any] = json.loads((folder / _MANIFEST).read_bytes())
        files = {str(path): File(**about) for path, about in said.pop("files").items()}
        del said["made_at"]
        return Backup(folder, files=files, **said)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        msg = f"{folder}: is no backup, or not a whole one: its {_MANIFEST} cannot be read. Name the directory that reconcile backup made."
        raise UsageError(msg) from error


def verify(backup: Backup) -> None:
    """Hold every file against the manifest.

    Raises:
        WarehouseError: when one is missing or is not as it was written, or a newer program wrote the backup.

    """
    newest = max(schema.steps())
    if backup.schema > newest:
        msg = f"{backup.folder}: written by schema version {backup.schema}, this program has {newest}. Use a newer program."
        raise WarehouseError(msg)
    for name, file in backup.files.items():
        path = backup.home / name
        if not path.is_file() or path.stat().st_size != file.bytes or checksum.sha256(path) != file.sha256:
            msg = f"{path}: is missing or not as it was written; nothing was restored. Use another backup."
            raise WarehouseError(msg)


def age(home: Home, now: dt.datetime) -> dt.timedelta | None:
    """How long ago a home was backed up last, by the clock; None where it never was, or nobody can tell."""
    try:
        made_at = dt.datetime.fromisoformat(json.loads(home.last_backup.read_bytes())["made_at"])
        return now - made_at
    except (OSError, ValueError, TypeError, KeyError):
        return None


def copy_file(source: Path, target: Path) -> File:
    """Copy a file that nobody has open for writing, and give what was written."""
    digest, size, mode = hashlib.sha256(), 0, source.stat().st_mode & 0o700
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.unlink(missing_ok=True)
    with source.open("rb") as delivered, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
        while chunk := delivered.read(_CHUNK):
            copy.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    target.chmod(mode)
    return File(size, mode, digest.hexdigest())


def _check_places(home: Home, target: Path, keys: Path) -> None:
    if not home.warehouse.exists():
        msg = f"{home.warehouse}: is not there; there is nothing to back up."
        raise UsageError(msg)
    if target.exists() or target.is_symlink():
        msg = f"{target}: is there already, and no backup is overwritten. Name a directory that is not there."
        raise UsageError(msg)
    for place in (target, keys):
        if place.resolve().is_relative_to(home.root.resolve()):
            msg = f"{place}: lies in the home itself, and would be lost with it. Name a place on another disk."
            raise UsageError(msg)
    if keys.resolve().is_relative_to(target.resolve()):
        msg = f"{keys}: lies in the backup; the key is kept apart from it. Name another place."
        raise UsageError(msg)
    make_directory(target.parent)


def _copy(home: Home, folder: Path, run_id: str, as_of: str) -> Backup:
    files: dict[str, File] = {}
    links: dict[str, str] = {}
    for path in _chosen(home):
        name = str(path.relative_to(home.root))
        if path.is_symlink():
            links[name] = str(path.readlink())
            continue
        try:
            files[name] = copy_file(path, folder / _HOME / name)
        except FileNotFoundError:
            if not path.is_relative_to(home.returns):  # people move what they put there
                raise
    made = Backup(folder, __version__, max(schema.steps()), run_id, as_of, files, links)
    said = made._asdict() | {"made_at": _now(), "files": {name: file._asdict() for name, file in files.items()}}
    del said["folder"]
    _write(folder / _MANIFEST, json.dumps(said, indent=1, ensure_ascii=False))
    return made


def _chosen(home: Home) -> Iterator[Path]:
    """Files and links of a home that are backed up: all that is not made again by itself, is not the key, and not an older publication."""
    current = home.current.resolve()
    left_out = {home.scratch, home.comparison, home.prefect, home.replaced, home.finding_key.parent, home.writer_lock}
    left_out |= {home.staged_worklists, home.restoring, home.last_backup}
    left_out |= {path for path in home.published.glob("*") if path.is_dir() and not path.is_symlink() and path.resolve() != current}

    def stop(error: OSError) -> None:
        raise error  # a directory that cannot be read is not left out silently

    for folder, folders, names in os.walk(home.root, onerror=stop):
        here = Path(folder)
        entries = sorted(here / name for name in [*folders, *names])
        folders[:] = [name for name in folders if here / name not in left_out]
        for path in entries:
            if path not in left_out and (path.is_symlink() or path.is_file()):
                yield path


def _keep_key(home: Home, keys: Path) -> None:
    if not home.finding_key.exists():  # it is a setting, or no night was run yet
        return
    copy = keys / home.finding_key.name
    if copy.exists():
        if copy.read_bytes() != home.finding_key.read_bytes():
            msg = f"{copy}: is another key, and no key is overwritten. Name another place with --keys."
            raise UsageError(msg)
        return
    make_directory(keys)
    unfinished = keys / f".{copy.name}.unfinished"
    copy_file(home.finding_key, unfinished)
    unfinished.rename(copy)
    copying.make_durable(keys)


def _note(home: Home, target: Path, made: Backup) -> None:
    """Say in the home that it was backed up."""
    with in_place_of(home.last_backup) as fresh:
        _write(fresh, json.dumps({"made_at": _now(), "target": str(target), "run_id": made.run_id}, ensure_ascii=False))


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S%z")
