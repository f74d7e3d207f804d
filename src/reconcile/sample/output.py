"""The files of a sample: each part of the prefecture adds its rows to them and is forgotten, and the bytes tell nothing of it."""

from __future__ import annotations

import datetime as dt
import gzip
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import BinaryIO

import polars as pl
import xlsxwriter

from reconcile import checksum

_BLOCK = 8 << 20
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}$")


class Output:
    """Files in a directory that take rows until ``close``; what an earlier sample left in their place goes.

    Attributes:
        rows: file → rows written so far, headings not counted.

    """

    def __init__(self, out: Path) -> None:
        """Nothing is made before the first rows come."""
        self._out = out
        self.rows: Counter[str] = Counter()
        self._sheets: dict[str, Sheet] = {}
        self._frames: dict[str, list[pl.DataFrame]] = {}

    def csv(
        self, name: str, table: pl.DataFrame, encoding: str = "utf-8", *, separator: str = ",", bom: bool = False, end: str = "\n",
        titles: str = "",
    ) -> None:  # fmt: skip
        """Add rows of delimited text, below titles and headings where they are the first; what an encoding lacks becomes a question mark.

        A file that is to be compressed is so by ``close``: it has one member, however many parts it was made of.
        """
        is_first = name not in self.rows
        with self._path(_draft(name)).open("wb" if is_first else "ab") as target:
            if encoding == "utf-8":
                target.write(titles.encode() if is_first else b"")
                table.write_csv(target, separator=separator, include_bom=bom and is_first, include_header=is_first, line_terminator=end)
            else:
                target.write(titles.encode(encoding) if is_first else b"")
                self._transcode(table, target, encoding, separator=separator, end=end, header=is_first)
        self.rows[name] += table.height

    def sheet(self, name: str, table: pl.DataFrame, title: str, numeric: str, dated: str) -> None:
        """Add rows to a workbook of one sheet; numbers of one column and dates of another are now and then cells of their kind."""
        sheet = self._sheets.get(name) or self._sheets.setdefault(name, Sheet(self._path(name), title, table.columns))
        sheet.add(table, numeric, dated)
        self.rows[name] += table.height

    def parquet(self, name: str, table: pl.DataFrame) -> None:
        """Keep the rows of a Parquet file, which is written at the end, since its row groups would tell of the parts.

        For extracts that hold a hundredth of the people: some 100 bytes a row.
        """
        self._frames.setdefault(name, []).append(table)
        self.rows[name] += table.height

    def text(self, name: str, text: str) -> None:
        """Write a file that is not a table."""
        self._path(name).write_text(text, encoding="utf-8", newline="")

    def close(self) -> None:
        """Write what waits for the last part, then a manifest of each delivery."""
        for sheet in self._sheets.values():
            sheet.close()
        for name, frames in self._frames.items():
            pl.concat(frames).write_parquet(self._path(name))
        for name in self.rows:
            if name.endswith(".gz"):
                _compress(self._path(_draft(name)), self._path(name))
        for delivery in sorted(set(re.findall(r"_(\d{8})", " ".join(self.rows)))):
            self._manifest(delivery)

    def _path(self, name: str) -> Path:
        path = self._out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _transcode(self, table: pl.DataFrame, target: BinaryIO, encoding: str, *, separator: str, end: str, header: bool) -> None:
        draft = self._path("utf-8.draft")
        table.write_csv(draft, separator=separator, include_header=header, line_terminator=end)
        with draft.open(encoding="utf-8", newline="") as source:
            while block := source.read(_BLOCK):
                target.write(block.encode(encoding, errors="replace"))
        draft.unlink()

    def _manifest(self, delivery: str) -> None:
        lines = ["file,rows,sha256"]
        for name, rows in sorted(self.rows.items()):
            if f"_{delivery}" in name:
                lines.append(f"{name},{rows},{checksum.sha256(self._out / name)}")
        self.text(f"manifest_{delivery}.csv", "\n".join(lines) + "\n")


class Sheet:
    """A workbook with one sheet, whose rows go to a temporary file as they come."""

    def __init__(self, path: Path, title: str, headings: list[str]) -> None:
        """Write the headings."""
        self._book = xlsxwriter.Workbook(path, {"constant_memory": True, "in_memory": False, "default_date_format": "yyyy-mm-dd"})
        self._book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)})
        self._sheet = self._book.add_worksheet(title)
        self._sheet.write_row(0, 0, headings)
        self._place = 0

    def add(self, table: pl.DataFrame, numeric: str, dated: str) -> None:
        """Add rows; every second cell of the column ``numeric`` is a number, every third of ``dated`` a date, all others text."""
        number, date = table.columns.index(numeric), table.columns.index(dated)
        for row in table.iter_rows():
            self._place += 1
            for column, value in enumerate(row):
                if value is None:
                    continue
                if column == number and self._place % 2:
                    self._sheet.write_number(self._place, column, int(value))
                elif column == date and self._place % 3 == 0 and _ISO.match(value):
                    self._sheet.write_datetime(self._place, column, dt.datetime.fromisoformat(value))
                else:
                    self._sheet.write_string(self._place, column, value)

    def close(self) -> None:
        """Write the file."""
        self._book.close()


def _draft(name: str) -> str:
    return f"{name}.draft" if name.endswith(".gz") else name


def _compress(draft: Path, target: Path) -> None:
    with draft.open("rb") as source, target.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        shutil.copyfileobj(source, packed, _BLOCK)
    draft.unlink()
