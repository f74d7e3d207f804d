"""Cells of a workbook that are formatted as a date and hold a number beyond every calendar, such as 99991231.

The reader of workbooks (fastexcel 0.21) returns nothing for them, whatever type is asked for; the number is taken from the sheet's XML.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl

_FIRST, _LAST = 2_958_466, 10**15
"""From the day after 9999-12-31 in the 1900 system, the last that a spreadsheet program shows; a longer number is a citizen's."""
_NUMBER = re.compile(rb"v>([0-9]{7,}(?:\.[0-9]+)?|[0-9]\.[0-9]+E\+?[0-9]+)</")
_BLOCK = 1 << 20
_CELL_BYTES = 1 << 10
"""A cell with its formula is shorter than that; one that is not keeps what the reader made of it."""


def restored(frame: pl.DataFrame, path: Path, sheet: str, first_column: int) -> pl.DataFrame:
    """Frame of texts (``c0``, ``c1``, … from the column ``first_column`` on) with the numbers that the reader lost."""
    lost: dict[str, dict[int, str]] = {}
    for row, column, text in _great_numbers(path, sheet):
        name = f"c{column - first_column}"
        if name in frame.columns and row < frame.height and frame[name][row] is None:
            lost.setdefault(name, {})[row] = text
    for name, texts in lost.items():
        found = pl.DataFrame({"row": list(texts), "text": list(texts.values())}, schema={"row": pl.UInt32, "text": pl.String})
        rows = frame.select(name).with_row_index("row").join(found, on="row", how="left", maintain_order="left")
        frame = frame.with_columns(rows.select(pl.coalesce(name, "text")).to_series().alias(name))
    return frame


def _great_numbers(path: Path, sheet: str) -> Iterator[tuple[int, int, str]]:
    """Row and column, from 0, and text of each cell that holds a number from ``_FIRST`` to ``_LAST``."""
    with zipfile.ZipFile(path) as book:
        part = part_of(book, sheet)
        if part is None:
            return
        with book.open(part) as xml:
            for attributes, number in _numbers(iter(lambda: xml.read(_BLOCK), b"")):
                place = re.search(r"\br=[\"']([A-Z]+)([0-9]+)[\"']", attributes)
                if place and _FIRST <= float(number) < _LAST and attribute(attributes, "t") in ("", "n"):
                    yield int(place[2]) - 1, column_number(place[1]), _plain(number)


def _numbers(blocks: Iterator[bytes]) -> Iterator[tuple[str, str]]:
    """Attributes of the cell and digits of each long number; a number that two blocks share is found in the second."""
    held, searched = b"", 0
    for block in blocks:
        text = held + block
        for found in _NUMBER.finditer(text, searched):
            cell = max(text.rfind(b"<c ", 0, found.start()), text.rfind(b":c ", 0, found.start()))
            if cell >= 0:
                yield text[cell : text.find(b">", cell)].decode("utf-8", "replace"), found[1].decode()
            searched = found.end()
        cut = max(0, len(text) - _CELL_BYTES)
        held, searched = text[cut:], max(0, searched - cut)


def part_of(book: zipfile.ZipFile, sheet: str) -> str | None:
    """Path of a sheet's XML within the workbook; None where the workbook names it in no way that is known."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(book.namelist()):
        return None
    described, related = (book.read(name).decode("utf-8", "replace") for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    sheets = {html.unescape(attribute(tag, "name")): attribute(tag, r"\w+:id") for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", described)}
    targets = {attribute(tag, "Id"): attribute(tag, "Target") for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", related)}
    target = targets.get(sheets.get(sheet, ""), "")
    part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return part if part in book.namelist() else None


def attribute(tag: str, name: str) -> str:
    """Value of an attribute of a tag as it stands there, entities included; empty where there is none."""
    found = re.search(rf"""\b{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return (found[1] or found[2] or "") if found else ""


def column_number(letters: str) -> int:
    """Number of a column from 0: A, B, …, Z, AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _plain(number: str) -> str:
    value = float(number)
    return f"{value:.0f}" if value.is_integer() else number
