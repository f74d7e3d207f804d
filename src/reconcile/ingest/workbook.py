"""Workbooks of spreadsheet programs, XLSX, XLS and ODS: every sheet as a frame of texts, numbers and days as the program shows them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import fastexcel
import polars as pl

from reconcile.errors import InputRefusedError, Place
from reconcile.ingest import biff, damage, formulas, marks, ods, overflow
from reconcile.ingest.marks import Marks

ZERO_1900, ZERO_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_COUNTS_FROM_1904 = re.compile(r"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true|on)["']""")
_RECORD_1904 = b"\x22\x00\x02\x00\x01\x00\x0e\x00\x02\x00"
"""The record of an XLS that says so, and the head of the record that programs write behind it."""
_DIGITS_KEPT = 15
"""Of a number, by spreadsheet programs."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: columns ``c0``, ``c1``, … from its first filled column on, one row for each of the sheet's from the first on.

    Attributes:
        name: what its tab says.
        frame: its cells as texts.
        is_hidden: whether a person who opens the workbook does not see it.
        uncalculated: columns of the frame, by number, whose formulas have no value.
        nought: the same whose formulas all have the value 0.
        marks: what it says beside its values; rows and columns are those of the frame.
        cut: of columns of the frame, by number, which cells hold a number of more digits than a spreadsheet program keeps.

    """

    name: str
    frame: pl.DataFrame
    is_hidden: bool = False
    uncalculated: frozenset[int] = frozenset()
    nought: frozenset[int] = frozenset()
    marks: Marks = field(default_factory=Marks)
    cut: Mapping[int, pl.Series] = field(default_factory=dict[int, pl.Series])


