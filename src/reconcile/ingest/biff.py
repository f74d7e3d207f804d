"""What an XLS says beside its values. Its records are looked for in the bytes of the file; who reads them gets the bare values."""

from __future__ import annotations

import re
import struct

from reconcile.ingest import formats

_FORMAT = re.compile(rb"\x1e\x04(?P<size>..)(?P<number>..)(?P<length>..)(?P<wide>[\x00\x01])", re.DOTALL)
_CELL_FORMAT = re.compile(rb"\xe0\x00\x14\x00..(?P<number>..)", re.DOTALL)
_MERGED = re.compile(rb"\xe5\x00(?P<size>..)(?P<count>..)", re.DOTALL)
_ROW = re.compile(rb"\x08\x02\x10\x00.{8}(?:....)(?P<flags>..)\x0f[\x00-\x0f]", re.DOTALL)
_FORMULA_OF_NOTHING = re.compile(rb"\x06\x00..(?:......)\x03\x00\x00\x00\x00\x00\xff\xff", re.DOTALL)
_HIDDEN = 0x20
_HEAD = 5
"""Bytes of a format's record before its text."""


def notes(content: bytes) -> list[str]:
    """What a person should know who gets the values only."""
    said: list[str] = []
    used = {found["number"] for found in _CELL_FORMAT.finditer(content)}
    adding = {code for number, code in _formats(content) if number in used and (formats.adds(code) or formats.known_part(code))}
    if adding:
        said.append(f"{len(adding)} formats that add to a number (as S00001 for 1) are not read from an XLS: save it as XLSX")
    if any(bottom > top for top, bottom in _merged(content)):
        said.append("cells are merged over several rows, of which only the first has the value: save it as XLSX, or unmerge them")
    if hidden := sum(bool(struct.unpack("<H", found["flags"])[0] & _HIDDEN) for found in _ROW.finditer(content)):
        said.append(f"{hidden} hidden rows are read too")
    if _FORMULA_OF_NOTHING.search(content):
        said.append("formulas have no value; if they were never calculated, open it in a spreadsheet program and save it")
    return said


def _formats(content: bytes) -> list[tuple[bytes, str]]:
    found: list[tuple[bytes, str]] = []
    for record in _FORMAT.finditer(content):
        size, length = (struct.unpack("<H", record[name])[0] for name in ("size", "length"))
        width = 1 + record["wide"][0]
        if size == _HEAD + length * width:
            text = content[record.end() : record.end() + length * width]
            found.append((record["number"], text.decode("utf-16-le" if width > 1 else "latin-1", "replace")))
    return found


def _merged(content: bytes) -> list[tuple[int, int]]:
    """First and last row of each merged cell."""
    rows: list[tuple[int, int]] = []
    for record in _MERGED.finditer(content):
        size, count = (struct.unpack("<H", record[name])[0] for name in ("size", "count"))
        ranges = content[record.end() : record.end() + 8 * count]
        if count and size == 2 + 8 * count == 2 + len(ranges):
            rows += [cells[:2] for cells in struct.iter_unpack("<HHHH", ranges)]
    return rows
