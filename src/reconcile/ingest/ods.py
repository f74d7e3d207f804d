"""An ODS as the reader of workbooks needs it, and with what it shows beside its values.

Every cell of an ODS holds its value and, in words, what the program showed. Where the words say more, both are kept in the cell that is
handed to the reader, and told apart again in the frame; of a text that a format completes (``"S"@``) the words alone are handed over.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import polars as pl

from reconcile.ingest.marks import Formatted, Marks, Merged

_BETWEEN_TAGS = re.compile(rb">\s+<(/?table:)")
_CELL = re.compile(
    rb"""<table:table-cell\b(?P<before>[^>]*?)\soffice:value-type="(?P<kind>float|date)"(?P<after>[^>]*)>(?:<text:p>(?P<shown>[^<]*)</text:p>|<text:p/>)"""
)
_VALUE = re.compile(rb"""\soffice:(?:value|date-value)="([^"]*)\"""")
_NO_VALUE = re.compile(
    rb"""<table:table-cell\b(?![^>]*\soffice:value-type=)([^>]*\stable:formula="[^"]*"[^>/]*)(?:/>|></table:table-cell>)"""
)
_TEXT_AND_SHOWN = re.compile(
    rb"""(<table:table-cell\b[^>]*?)\soffice:string-value="([^"]*)"([^>]*>\s*<text:p>)([^<]+)(?=</text:p>\s*</table:table-cell>)"""
)
_SPANNED = re.compile(rb"""\stable:number-(?:rows|columns)-spanned="(?!1")""")
_ELEMENT = re.compile(rb"""<table:(?P<kind>table|table-row|table-cell|covered-table-cell)(?=[\s/>])(?P<attributes>[^>]*)""")
_NAME = re.compile(rb"""\stable:name="([^"]*)\"""")
_HIDES_NOUGHTS = re.compile(rb"""config:name="ShowZeroValues"[^>]*>\s*false\s*<""")
_HIDDEN = re.compile(rb"""<table:table-row\b[^>]*\stable:visibility="(?:filter|collapse)\"""")
_BESIDE, _UNCALCULATED = "\ufdd0", "\ufdd1"
"""Signs that no text has: between a value and what is shown, and for a formula without a value."""
_ONLY_PRETTIER = re.compile(r"[^\w]*(?:[1-9][0-9,.\s]*|0(?:\.[0-9]*)?|[0-9.,]+E[+-]?[0-9]+|)[^\w]*")
_MONTH, _YEAR = re.compile(r"[0-9]{4}[-/.年][0-9]{1,2}月?|[A-Za-z]{3,9}[- ][0-9]{2,4}"), re.compile(r"[0-9]{4}年?")


def readable(content: bytes) -> bytes:
    """The file without the blanks between its table elements, which Gnumeric and SheetJS write and calamine 0.36 takes for an error."""
    slim = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(slim, "w", zipfile.ZIP_STORED) as made:
            for name in book.namelist():
                part = book.read(name)
                made.writestr(name, _marked(part) if name == "content.xml" else part)
    except (zipfile.BadZipFile, zlib.error, LookupError, RuntimeError, ValueError):  # damaged, encrypted, packed in a way nobody here reads
        return content
    return slim.getvalue()


def _marked(xml: bytes) -> bytes:
    xml = _BETWEEN_TAGS.sub(rb"><\1", xml)
    without_value = rb"""<table:table-cell\1 office:value-type="string"><text:p>%s</text:p></table:table-cell>""" % _UNCALCULATED.encode()
    return _TEXT_AND_SHOWN.sub(rb"\1\3\4", _CELL.sub(_with_both, _NO_VALUE.sub(without_value, xml)))


def _with_both(cell: re.Match[bytes]) -> bytes:
    found = _VALUE.search(cell["before"] + cell["after"])
    value, shown = (found[1].decode() if found else ""), html.unescape((cell["shown"] or b"").decode("utf-8", "replace")).strip()
    if not value or not _says_more(cell["kind"].decode(), value, shown):
        return cell[0]
    both = html.escape(f"{value}{_BESIDE}{shown}").encode()
    return b"""<table:table-cell%s office:value-type="string"><text:p>%s</text:p>""" % (_VALUE.sub(b"", cell["before"]), both)


