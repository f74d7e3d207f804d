"""Copies of files, made by a process of their own, and safe on disk when they are done.

A lock that DuckDB holds on its file ends when the process closes *any* handle on that file (POSIX locks are those of a
process, not of a handle): whoever copies an open warehouse within the process lets other writers in.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import os, shutil, sys
try:
    shutil.copyfile(sys.argv[1], sys.argv[2])
    with open(sys.argv[2], "rb+") as file:
        os.fsync(file.fileno())
except OSError as error:
    sys.exit(error.errno or 1)
"""


def copy_file(source: Path, target: Path) -> None:
    """Copy a file; the copy is its owner's only. What is there of an unfinished copy is deleted.

    Raises:
        OSError: as copying within the process would, naming the target.

    """
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    ended = subprocess.run([sys.executable, "-I", "-S", "-c", _PROGRAM, str(source), str(target)], check=False, stderr=subprocess.DEVNULL)  # noqa: S603 - our own program
    if ended.returncode:
        target.unlink(missing_ok=True)
        raise OSError(ended.returncode, os.strerror(max(ended.returncode, 0)), str(target))


def make_durable(path: Path) -> None:
    """See that a file, or the names in a directory, outlive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
