"""Disk, memory and permissions: what an operator can do about errors of the system, which name a path at best."""

from __future__ import annotations

import getpass
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from reconcile import forecast
from reconcile.errors import ReconcileError, StorageError, interruption
from reconcile.home import Home

_FULL = ("No space left on device", "Disk quota exceeded", "File too large", "os error 28", "max_temp_directory_size")
_FORBIDDEN = ("Permission denied", "Operation not permitted")
_READ_ONLY = "Read-only file system"
_FAILING = ("Input/output error", "Stale file handle", "Transport endpoint is not connected", "No such device", "Host is down")
_MEMORY = ("Out of Memory Error", "failed to allocate data")
_PATH = re.compile(r"[\"'](/[^\"'\n]+)[\"']")
_MB = 2**20


def explained(error: BaseException, home: Home | None = None, inbox: Path | None = None) -> ReconcileError | None:
    """What an operator can do about an error of the disk, of memory or of permissions; None where it is none of these.

    Only a path is taken out of the text of the error, which may carry a person's data.
    """
    for one in _causes(error):
        text = f"{type(one).__name__} {one}"
        if any(sign in text for sign in _FULL):
            return StorageError(f"{_path(one, home)}: the disk is full, or a limit on files is reached. {_room(home, inbox)}")
        if _READ_ONLY in text:
            remedy = "Nothing can be written there: mount it for writing. Whoever only reads opens published/latest.duckdb."
            return StorageError(f"{_path(one, home)}: the file system is read-only. {remedy}")
        if any(sign in text for sign in _FORBIDDEN) or isinstance(one, PermissionError):
            remedy = "It has to be read and written by that account; chown or chmod it, or run the command as its owner."
            return StorageError(f"{_path(one, home)}: permission denied to {_user()}. {remedy}")
        if any(sign in text for sign in _FAILING):
            remedy = "See whether the disk or share is still there and what the system's log says, then repeat the command."
            return StorageError(f"{_path(one, home)}: the disk does not answer as it should ({_sign(text, _FAILING)}). {remedy}")
        if any(sign in text for sign in _MEMORY) or isinstance(one, MemoryError):
            return StorageError(f"{home or 'the work'}: more memory is needed. Raise memory_limit, or lower threads, in settings.toml.")
    return None


@contextmanager
def translated(home: Home, inbox: Path | None = None) -> Generator[None]:
    """Let an error of the disk, of memory or of permissions leave the block in words.

    Raises:
        StorageError: instead of such an error.

    """
    try:
        yield
    except ReconcileError:
        raise
    except Exception as error:
        told = None if interruption(error) else explained(error, home, inbox)
        if told is None:
            raise
        raise told from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__ or one.__context__


def _sign(text: str, signs: tuple[str, ...]) -> str:
    return next(sign for sign in signs if sign in text)


def _path(error: BaseException, home: Home | None) -> str:
    named = str(error.filename) if isinstance(error, OSError) and error.filename else None
    found = _PATH.search(str(error)) if named is None else None
    if found and Path(found[1]).parent.is_dir():
        named = found[1]
    return named or str(home or "a file")


def _room(home: Home | None, inbox: Path | None) -> str:
    remedy = "Make room, or lower keep_publications, and repeat the command."
    if home is None or not home.root.exists():
        return remedy
    files = (path for path in inbox.glob("*") if path.is_file()) if inbox and not home.warehouse.exists() else ()
    wanted = forecast.of(home, forecast.text_size(files))
    return f"{wanted.free / _MB:,.0f} MB are free under {home}; a night needs about {wanted.disk / _MB:,.0f} MB. {remedy}"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name
        return "this account"
