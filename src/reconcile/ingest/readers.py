"""Which reader a delivery gets, and the one for Parquet, which has little to decide."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from reconcile.contract.columns import COLUMNS, IDENTIFIERS
from reconcile.contract.ddl import path_literal
from reconcile.contract.meanings import ZONE
from reconcile.errors import InputRefusedError, Place
from reconcile.ingest import header
from reconcile.ingest.dbf import DbfReader
from reconcile.ingest.delivered import Head, Reader, Relation
from reconcile.ingest.discover import Delivery
from reconcile.ingest.sheets import SheetReader
from reconcile.ingest.texts import TextReader

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of XLSX and ODS, and of XLS."""


def reader(delivery: Delivery, scratch: Path, most_bytes: int | None = None) -> Reader:
    """Reader of a delivery by its content, since names are not to be trusted; ``scratch`` takes temporary files.

    Args:
        delivery: the file.
        scratch: directory for temporary files.
        most_bytes: where a text file is only to be looked at, how much of it is read, rounded up to a whole block.

    Raises:
        InputRefusedError: when the file is empty, or a page of HTML or XML that is only called a workbook.

    """
    with delivery.path.open("rb") as file:
        start = file.read(512)
    ending = delivery.path.suffix.lower()
    if not start:
        raise InputRefusedError(Place(delivery.file), "the file is empty", "Ask for the file again.")
    if start.startswith(_WORKBOOKS) or ending == ".xlsx":
        return SheetReader(delivery)
    if start.startswith(b"PAR1") or ending == ".parquet":
        return ParquetReader(delivery)
    if ending == ".dbf":
        return DbfReader(delivery)
    if ending in (".xls", ".ods") and start.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith((b"<", b"MIME")):
        remedy = "Open it in a spreadsheet program and save it as XLSX."
        raise InputRefusedError(Place(delivery.file), f"a web page or XML that is only called {ending}", remedy)
    return TextReader(delivery, scratch, most_bytes)


class ParquetReader:
    """Parquet files; row *n* is line *n* + 1, as if the headings stood in line 1."""

    def __init__(self, delivery: Delivery) -> None:
        """Keep the place; nothing is read yet."""
        self._delivery = delivery
        self._columns: dict[str, pl.DataType] = {}

    def head(self) -> Head:
        """Names of the columns.

        Raises:
            InputRefusedError: when the file is no Parquet file.

        """
        try:
            with self._delivery.path.open("rb") as file:  # a path would be taken for a pattern
                schema = pl.read_parquet_schema(file)
        except (pl.exceptions.PolarsError, OSError):
            raise InputRefusedError(Place(self._delivery.file), "no readable Parquet file", "Ask for the file again.") from None
        self._columns = dict(schema)
        self._refuse_other_types()
        return Head(tuple(schema), 1, 1)

    def _refuse_other_types(self) -> None:
        """Columns that are needed hold texts, numbers, flags or days; bytes, lists and records have no one way to be a text."""
        others = [f"{name} ({kind})" for name, kind in self._columns.items() if not isinstance(kind, _PLAIN_TYPES) and self._column(name)]
        if others:
            problem = "the column is of a type that is no text, number or day"
            raise InputRefusedError(Place(self._delivery.file, 1, ", ".join(others)), problem, "Ask for it as text (string).")

    def _column(self, heading: str) -> str | None:
        mapped = self._delivery.profile.columns if self._delivery.profile else {}
        return header.column_of(self._delivery.extract, heading, mapped)

    def candidates(self) -> list[Head]:
        """Its headings are never anywhere else."""
        return [self.head()]

    def relation(self, head: Head, *, careful: bool = False, padded: bool = False) -> Relation:
        """Rows as text."""
        del head, careful, padded
        columns = [(name, kind, self._column(name)) for name, kind in self._columns.items()]
        cells = ", ".join(f"{_as_text(name, kind, column)} AS c{number}" for number, (name, kind, column) in enumerate(columns))
        source = f"read_parquet({path_literal(self._delivery.path)}, file_row_number = true)"
        return Relation(f"(SELECT file_row_number + 2 AS _line, {cells} FROM {source})")


_PLAIN_TYPES = (
    pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Date, pl.Datetime, pl.Decimal, pl.Float32, pl.Float64, pl.Null,
    pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Int128, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64,
)  # fmt: skip


def _as_text(name: str, kind: pl.DataType, canonical: str | None) -> str:
    column = '"' + name.replace('"', '""') + '"'
    if isinstance(kind, pl.Datetime) and kind.time_zone:
        # A moment, not a day: by the clocks of China, whatever zone the machine is in.
        return f"CAST(timezone('{ZONE}', {column}) AS VARCHAR)"
    text = f"CAST({column} AS VARCHAR)"
    if not kind.is_float():
        return text
    # Whole numbers with empty cells between them arrive as floating point: 81.0 is an age of 81.
    whole = f"CAST(CAST({column} AS HUGEINT) AS VARCHAR)"
    # An identifier beyond what the type holds exactly has lost its last digits; of a citizen number the others are of use.
    is_identifier = canonical is not None and COLUMNS[canonical].kind in IDENTIFIERS
    exact = (1 << (24 if kind == pl.Float32 else 53)) if is_identifier else 1e30
    is_whole = f"{column} = trunc({column}) AND abs({column})"
    cut = f"WHEN {is_whole} >= {exact} THEN format('{{:.5E}}', {column})" if is_identifier else ""
    return f"CASE WHEN {is_whole} < {exact} THEN {whole} {cut} ELSE {text} END"
