"""Texts of a DBF table that stand in a file beside it, which has its name and ends in ``.dbt`` or ``.fpt``.

A cell of the table holds the number of the block in which its text begins. dBASE III ends a text with the sign 1A, dBASE IV and FoxPro
write its length before it. Source of the layouts: dBASE III to IV, FoxPro 2 to Visual FoxPro 9.
"""

from __future__ import annotations

import struct
from pathlib import Path

from reconcile.errors import InputRefusedError, Place

ENDINGS = (".fpt", ".dbt")
_DBASE_III_BLOCK = 512
_DBASE_IV, _DBASE_IV_VERSIONS = b"\xff\xff\x08\x00", frozenset(b"\x43\x63\x8b\x8e\xcb")
_HEAD = 8
_IS_TEXT = 1
_SAMPLE = 1 << 18


def beside(path: Path) -> Path | None:
    """The file of its texts that lies beside a table; None where there is none."""
    if path.suffix.lower() != ".dbf":
        return None
    found = {other.suffix.lower(): other for other in path.parent.iterdir() if other.stem.lower() == path.stem.lower() and other.is_file()}
    return next((found[ending] for ending in ENDINGS if ending in found), None)


class Memo:
    """The texts beside a table."""

    def __init__(self, path: Path, version: int, place: Place) -> None:
        """Read the file; ``version`` is the first byte of the table."""
        self._content = path.read_bytes()
        self._place = place
        self._is_foxpro = path.suffix.lower() == ENDINGS[0]
        where, kind = (6, ">H") if self._is_foxpro else (20, "<H")
        is_sized = (self._is_foxpro or version in _DBASE_IV_VERSIONS) and len(self._content) > where + 1
        self._block = (struct.unpack_from(kind, self._content, where)[0] if is_sized else 0) or _DBASE_III_BLOCK

    @property
    def sample(self) -> bytes:
        """Some of it, to see what encoding it is in."""
        return self._content[self._block : self._block + _SAMPLE]

    def text(self, block: int) -> bytes | None:
        """The text that begins in a block; None where there is none, or a picture.

        Raises:
            InputRefusedError: when the file ends before it.

        """
        if not block:
            return None
        at = block * self._block
        head = self._content[at : at + _HEAD]
        if self._is_foxpro:
            kind, length = struct.unpack(">II", head) if len(head) == _HEAD else (_IS_TEXT, len(self._content))
            text = self._whole(at + _HEAD, length)
            return text if kind == _IS_TEXT else None
        if head.startswith(_DBASE_IV):
            return self._whole(at + _HEAD, int.from_bytes(head[4:], "little") - _HEAD)
        end = self._content.find(b"\x1a", at)
        return self._whole(at, end - at if end >= 0 else len(self._content) - at)

    def _whole(self, at: int, length: int) -> bytes:
        text = self._content[at : at + max(0, length)]
        if at > len(self._content) or len(text) < length:
            raise InputRefusedError(
                self._place, "the memo file beside the table is cut off, or another table's", "Ask for both files again."
            )
        return text
