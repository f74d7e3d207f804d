"""Names of files that other people and programs gave: as text that can be stored and shown, and short enough to be part of another name."""

from __future__ import annotations

import os
from pathlib import Path

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_MOST = 180
"""Bytes of a name that others are made from; a file system takes 255 for the whole."""


def legible(path: Path) -> str:
    """Name of a file; where its bytes are no UTF-8, as GB18030, in which programs in China write names into their archives.

    A name that Python could read as bytes only fits into no database and no message, one with a line break into no log.
    """
    return "".join(_UNKNOWN if one < " " or "\x7f" <= one <= "\x9f" else one for one in _decoded(os.fsencode(path.name)))


def _decoded(name: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", errors="replace")


def is_legible(path: Path) -> bool:
    """Whether the name of a file is text as it stands."""
    return legible(path) == path.name


def fitting(name: str) -> str:
    """A name that leaves room for what is put before and behind it: a long one loses the end of its stem."""
    if len(name.encode()) <= _MOST:
        return name
    given = Path(name)
    room = _MOST - len(given.suffix.encode())
    return given.stem.encode()[: max(room, 1)].decode(errors="ignore") + (given.suffix if room > 0 else "")
