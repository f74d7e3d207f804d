"""Formulas of an XLSX that nobody has calculated: libraries write the formula, and no value or a nought in its place.

A spreadsheet program calculates them when it opens the file; who only reads it finds empty cells, or noughts for names. Libraries that
write noughts ask for it (``fullCalcOnLoad``), and a program that has calculated takes that away when it saves.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reconcile.ingest import overflow

_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*[^/>]>[^<]*</(?:\w+:)?f>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v>([^<]*)<)?"""
)
_BLOCK, _CELL_BYTES = 1 << 20, 1 << 12
_NOUGHT = (b"0", b"0.0")
_PENDING = re.compile(rb"""<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad\s*=\s*["'](?:1|true|on)["']""")


class Uncalculated(NamedTuple):
    """Columns, counted from A as 0, in which a formula has no value, and those in which each of several has the value 0.

    Where the workbook asks to be calculated, a column whose formulas are all noughts or empty texts belongs to the first.
    """

    empty: frozenset[int]
    nought: frozenset[int]


NONE = Uncalculated(frozenset(), frozenset())


def uncalculated(path: Path, sheet: str) -> Uncalculated:
    """What was not calculated in a sheet. A program that calculates also lists what it has calculated, and such a file is not searched."""
    counts = {kind: Counter[int]() for kind in ("all", "empty", "nought", "blank")}
    with zipfile.ZipFile(path) as book:
        part = overflow.part_of(book, sheet)
        if part is None or "xl/calcChain.xml" in book.namelist():
            return NONE
        is_pending = _PENDING.search(book.read("xl/workbook.xml")) is not None
        with book.open(part) as xml:
            for column, kind, value in _formulas(iter(lambda: xml.read(_BLOCK), b"")):
                counts["all"][column] += 1
                counts["empty"][column] += not value and not kind
                counts["nought"][column] += value in _NOUGHT and not kind
                counts["blank"][column] += not value or (value in _NOUGHT and not kind)
    every = {kind: {column for column, number in counts[kind].items() if number == counts["all"][column]} for kind in ("nought", "blank")}
    pending = every["blank"] if is_pending else set[int]()
    nought = {column for column in every["nought"] if counts["all"][column] > 1}
    return Uncalculated(frozenset(+counts["empty"]) | pending, frozenset(nought))


def _formulas(blocks: Iterator[bytes]) -> Iterator[tuple[int, str, bytes]]:
    """Column, type (empty for a number) and value of each formula."""
    held = b""
    for block in blocks:
        text = held + block
        end = 0
        for found in _FORMULA.finditer(text) if b"<f" in text or b":f" in text else ():
            attributes, end = found[1].decode("utf-8", "replace"), found.end()
            kind = overflow.attribute(attributes, "t").removeprefix("n")
            if place := re.match("[A-Z]+", overflow.attribute(attributes, "r")):
                yield overflow.column_number(place[0]), kind, found[2] or b""
        held = text[max(end, len(text) - _CELL_BYTES) :]
