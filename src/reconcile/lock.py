"""The one lock of a home: who writes to it holds ``<home>/writer.lock``, for as long as its work takes, a whole night included.

DuckDB's own lock is not enough: it is gone between two stages, and whenever the process that has the warehouse open closes
another handle on the file. This one is the kernel's (``flock``): it is shared by what the holder forks, and released when
the last of them ends, however it ends. The file stays; what it says about a holder counts only while somebody holds it.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import logging
import os
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reconcile import unfinished
from reconcile.errors import LockedError
from reconcile.home import Home, make_directory

_log = logging.getLogger(__name__)

_EACH = 0.2
"""Seconds between two tries."""


@dataclass(slots=True)
class _Held:
    """A lock that this process holds, and how often it was asked for."""

    file: int
    times: int


_held: dict[Path, _Held] = {}
_registry = threading.Lock()


def acquire(home: Home, what: str, wait: float) -> None:
    """Take the lock, or join it where this process holds it already; each call is undone by one ``release``.

    What a writer that was killed left unfinished is deleted: delivered text must not outlive its night.

    Args:
        home: the home to write to.
        what: what the holder is doing, for those who wait.
        wait: seconds to wait for another holder.

    Raises:
        UsageError: when the home is a file or lies below one.
        LockedError: when another holder is still there after that time; the message says who and since when.

    """
    path = home.writer_lock.resolve()
    with _registry:
        if path in _held:
            _held[path].times += 1
            return
    make_directory(home.root)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait(file, home, wait)
        _sign(file, what)
    except BaseException:
        os.close(file)
        raise
    with _registry:
        _held[path] = _Held(file, 1)
    unfinished.clear(home)


def release(home: Home) -> None:
    """Give the lock back where this was the last that asked for it."""
    path = home.writer_lock.resolve()
    with _registry:
        held = _held[path]
        held.times -= 1
        if held.times:
            return
        del _held[path]
    unfinished.clear(home)
    os.ftruncate(held.file, 0)
    os.close(held.file)


@contextmanager
def held(home: Home, what: str, wait: float) -> Generator[None]:
    """Hold the lock inside the block.

    Raises:
        LockedError: when another holder is still there after ``wait`` seconds.

    """
    acquire(home, what, wait)
    try:
        yield
    finally:
        release(home)


@contextmanager
def alone(path: Path, what: str, wait: float = 0) -> Generator[None]:
    """Hold a lock file of another kind inside the block, for what must not be done twice at once; wait so many seconds for it.

    Raises:
        LockedError: when somebody else holds it; the message says who and since when.

    """
    make_directory(path.parent)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + wait
        while not (is_free := _is_free(file)) and time.monotonic() < until:
            time.sleep(_EACH)
        if not is_free:
            msg = f"{path}: held by {_who(file)}. End that one first."
            raise LockedError(msg)
        _sign(file, what)
        yield
        os.ftruncate(file, 0)
    finally:
        os.close(file)


def holder(home: Home) -> str | None:
    """Who writes to the home and since when; None when nobody does."""
    return holder_of(home.writer_lock)


def holder_of(path: Path) -> str | None:
    """Who holds a lock file and since when; None when nobody does."""
    try:
        file = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        return None if _is_free(file) else _who(file)
    finally:
        os.close(file)


def clear_leftovers(home: Home) -> None:
    """Delete what a writer that was killed left unfinished, unless somebody writes, or this account may not."""
    if not unfinished.leftovers(home):
        return
    try:
        with held(home, "clearing up", 0):
            pass
    except (LockedError, OSError):
        return


def _wait(file: int, home: Home, wait: float) -> None:
    until = time.monotonic() + wait
    is_told = False
    while not _is_free(file):
        if time.monotonic() >= until:
            msg = f"{home}: in use by {_who(file)}. Wait for it to end; the setting lock_wait says for how many seconds."
            raise LockedError(msg)
        if not is_told:
            _log.warning("%s: waiting for %s.", home, _who(file))
            is_told = True
        time.sleep(_EACH)


def _is_free(file: int) -> bool:
    """Whether nobody else holds the lock; it is then ours, until the file is closed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(file: int, what: str) -> None:
    now = time.strftime("%Y-%m-%d %H:%M:%S %z")
    signature = {"what": what, "pid": os.getpid(), "user": _user(), "host": socket.gethostname(), "since": now}
    os.ftruncate(file, 0)
    os.pwrite(file, json.dumps(signature, ensure_ascii=False).encode(), 0)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name
        return str(os.getuid())


def _who(file: int) -> str:
    try:
        signed = json.loads(os.pread(file, 4096, 0))
        return f"{signed['what']} (process {signed['pid']} of {signed['user']} on {signed['host']}, since {signed['since']})"
    except (ValueError, TypeError, KeyError):
        return "another command"
