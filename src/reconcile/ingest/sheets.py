"""XLSX workbooks."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import fastexcel
import polars as pl

from reconcile.contract.columns import COLUMNS, Kind
from reconcile.errors import InputRefusedError, Place
from reconcile.ingest import header, overflow
from reconcile.ingest.delivered import HINT_LINES, Head, Relation, suggest
from reconcile.ingest.discover import Delivery

_ZERO_1900, _ZERO_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_FIRST_SURE_SERIAL, _LAST_SERIAL = 2101, 58_538
"""A smaller number may be a year as well; the greatest is the last day that is read as a serial number."""


class SheetReader:
    """XLSX workbooks; a sheet is read whole, it has at most 1,048,576 rows."""

    def __init__(self, delivery: Delivery) -> None:
        """Read the sheet.

        Raises:
            InputRefusedError: when the file is no workbook, is encrypted, or has no such sheet.

        """
        self._delivery = delivery
        self._frame = _sheet(delivery)

    def head(self) -> Head:
        """Headings of the first row that is not empty, or of the profile's ``header_row``."""
        profile = self._delivery.profile
        rows = self._rows(1000)
        wished = profile.header_row if profile else None
        first = wished - 1 if wished else next((number for number, row in enumerate(rows) if any(row)), len(rows))
        if first >= len(rows):
            raise InputRefusedError(Place(self._delivery.file), "the sheet is empty", "Name the right sheet in a profile (sheet = …).")
        mapped = profile.columns if profile else {}
        scores = [(number + 1, header.score(self._delivery.extract, row, mapped)) for number, row in enumerate(rows[:HINT_LINES])]
        if not wished and header.score(self._delivery.extract, rows[first], mapped) == 0:
            suggest(self._delivery, scores)
        return Head(rows[first], first + 1, first + 1)

    def candidates(self) -> list[Head]:
        """Every row that may hold the headings."""
        return [Head(row, number, number) for number, row in enumerate(self._rows(HINT_LINES), 1) if any(row)]

    def _rows(self, number: int) -> list[tuple[str, ...]]:
        return [tuple(cell or "" for cell in row) for row in self._frame.head(number).drop("_line").iter_rows()]

    def relation(self, head: Head, *, careful: bool = False, padded: bool = False) -> Relation:
        """Rows below the headings; a sheet needs neither care nor padding."""
        del careful, padded
        frame = self._frame.filter(pl.col("_line") > head.last_line)
        return Relation("_delivered", frame.with_columns(self._days_of_1904(head)) if _begins_in_1904(self._delivery.path) else frame)

    def _days_of_1904(self, head: Head) -> list[pl.Expr]:
        """Columns of dates whose bare numbers count days from 1904, as days; four digits stay what they are where they may be a year."""
        extract, mapped = self._delivery.extract, self._delivery.profile.columns if self._delivery.profile else {}
        columns = [header.column_of(extract, heading, mapped) for heading in head.headings]
        dated = [number for number, name in enumerate(columns) if name and COLUMNS[name].kind in (Kind.DATE, Kind.BIRTH_DATE)]
        return [_from_1904(pl.col(f"c{number}")).alias(f"c{number}") for number in dated if f"c{number}" in self._frame.columns]


