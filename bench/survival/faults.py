"""File operations that fail: the n-th call of a command, or everything that needs room from then on."""

from __future__ import annotations

import builtins
import errno
import io
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OPERATIONS = (
    "open", "rename", "replace", "link", "symlink", "unlink", "remove", "mkdir", "rmdir", "fsync", "chmod", "utime", "ftruncate", "pwrite",
    "sendfile", "listdir", "scandir", "readlink",
)  # fmt: skip
"""Of ``os``; what Python's library does with files goes through these, and through ``open``."""
_NEEDS_ROOM = {"open", "rename", "replace", "link", "symlink", "mkdir", "fsync", "pwrite", "sendfile"}
KINDS = (errno.ENOSPC, errno.EIO, errno.EACCES)


@dataclass(slots=True)
class Faults:
    """File operations below a directory: counted, and the chosen one fails.

    Attributes:
        place: operations on other paths are left alone.
        at: number of the operation that fails, from 1; 0 for none.
        kind: how it fails; where the disk is full, everything after it that needs room fails too.
        count: operations so far.
        sites: of each so far, what it was and the innermost place of this project that called it.

    """

    place: Path
    at: int = 0
    kind: int = errno.EIO
    count: int = 0
    sites: list[str] = field(default_factory=list[str])

    def install(self, told: Path | None = None) -> None:
        """From now on, in a process of its own, which never takes it back; the sites of all operations may be told to a file at its end."""
        for name in OPERATIONS:
            setattr(os, name, self._watched(name, getattr(os, name)))
        builtins.open = io.open = self._watched("open", io.open)  # type: ignore[assignment]
        if told is not None:
            leave = os._exit

            def note(code: int) -> None:
                told.write_text("\n".join(self.sites))
                leave(code)

            os._exit = note  # type: ignore[assignment]

    def _watched(self, name: str, operation: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the operation takes
            if self._is_ours(arguments, options):
                self.count += 1
                self.sites.append(_site(name))
                is_full = self.kind == errno.ENOSPC and name in _NEEDS_ROOM and not _only_reads(name, arguments, options)
                if self.at and (self.count == self.at or (self.count > self.at and is_full)):
                    raise OSError(self.kind, os.strerror(self.kind), *map(str, arguments[:1]))
            return operation(*arguments, **options)

        return watched

    def _is_ours(self, arguments: tuple[Any, ...], options: dict[str, Any]) -> bool:
        if not arguments or isinstance(arguments[0], int) or options.get("dir_fd") is not None:
            return bool(arguments)
        return str(arguments[0]).startswith(str(self.place)) and not str(arguments[0]).endswith("told.txt")


def _site(operation: str) -> str:
    """An operation and who asked for it: a file fails in as many ways as there are places that use one."""
    frame = sys._getframe(2)  # noqa: SLF001 - a stack of its own objects for each call would double the time
    while frame.f_back is not None and "/reconcile/" not in frame.f_code.co_filename:
        frame = frame.f_back
    return f"{operation} by {frame.f_code.co_filename.rpartition('/reconcile/')[2]}:{frame.f_lineno}"


def _only_reads(name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> bool:
    """Whether a file is opened for reading: that needs no room."""
    if name != "open":
        return False
    mode = options.get("mode", arguments[1] if len(arguments) > 1 else "r")
    return not mode & (os.O_WRONLY | os.O_RDWR) if isinstance(mode, int) else not set(mode) & set("wax+")


def limit_files(size: int) -> None:
    """Let every file, DuckDB's too, grow to so many bytes at most: what a full disk or a quota does to one."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
