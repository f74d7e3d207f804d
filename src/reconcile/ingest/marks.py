"""What a sheet says beside its values, as the XML of an XLSX has it: cells whose number format adds to them, merged cells, hidden rows."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from reconcile.ingest import formats, overflow

_BLOCK = 1 << 20
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\b[^>]*>")
_CELL_FORMATS = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(r"<(?:\w+:)?xf\b[^>]*>")
_BESIDE = (
    rb"""<(?:\w+:)?row\b[^>]*\bhidden=["'](?P<hidden>1|true)["']"""
    rb"""|<(?:\w+:)?sheetView\b[^>]*\b(?P<noughts>showZeros)=["'](?:0|false)["']"""
    rb"""|<(?:\w+:)?mergeCell\b[^>]*\bref=["'](?P<from_column>[A-Z]+)(?P<from_row>[0-9]+):(?P<to_column>[A-Z]+)(?P<to_row>[0-9]+)["']"""
)
_CELL = rb"""|<(?:\w+:)?c\b(?P<cell>[^>]*\bs=["'](?P<style>%s)["'][^>]*)>"""
_PLACE = re.compile(rb"""\br=["']([A-Z]+)([0-9]+)["']""")
_TYPE = re.compile(rb"""\bt=["'](?!n["'])""")


class Merged(NamedTuple):
    """Cells that are one: first and last row, first and last column, counted from 0."""

    from_row: int
    to_row: int
    from_column: int
    to_column: int


class Formatted(NamedTuple):
    """A cell whose format may add to its value; column and row counted from 0."""

    column: int
    row: int
    format: str
    is_text: bool


@dataclass(slots=True)
class Marks:
    """What a sheet says beside its values."""

    formatted: list[Formatted] = field(default_factory=list[Formatted])
    merged: list[Merged] = field(default_factory=list[Merged])
    hidden_rows: int = 0
    hides_noughts: bool = False
    notes: list[str] = field(default_factory=list[str])

    def moved(self, columns: int) -> Marks:
        """The same with columns counted from another one than A."""
        formatted = [cell._replace(column=cell.column - columns) for cell in self.formatted] if columns else self.formatted
        merged = [one._replace(from_column=one.from_column - columns, to_column=one.to_column - columns) for one in self.merged]
        return replace(self, formatted=formatted, merged=merged)


def of_sheet(path: Path, sheet: str) -> Marks:
    """Read the XML of a sheet once, block by block."""
    marks = Marks()
    with zipfile.ZipFile(path) as book:
        part = overflow.part_of(book, sheet)
        if part is None:
            return marks
        styles = _styles(book)
        pattern = re.compile(_BESIDE + (_CELL % "|".join(styles).encode() if styles else b""))
        with book.open(part) as xml:
            for found in _found(pattern, iter(lambda: xml.read(_BLOCK), b"")):
                _add(marks, found, styles)
    return marks


def _found(pattern: re.Pattern[bytes], blocks: Iterator[bytes]) -> Iterator[re.Match[bytes]]:
    """Matches in whole tags; one that two blocks share is found with the second."""
    held = b""
    for block in blocks:
        text = held + block
        cut = text.rfind(b"<")
        yield from pattern.finditer(text, 0, max(cut, 0))
        held = text[max(cut, 0) :]
    yield from pattern.finditer(held)


def _add(marks: Marks, found: re.Match[bytes], styles: dict[str, str]) -> None:
    named = found.groupdict()
    if named["hidden"]:
        marks.hidden_rows += 1
    elif named["noughts"]:
        marks.hides_noughts = True
    elif named["from_row"]:
        rows, columns = (int(named["from_row"]) - 1, int(named["to_row"]) - 1), (named["from_column"], named["to_column"])
        marks.merged.append(Merged(*rows, *(overflow.column_number(letters.decode()) for letters in columns)))
    elif place := _PLACE.search(named["cell"]):
        code = styles[named["style"].decode()]
        column, row = overflow.column_number(place[1].decode()), int(place[2]) - 1
        marks.formatted.append(Formatted(column, row, code, _TYPE.search(named["cell"]) is not None))


def _styles(book: zipfile.ZipFile) -> dict[str, str]:
    """Format of each style of a cell that may add to a value, by the number of the style."""
    if "xl/styles.xml" not in book.namelist():
        return {}
    xml = book.read("xl/styles.xml").decode("utf-8", "replace")
    declared = {overflow.attribute(tag, "numFmtId"): html.unescape(overflow.attribute(tag, "formatCode")) for tag in _FORMAT.findall(xml)}
    codes = formats.BUILT_IN | declared
    cells = _CELL_FORMATS.search(xml)
    used = [codes.get(overflow.attribute(tag, "numFmtId"), "") for tag in _CELL_FORMAT.findall(cells[0])] if cells else []
    return {str(number): code for number, code in enumerate(used) if formats.adds(code) or formats.known_part(code)}
