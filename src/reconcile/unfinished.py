"""What is not whole never has the name of what is: a file has another until it is written, a folder as soon as it is on its way out.

The next command of any kind clears what a killed one left (``lock``).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from reconcile import filenames
from reconcile.home import Home


@contextmanager
def in_place_of(path: Path) -> Generator[Path]:
    """A name beside a file for what takes its place when the block ends well; nothing is left of it otherwise."""
    fresh = path.with_name(f".{filenames.fitting(filenames.legible(path))}.new")  # a name may be as long as names can be
    fresh.unlink(missing_ok=True)
    try:
        yield fresh
        fresh.replace(path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def discard(home: Home, *paths: Path) -> None:
    """Delete files or folders, each whole or not at all: they are moved to the scratch directory first. The caller holds the lock."""
    if not paths:
        return
    home.scratch.mkdir(exist_ok=True, mode=0o700)
    going = Path(tempfile.mkdtemp(dir=home.scratch))
    moved: list[tuple[Path, Path]] = []
    try:
        for number, path in enumerate(paths):
            aside = going / str(number)
            path.rename(aside)
            moved.append((path, aside))
    except BaseException:
        for path, aside in moved:
            with suppress(OSError):  # one that cannot go back keeps no other from it, nor the error from being told
                aside.rename(path)
        raise
    shutil.rmtree(going, ignore_errors=True)  # what stays of it is cleared with the rest of the directory


def leftovers(home: Home) -> list[Path]:
    """What a command that was killed while it held the lock has left under names that say so."""
    hidden = [path for folder in (home.root, home.published, home.worklists) for path in folder.glob(".*.new")]
    return [path for path in (home.scratch, home.published / ".unfinished", home.answers / ".unfinished") if path.exists()] + hidden


def clear(home: Home) -> None:
    """Delete that; delivered text must not outlive its night. The caller holds the lock."""
    for path in leftovers(home):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)
