"""Files of reports, which only their owner may read."""

from __future__ import annotations

import os
from pathlib import Path

from reconcile.unfinished import in_place_of


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file with mode 0600 in the place of the one before, as ``write_text`` does.

    Raises:
        OSError: when it cannot be written.

    """
    _write(path, content)


def write_text(path: Path, text: str) -> None:
    """Write a file with mode 0600 in the place of the one before; a reader sees the old one or the whole new one.

    Raises:
        OSError: when it cannot be written.

    """
    _write(path, text.encode())


def _write(path: Path, content: bytes) -> None:
    with in_place_of(path) as fresh, os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
