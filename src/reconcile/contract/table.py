"""What a table of the warehouse is: declared once; DDL, comments, ``ADD COLUMN``, Polars schemas and the dictionary derive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from reconcile.contract import words


class Type(StrEnum):
    """DuckDB types that columns have."""

    BIGINT = "BIGINT"
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"
    DOUBLE = "DOUBLE"
    INTEGER = "INTEGER"
    TIMESTAMP = "TIMESTAMP"
    VARCHAR = "VARCHAR"


BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, TIMESTAMP, VARCHAR = Type

_POLARS: dict[Type, pl.DataType] = {
    BIGINT: pl.Int64(),
    BOOLEAN: pl.Boolean(),
    DATE: pl.Date(),
    DOUBLE: pl.Float64(),
    INTEGER: pl.Int32(),
    TIMESTAMP: pl.Datetime("us"),
    VARCHAR: pl.String(),
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table.

    Attributes:
        name: its name.
        type: DuckDB type.
        sentence: what it says; where none is given, the one that ``contract.words`` has for every column of that name.
        values: closed list of values → what each means, empty where the value says it; without a list anything may stand there.
            Like the sentence, it is that of ``contract.words`` where the column has no sentence of its own.
        is_key: no two rows have the same.
        default: SQL expression that rows from before the column get; without one they get NULL.
        refers: column of another table that has the same value, ``ops.run.run_id``; where none is given, the one that ``contract.words``
            has for that name. Queries join along it; the database does not enforce it (decision 14).

    Raises:
        ValueError: when nothing says what the column is.

    """

    name: str
    type: Type
    sentence: str = ""
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    is_key: bool = False
    default: str | None = None
    refers: str = ""

    def __post_init__(self) -> None:
        """Take sentence, values and reference from the shared vocabulary where they are not given."""
        object.__setattr__(self, "refers", self.refers or words.REFERENCES.get(self.name, ""))
        if self.sentence:
            return
        sentence = words.sentence(self.name)
        if sentence is None:
            msg = f"column {self.name}: say what it is, here or for every table in contract/words.py."
            raise ValueError(msg)
        object.__setattr__(self, "sentence", sentence)
        object.__setattr__(self, "values", self.values or words.values(self.name))

    @property
    def note(self) -> str:
        """Comment of the column: its sentence and its values."""
        return words.note(self.sentence, self.values)

    @property
    def ddl(self) -> str:
        """Definition in ``CREATE TABLE`` and ``ADD COLUMN``."""
        default = f" DEFAULT {self.default}" if self.default else ""
        return f'"{self.name}" {self.type}{default}'


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the warehouse.

    Attributes:
        name: schema and table, ``ops.run``.
        sentence: what one row is.
        columns: in order.
        is_kept: no night makes it again. A home that had it and has lost it is refused; any other table is made anew.
        unique: columns that are never empty and that no two rows share, by how the table is made; where the database holds it, ``is_key`` of the columns says so.

    """

    name: str
    sentence: str
    columns: tuple[TableColumn, ...]
    is_kept: bool = False
    unique: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> TableColumn:
        """Column of that name; KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]

    def polars(self, *names: str, without: tuple[str, ...] = ()) -> dict[str, pl.DataType]:
        """Polars schema of the named columns, in that order; without names of all but ``without``."""
        chosen = names or [column.name for column in self.columns if column.name not in without]
        return {name: _POLARS[self[name].type] for name in chosen}

    @property
    def key(self) -> tuple[str, ...]:
        """Columns of the primary key."""
        return tuple(column.name for column in self.columns if column.is_key)

    @property
    def identity(self) -> tuple[str, ...]:
        """Columns that tell its rows apart, whether the database holds it or not; empty where nothing does."""
        return self.key or self.unique
