"""Formulas of an XLSX that nobody has calculated: libraries write the formula, and no value or a nought in its place.

A spreadsheet program calculates them when it opens the file; who only reads it finds empty cells, or noughts for names.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from reconcile.ingest import overflow

_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*[^/>]>[^<]*</(?:\w+:)?f>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v>([^<]*)<)?"""
)
_BLOCK, _CELL_BYTES = 1 << 20, 1 << 12
_NOUGHT = (b"0", b"0.0")


class Uncalculated(NamedTuple):
    """Columns, counted from A as 0, in which a formula has no value, and those in which each of several has the value 0."""

    empty: frozenset[int]
    nought: frozenset[int]


NONE = Uncalculated(frozenset(), frozenset())


def uncalculated(path: Path, sheet: str) -> Uncalculated:
    """What was not calculated in a sheet. A program that calculates also lists what it has calculated, and such a file is not searched."""
    counts = {"": Counter[int](), "0": Counter[int](), "all": Counter[int]()}
    with zipfile.ZipFile(path) as book:
        part = overflow.part_of(book, sheet)
        if part is None or "xl/calcChain.xml" in book.namelist():
            return NONE
        with book.open(part) as xml:
            held = b""
            for block in iter(lambda: xml.read(_BLOCK), b""):
                text = held + block
                end = 0
                for found in _FORMULA.finditer(text) if b"<f" in text or b":f" in text else ():
                    attributes, value, end = found[1].decode("utf-8", "replace"), found[2] or b"", found.end()
                    place = re.search(r"\br=[\"']([A-Z]+)", attributes)
                    if place and not re.search(r"\bt=", attributes):
                        column = overflow.column_number(place[1])
                        counts["all"][column] += 1
                        counts[""][column] += not value
                        counts["0"][column] += value in _NOUGHT
                held = text[max(end, len(text) - _CELL_BYTES) :]
    nought = {column for column, number in counts["0"].items() if number == counts["all"][column] > 1}
    return Uncalculated(frozenset(+counts[""]), frozenset(nought))
