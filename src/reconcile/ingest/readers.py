"""Which reader a delivery gets, and the one for Parquet, which has little to decide."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from reconcile.contract.meanings import ZONE
from reconcile.errors import InputRefusedError, Place
from reconcile.ingest.delivered import Head, Reader, Relation, path_literal
from reconcile.ingest.discover import Delivery
from reconcile.ingest.sheets import SheetReader
from reconcile.ingest.texts import TextReader


def reader(delivery: Delivery, scratch: Path) -> Reader:
    """Reader of a delivery by the ending of its name; ``scratch`` takes temporary files."""
    if delivery.path.stat().st_size == 0:
        raise InputRefusedError(Place(delivery.file), "the file is empty", "Ask for the file again.")
    ending = delivery.file.lower()
    if ending.endswith(".xlsx"):
        return SheetReader(delivery)
    return ParquetReader(delivery) if ending.endswith(".parquet") else TextReader(delivery, scratch)


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
        return Head(tuple(schema), 1, 1)

    def candidates(self) -> list[Head]:
        """Its headings are never anywhere else."""
        return [self.head()]

    def relation(self, head: Head, *, careful: bool = False, padded: bool = False) -> Relation:
        """Rows as text."""
        del head, careful, padded
        cells = ", ".join(f"{_as_text(name, kind)} AS c{number}" for number, (name, kind) in enumerate(self._columns.items()))
        source = f"read_parquet({path_literal(self._delivery.path)}, file_row_number = true)"
        return Relation(f"(SELECT file_row_number + 2 AS _line, {cells} FROM {source})")


def _as_text(name: str, kind: pl.DataType) -> str:
    column = '"' + name.replace('"', '""') + '"'
    if isinstance(kind, pl.Datetime) and kind.time_zone:
        # A moment, not a day: by the clocks of China, whatever zone the machine is in.
        return f"CAST(timezone('{ZONE}', {column}) AS VARCHAR)"
    text = f"CAST({column} AS VARCHAR)"
    if not kind.is_float():
        return text
    # Whole numbers with empty cells between them arrive as floating point: 81.0 is an age of 81.
    whole = f"CAST(CAST({column} AS HUGEINT) AS VARCHAR)"
    return f"CASE WHEN {column} = trunc({column}) AND abs({column}) < 1e30 THEN {whole} ELSE {text} END"
