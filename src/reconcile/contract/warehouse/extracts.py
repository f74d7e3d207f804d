"""Tables that derive from the extracts: ``raw.*`` holds them as delivered, ``std.*`` typed and normalised."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.contract.table import BIGINT, VARCHAR, Table, TableColumn, Type
from reconcile.contract.tables import EXTRACTS, Extract

PROVENANCE = (
    TableColumn("_file", VARCHAR, "File the row came in."),
    TableColumn("_line", BIGINT, "Line the record starts on; header = 1; in XLSX the row of the sheet."),
    TableColumn("_load_id", BIGINT, "Load that brought it, key of ops.load."),
)
"""Where each row came from."""


def raw(extract: type[Extract]) -> Table:
    """Table ``raw.<extract>``: the fields as text, then where they came from."""
    columns = tuple(TableColumn(name, VARCHAR, field.column.sentence) for name, field in extract.fields.items())
    return Table(
        f"raw.{extract.name}", f"{extract.sentence()} Text as delivered.", columns + PROVENANCE, is_kept=True, unique=("_load_id", "_line")
    )


def std(extract: type[Extract]) -> Table:
    """Table ``std.<extract>``: the fields typed and normalised, then where they came from."""
    columns = tuple(TableColumn(name, Type(sql_type), note) for name, sql_type, note in extract.std_columns())
    return Table(f"std.{extract.name}", f"{extract.sentence()} Typed, normalised, current.", columns + PROVENANCE, unique=extract.key)


def _tables() -> Iterator[Table]:
    for extract in EXTRACTS.values():
        yield raw(extract)
        yield std(extract)


TABLES = tuple(_tables())
