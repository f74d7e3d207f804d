"""Keys of the declared tables: what tells their rows apart, and where a column leads. The diagrams, the contracts and ``ref.key`` derive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reconcile.contract.ddl import quoted
from reconcile.contract.table import Table

_DELIVERED = ("raw", "std")
"""Schemas whose columns are as offices delivered them: only where a row came from leads anywhere for sure."""


class Reference(NamedTuple):
    """A column of a table that leads to a row of another one."""

    table: str
    column: str
    to_table: str
    to_column: str


def references(table: Table) -> Iterator[Reference]:
    """Where the columns of a table lead."""
    is_delivered = table.name.partition(".")[0] in _DELIVERED
    for column in table.columns:
        to_table, _, to_column = column.refers.rpartition(".")
        is_own = (to_table, to_column) == (table.name, column.name)
        if to_table and not is_own and (not is_delivered or column.name.startswith("_")):
            yield Reference(table.name, column.name, to_table, to_column)


def rows(tables: Iterable[Table]) -> Iterator[str]:
    """Statements that fill ``ref.key``."""
    yield "DELETE FROM ref.key"
    yield f"INSERT INTO ref.key VALUES {', '.join(row for table in tables for row in _of_table(table))}"


def _of_table(table: Table) -> Iterator[str]:
    for place, column in enumerate(table.identity, start=1):
        yield f"({quoted(table.name)}, {quoted(column)}, 'primary', {place}, NULL, NULL, {bool(table.key)})"
    for reference in references(table):
        yield f"({quoted(table.name)}, {quoted(reference.column)}, 'foreign', 1, {quoted(reference.to_table)}, {quoted(reference.to_column)}, FALSE)"