def _says_more(kind: str, value: str, shown: str) -> bool:
    if kind == "date":
        return bool(_MONTH.fullmatch(shown) or _YEAR.fullmatch(shown))
    if not re.fullmatch(r"[0-9]{1,15}", value) or not shown:
        return value == "0"
    return shown != value if shown.isdecimal() else not _ONLY_PRETTIER.fullmatch(shown)


def taken_apart(frame: pl.DataFrame) -> tuple[pl.DataFrame, Marks, frozenset[int]]:
    """Frame of values again, what is shown beside them, and the columns in which formulas have no value."""
    marks, uncalculated = Marks(), set[int]()
    for number, name in enumerate(frame.columns):
        texts = frame[name]
        if texts.str.contains(_UNCALCULATED, literal=True).any():
            uncalculated.add(number)
            texts = texts.replace(_UNCALCULATED, None)
        both = texts.str.contains(_BESIDE, literal=True)
        if both.any():
            parts = texts.str.split_exact(_BESIDE, 1).struct.unnest()
            texts = parts["field_0"]
            rows = parts.with_row_index().filter(both).rows()
            marks.formatted += [Formatted(number, row, _format(value, shown), is_text=False) for row, value, shown in rows]
        frame = frame.with_columns(texts.alias(name))
    return frame, marks, frozenset(uncalculated)


def _format(value: str, shown: str) -> str:
    """A format that shows a value so."""
    if "-" in value:
        return "yyyy" if _YEAR.fullmatch(shown) else "yyyy-mm"
    return '"' + shown.replace('"', "") + '"'


class Beside(NamedTuple):
    """What an ODS says beside its values: notes for who reads only them, cells that are one, whether noughts are not shown."""

    notes: tuple[str, ...] = ()
    merged: Mapping[str, list[Merged]] = MappingProxyType({})
    hides_noughts: bool = False


def beside(content: bytes) -> Beside:
    """What the file says beside its values; ``merged`` by the name of the sheet, cells counted as in the sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            xml = book.read("content.xml")
            hides_noughts = "settings.xml" in book.namelist() and _HIDES_NOUGHTS.search(book.read("settings.xml")) is not None
    except (zipfile.BadZipFile, zlib.error, LookupError, RuntimeError, ValueError):
        return Beside()
    hidden = len(_HIDDEN.findall(xml))
    notes = (f"{hidden} hidden rows are read too",) if hidden else ()
    return Beside(notes, _merged(xml) if _SPANNED.search(xml) else {}, hides_noughts)


def _merged(xml: bytes) -> dict[str, list[Merged]]:
    """Cells that are one, by sheet. An element stands for as many rows or cells as it says it repeats."""
    found: dict[str, list[Merged]] = {}
    inside: list[Merged] | None = None
    row, rows, column = 0, 0, 0
    for element in _ELEMENT.finditer(xml):
        kind, attributes = element["kind"], element["attributes"]
        if kind == b"table":
            name = _NAME.search(attributes)
            inside = found.setdefault(html.unescape(name[1].decode("utf-8", "replace")) if name else "", [])
            row, rows = 0, 0
        elif kind == b"table-row":
            row, rows, column = row + rows, _number(attributes, b"rows-repeated"), 0
        elif inside is not None:
            down, across = _number(attributes, b"rows-spanned"), _number(attributes, b"columns-spanned")
            if (down, across) != (1, 1):
                inside.append(Merged(row, row + down - 1, column, column + across - 1))
            column += _number(attributes, b"columns-repeated")
    return found


def _number(attributes: bytes, name: bytes) -> int:
    said = re.search(rb"""\stable:number-%s="([0-9]+)\"""" % name, attributes)
    return int(said[1]) if said else 1