class Workbook:
    """A workbook whose sheets are read one by one; whatever it calls itself, its content says what it is.

    ``begins_in_1904`` says whether it counts days from then; ``notes`` what a person should know who reads only the values of an ODS.
    """

    def __init__(self, path: Path, file: str) -> None:
        """Open it; ``file`` is what messages call it.

        Raises:
            InputRefusedError: when it is no workbook, or is encrypted.

        """
        self._place = Place(file)
        self._path = path
        problem = "no readable workbook (encrypted, cut off, or not XLSX, XLS or ODS)"
        with damage.refused(self._place, problem, "Save it as XLSX, no password."):
            content = path.read_bytes()
            self._is_zip = zipfile.is_zipfile(io.BytesIO(content))
            parts = _parts(content) if self._is_zip else []
            self._is_xlsx = "xl/workbook.xml" in parts
            self._is_ods = "content.xml" in parts
            self._book = fastexcel.read_excel(ods.readable(content) if self._is_ods else content)
            self._records = None if self._is_zip else biff.records(content)
            self._beside = ods.beside(content) if self._is_ods else ods.Beside()
            self.notes = self._beside.notes
            self.begins_in_1904 = self._counts_from_1904(content)
            self.sheet_names = tuple(self._book.sheet_names)

    def _counts_from_1904(self, content: bytes) -> bool:
        """Whether the workbook counts days from 1904, as Excel on the Macintosh did; an ODS states its days."""
        if not self._is_zip:
            return _RECORD_1904 in content
        if not self._is_xlsx:
            return False
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return _COUNTS_FROM_1904.search(book.read("xl/workbook.xml").decode("utf-8", "replace")) is not None

    def sheets(self, wished: str | None) -> Iterator[Sheet]:
        """Every sheet that holds something, or the one that is wished.

        Raises:
            InputRefusedError: when a sheet cannot be read, or none has that name.

        """
        if not self.sheet_names or (wished and wished not in self.sheet_names):
            raise InputRefusedError(
                self._place, "no such sheet" if wished else "no sheet", "Name the right sheet in a profile (sheet = …)."
            )
        for name in [wished] if wished else self.sheet_names:
            with damage.refused(self._place, f"the sheet {name} cannot be read", "Save the workbook again as XLSX."):
                found = self._read(name)
            if not found.frame.is_empty():
                yield found

    def _read(self, sheet: str) -> Sheet:
        loaded = self._book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
        frame = pl.DataFrame(pl.from_arrow(loaded.to_arrow()))
        if frame.is_empty():
            return Sheet(sheet, frame)
        frame = frame.rename({name: f"c{number}" for number, name in enumerate(frame.columns)})
        # A sheet may begin in column B: columns of the frame are counted from its first, those of the workbook from A.
        first = loaded.available_columns()[0].absolute_index
        long = [number for number, name in enumerate(frame.columns) if frame[name].str.contains(r"^\d{16,}$").any()]
        cut: dict[int, pl.Series] = {}
        for number in long:
            text, cut[number] = self._long_numbers(sheet, first + number, frame[f"c{number}"])
            frame = frame.with_columns(text)
        beside, without_value = Marks(), frozenset[int]()
        if self._is_ods:
            frame, beside, without_value = ods.taken_apart(frame)
            beside.hides_noughts = self._beside.hides_noughts
            beside.merged = Marks(merged=self._beside.merged.get(sheet, [])).moved(first).merged
        if self._records:
            beside = self._records.marks(self.sheet_names.index(sheet)).moved(first)
        if self._is_xlsx:
            beside = marks.of_sheet(self._path, sheet).moved(first)
            frame = overflow.restored(frame, self._path, sheet, first)
        zero = ZERO_1904 if self.begins_in_1904 else ZERO_1900
        shown = frame.with_columns(pl.all().str.replace(r"^(\d{4}-\d\d-\d\d) 00:00:00$", "$1"))
        shown = shown.with_columns(_number_of_a_late_day(pl.col(name), zero).alias(name) for name in shown.columns)
        found = formulas.uncalculated(self._path, sheet) if self._is_xlsx else formulas.NONE
        empty, nought = (frozenset(column - first for column in columns) for columns in found)
        return Sheet(sheet, shown, loaded.visible != "visible", empty | without_value, nought, beside, cut)

    def _long_numbers(self, sheet: str, column: int, texts: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Column of texts in which cells that hold a long number show what Excel shows: 15 digits, then zeros; and which cells are such.

        A number cell is told from a text cell by reading the column as boolean: only number cells have a truth value.
        """

        def read(kind: fastexcel.DType) -> pl.Series:
            loaded = self._book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes={column: kind}, use_columns=[column])
            return pl.Series(pl.from_arrow(loaded.to_arrow().column(0)))

        cells = pl.DataFrame({"text": texts, "is_number": read("boolean").is_not_null(), "value": read("float")})
        mantissa = pl.col("value").cast(pl.String).str.extract(r"^(\d\.?\d*)e\+?\d+$")
        shortest = mantissa.str.replace(".", "", literal=True).str.strip_chars_end("0")
        shown = shortest.str.pad_end(pl.col("text").str.len_chars(), "0")
        cut = (pl.col("is_number") & pl.col("text").str.contains(r"^\d{16,}$")).fill_null(value=False)
        text = pl.when(cut & (shortest.str.len_chars() <= _DIGITS_KEPT)).then(shown).otherwise("text")
        read_of = cells.select(text.alias(texts.name), cut.alias("cut"))
        return read_of[texts.name], read_of["cut"]


def _parts(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return book.namelist()
    except (zipfile.BadZipFile, LookupError, ValueError):
        return []


def _number_of_a_late_day(text: pl.Expr, zero: dt.date) -> pl.Expr:
    """A cell formatted as a date that holds 20241225 is a day in the year 57318, which Excel shows as ####: the number it holds."""
    found = text.str.extract_groups(r"^\+?(?P<year>[0-9]{5,6})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[ T][0-9:.]+)?$")
    # Four hundred years are 146,097 days in any century: the day is reckoned in the years 2000 to 2399.
    year = found.struct.field("year").cast(pl.Int64)
    near = pl.date(2000 + year % 400, found.struct.field("month").cast(pl.Int8), found.struct.field("day").cast(pl.Int8))
    number = (near - pl.lit(zero)).dt.total_days() + (year - 2000 - year % 400) // 400 * 146_097
    return pl.coalesce(number.cast(pl.String), text)