def _sheet(delivery: Delivery) -> pl.DataFrame:
    place = Place(delivery.file)
    try:
        book = fastexcel.read_excel(delivery.path)
    except fastexcel.FastExcelError as error:
        raise InputRefusedError(place, "no readable workbook (encrypted, cut off or not XLSX)", "Save it as XLSX, no password.") from error
    wished = delivery.profile.sheet if delivery.profile else None
    if not book.sheet_names or (wished and wished not in book.sheet_names):
        raise InputRefusedError(place, "no such sheet" if wished else "no sheet", "Name the right sheet in a profile (sheet = …).")
    sheet = wished or book.sheet_names[0]
    try:
        loaded = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
        frame = pl.DataFrame(pl.from_arrow(loaded.to_arrow()))
        if frame.is_empty():
            raise InputRefusedError(place, "the sheet is empty", "Name the right sheet in a profile (sheet = …).")
        frame = frame.rename({name: f"c{number}" for number, name in enumerate(frame.columns)})
        # A sheet may begin in column B: columns of the frame are counted from its first, those of the workbook from A.
        first = loaded.available_columns()[0].absolute_index
        long = [number for number, name in enumerate(frame.columns) if frame[name].str.contains(r"^\d{16,}$").any()]
        for number in long:
            frame = frame.with_columns(_long_numbers(book, sheet, first + number, frame[f"c{number}"]))
        frame = overflow.restored(frame, delivery.path, sheet, first)
    except fastexcel.FastExcelError as error:
        raise InputRefusedError(place, "the sheet cannot be read", "Save the workbook again as XLSX.") from error
    shown = frame.with_columns(pl.all().str.replace(r"^(\d{4}-\d\d-\d\d) 00:00:00$", "$1"))
    zero = _ZERO_1904 if _begins_in_1904(delivery.path) else _ZERO_1900
    return shown.with_columns(_number_of_a_late_day(pl.col(name), zero).alias(name) for name in shown.columns).with_row_index("_line", 1)


def _begins_in_1904(path: Path) -> bool:
    """Whether the workbook counts days from 1904, as Excel on the Macintosh did."""
    with zipfile.ZipFile(path) as book:
        described = book.read("xl/workbook.xml").decode("utf-8", "replace") if "xl/workbook.xml" in book.namelist() else ""
    return re.search(r"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true|on)["']""", described) is not None


def _from_1904(text: pl.Expr) -> pl.Expr:
    serial = text.str.extract(r"^([1-9][0-9]{3,4})(?:\.[0-9]+)?$").cast(pl.Int32)
    is_day = serial.is_between(_FIRST_SURE_SERIAL, _LAST_SERIAL)
    day = pl.lit(_ZERO_1904) + pl.duration(days=pl.when(is_day).then(serial))
    return pl.coalesce(day.dt.to_string("%Y-%m-%d"), text)


def _number_of_a_late_day(text: pl.Expr, zero: dt.date) -> pl.Expr:
    """A cell formatted as a date that holds 20241225 is a day in the year 57318, which Excel shows as ####: the number it holds."""
    found = text.str.extract_groups(r"^\+?(?P<year>[0-9]{5,6})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[ T][0-9:.]+)?$")
    # Four hundred years are 146,097 days in any century: the day is reckoned in the years 2000 to 2399.
    year = found.struct.field("year").cast(pl.Int64)
    near = pl.date(2000 + year % 400, found.struct.field("month").cast(pl.Int8), found.struct.field("day").cast(pl.Int8))
    number = (near - pl.lit(zero)).dt.total_days() + (year - 2000 - year % 400) // 400 * 146_097
    return pl.coalesce(number.cast(pl.String), text)


def _long_numbers(book: fastexcel.ExcelReader, sheet: str, column: int, texts: pl.Series) -> pl.Series:
    """Column of texts in which cells that hold a number, not a text, show what Excel shows: 15 digits, then zeros.

    A number cell is told from a text cell by reading the column as boolean: only number cells have a truth value.
    """

    def read(kind: fastexcel.DType) -> pl.Series:
        loaded = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes={column: kind}, use_columns=[column])
        return pl.Series(pl.from_arrow(loaded.to_arrow().column(0)))

    cells = pl.DataFrame({"text": texts, "is_number": read("boolean").is_not_null(), "value": read("float")})
    mantissa = pl.col("value").cast(pl.String).str.extract(r"^(\d\.?\d*)e\+?\d+$")
    shortest = mantissa.str.replace(".", "", literal=True).str.strip_chars_end("0")
    shown = shortest.str.pad_end(pl.col("text").str.len_chars(), "0")
    damaged = pl.col("is_number") & pl.col("text").str.contains(r"^\d{16,}$") & (shortest.str.len_chars() <= 15)  # noqa: PLR2004 - digits Excel keeps
    return cells.select(pl.when(damaged).then(shown).otherwise("text").alias(texts.name)).to_series()
