"""Streams of a compound file, the file system within an XLS: sectors of one size, a table that says which follows which, a directory.

Source of the layout: [MS-CFB], Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

_LAST_SECTOR = 0xFFFFFFFA
"""Greater numbers mean the end of a chain, or a sector that is free or in use by the file system itself."""
_ENTRY, _SMALL_SECTOR, _HEADER = 128, 64, 512


def stream(content: bytes, *names: str) -> bytes:
    """The first stream of one of these names; nothing where there is none.

    Raises:
        struct.error: when the file is cut off.

    """
    size = 1 << _number(content, "<H", 30)

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    def numbers(block: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))

    places, following = numbers(content[76:_HEADER]), _number(content, "<I", 68)
    for _ in range(len(content) // size):
        if following > _LAST_SECTOR:
            break
        *more, following = numbers(sector(following))
        places += more
    table = [number for place in places if place <= _LAST_SECTOR for number in numbers(sector(place))]
    directory = b"".join(_chain(_number(content, "<I", 48), table, sector))
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    found = next((entry for entry in entries if _name(entry) in names), None)
    if found is None:
        return b""
    first, length = _number(found, "<I", 116), _number(found, "<I", 120)
    if length >= _number(content, "<I", 56):
        return b"".join(_chain(first, table, sector))[:length]
    small_table = numbers(b"".join(_chain(_number(content, "<I", 60), table, sector)))
    small = b"".join(_chain(_number(entries[0], "<I", 116), table, sector))
    return b"".join(_chain(first, small_table, lambda at: small[at * _SMALL_SECTOR : (at + 1) * _SMALL_SECTOR]))[:length]


def _chain(first: int, table: Sequence[int], sector: Callable[[int], bytes]) -> list[bytes]:
    """Sectors from the first on; a chain that bites its tail ends after as many as there are."""
    found: list[bytes] = []
    while first < len(table) and len(found) < len(table):
        found.append(sector(first))
        first = table[first]
    return found


def _name(entry: bytes) -> str:
    return entry[: max(0, _number(entry, "<H", 64) - 2)].decode("utf-16-le", "replace")


def _number(content: bytes, kind: str, at: int) -> int:
    return int(struct.unpack_from(kind, content, at)[0])
