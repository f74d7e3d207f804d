"""Copies of returned worklists as they were taken in: a warehouse that is restored from before them is told again.

Stations hold receipts for these answers; the files themselves may have come from anywhere, and be gone.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from reconcile import copying
from reconcile.home import Home, below, make_directory

_FOLDER = re.compile(r"[0-9]+_.+")
_DIGITS = 12
"""Characters of the sha256 in the name of a copy's folder."""


def keep(home: Home, path: Path, sha256: str, name: str) -> None:
    """Copy a file under a name, which may say whose list it is; once, however often it is sent."""
    folders = _folders(home)
    if any(_digest(folder) == beginning(sha256) for folder in folders):
        return
    number = 1 + int(folders[-1].name.partition("_")[0]) if folders else 1
    unfinished = home.answers / ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    make_directory(unfinished)
    copy = unfinished / name
    shutil.copyfile(path, copy)
    copy.chmod(0o400)
    copying.make_durable(copy)
    unfinished.rename(home.answers / f"{number:08}_{beginning(sha256)}")
    copying.make_durable(home.answers)


def copies(home: Home) -> list[tuple[str, Path]]:
    """All copies in the order they were taken in, each with the beginning of its sha256."""
    return [(_digest(folder), path) for folder in _folders(home) for path in folder.iterdir()]


def beginning(sha256: str) -> str:
    """What is kept of a sha256."""
    return sha256[:_DIGITS]


def _digest(folder: Path) -> str:
    return folder.name.rpartition("_")[2]


def _folders(home: Home) -> list[Path]:
    return [path for path in below(home.answers) if _FOLDER.fullmatch(path.name) and path.parent == home.answers]
