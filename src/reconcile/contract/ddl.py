"""Statements that make the declared tables, say what each table and column is, and fill ``ref.code``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reconcile.contract import published
from reconcile.contract.codes import CODE_SETS
from reconcile.contract.columns import COLUMNS, STD_SUFFIXES
from reconcile.contract.table import Table
from reconcile.contract.tables import ROLES, Extract


def quoted(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def path_literal(path: Path) -> str:
    """SQL literal of a file to read; characters that DuckDB would take for a pattern stand for themselves."""
    return quoted("".join(f"[{character}]" if character in "*?[" else character for character in str(path)))


def create(table: Table) -> str:
    """Statement that makes a table."""
    key = f", PRIMARY KEY ({', '.join(table.key)})" if table.key else ""
    return f"CREATE TABLE {table.name} ({', '.join(column.ddl for column in table.columns)}{key})"


def comments(table: Table) -> Iterator[str]:
    """Statements that say what a table and its columns are."""
    yield f"COMMENT ON TABLE {table.name} IS {quoted(table.sentence)}"
    for column in table.columns:
        yield f'COMMENT ON COLUMN {table.name}."{column.name}" IS {quoted(column.note)}'


def as_role(extract: type[Extract], role: str, suffix: str = "") -> str:
    """What an extract puts into a column of ``std`` that is named like a role, or like a column of the vocabulary: ``column AS role``."""
    kind = ROLES[role].kind if role in ROLES else COLUMNS[role].kind
    sql_type = next(sql_type for known, sql_type, _ in STD_SUFFIXES[kind] if known == suffix)
    column = extract.column_of(role)
    return f"{f'{column}{suffix}' if column else f'CAST(NULL AS {sql_type})'} AS {role}{suffix}"


def widen(table: Table, there: list[str]) -> Iterator[str]:
    """Statements that give a table the declared columns that it lacks, where they are declared: inserts go by position.

    ``there`` are the columns it has, all of them declared, in its order. Rows that are there get the default of a new column.
    """
    declared = [column.name for column in table.columns]
    if declared[: len(there)] == there:
        yield from (f"ALTER TABLE {table.name} ADD COLUMN {column.ddl}" for column in table.columns[len(there) :])
        return
    schema, _, name = table.name.partition(".")
    yield f"ALTER TABLE {table.name} RENAME TO {name}_before"
    yield create(table)
    yield f"INSERT INTO {table.name} BY NAME SELECT * FROM {schema}.{name}_before"
    yield f"DROP TABLE {schema}.{name}_before"


def code_rows() -> Iterator[str]:
    """Statements that fill ``ref.code``."""
    yield "DELETE FROM ref.code"
    rows = ", ".join(
        f"({quoted(code_set.name)}, {quoted(code)}, {quoted(label)})" for code_set in CODE_SETS for code, label in code_set.known.items()
    )
    yield f"INSERT INTO ref.code VALUES {rows}"


def contract_row() -> Iterator[str]:
    """Statements that fill ``ref.contract``."""
    yield "DELETE FROM ref.contract"
    yield f"INSERT INTO ref.contract VALUES ({quoted(published.VERSION)})"
