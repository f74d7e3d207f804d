"""A warehouse as it is against the tables that are declared: what is missing is added, anything else is a numbered step or refused.

A step is a file ``sql/migrations/<number>_<what it does>.sql``, run once in the life of a home, in order. It is needed where a column
changes its type or name or goes, where a key changes, and where rows have to follow; new tables and columns need none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol

import duckdb

from reconcile import query
from reconcile.contract import ddl, keys
from reconcile.contract.table import Table
from reconcile.contract.warehouse import SCHEMAS, TABLES
from reconcile.errors import WarehouseError

VIEWS = (*query.names("scope"), "link/views", *query.names("find"))
"""Files of ``sql/`` with the views over the declared tables, in the order they build on each other."""
_STAMP = "ops.schema_version"
_REMEDY = "Use the program that wrote it, or restore it from published/."
_MOST = 3
"""Differences that one message names."""


class Database(Protocol):
    """What a warehouse lets this module do."""

    def execute(self, text: str, **values: object) -> duckdb.DuckDBPyConnection:
        """Run every statement of an SQL text."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing."""
        ...


@dataclass(slots=True)
class Found:
    """A table as it is: types and names of its columns in order, its key, and the statement that would make it."""

    columns: dict[str, str] = field(default_factory=dict[str, str])
    key: tuple[str, ...] = ()


def steps() -> dict[int, str]:
    """Number → name of each file of ``sql/migrations``; the number of the last is the version of this program."""
    return {int(name.rpartition("/")[2].partition("_")[0]): name for name in query.names("migrations")}


def prepare(database: Database, path: Path) -> None:
    """Bring a warehouse to the declared tables, in one transaction; one that already has them is left alone.

    Args:
        database: the open warehouse.
        path: where it is, for messages.

    Raises:
        WarehouseError: when a newer program wrote it, or it differs from the declarations in what cannot be added; it is then unchanged.

    """
    digest = _digest(database)
    if digest and _stamped(database, "digest") == digest and _stamped(database, "version") == max(steps()):
        return
    version = _version(database, path) if _found(database) else max(steps())
    with database.transaction():
        for number, name in sorted(steps().items()):
            if number > version:
                _step(database, name, path)
        _bring(database, path)
        database.execute(f"DELETE FROM {_STAMP}")
        kept = " ".join(sorted(table.name for table in TABLES.values() if table.is_kept))
        database.execute(
            f"INSERT INTO {_STAMP} (version, digest, kept) VALUES ($version, $digest, $kept)",
            version=max(steps()),
            digest=_digest(database),
            kept=kept,
        )


def make(database: Database, schemas: Sequence[str]) -> None:
    """Make the tables of some schemas in a new warehouse that is thrown away: nothing but the tables."""
    with database.transaction():
        database.execute("; ".join(f"CREATE SCHEMA {name}" for name in schemas))
        for table in TABLES.values():
            if table.name.partition(".")[0] in schemas:
                database.execute(ddl.create(table))


def _step(database: Database, name: str, path: Path) -> None:
    try:
        database.execute(query.sql(name))
    except duckdb.Error as error:
        msg = f"{path}: sql/{name}.sql does not fit it ({type(error).__name__}); a table or column is not as it was made. {_REMEDY}"
        raise WarehouseError(msg) from error


def _bring(database: Database, path: Path) -> None:
    found = _found(database)
    kept = frozenset(str(_stamped(database, "kept") or "").split()) if found else frozenset[str]()
    problems = [problem for table in TABLES.values() for problem in differences(table, found.get(table.name), kept)]
    if problems:
        more = f" and {len(problems) - _MOST} more" if len(problems) > _MOST else ""
        msg = f"{path}: {'; '.join(problems[:_MOST])}{more}. {_REMEDY}"
        raise WarehouseError(msg)
    database.execute("; ".join(f"CREATE SCHEMA IF NOT EXISTS {schema}" for schema in SCHEMAS))
    made = [statement for table in TABLES.values() for statement in _made(table, found.get(table.name))]
    for statement in made:
        database.execute(statement)
    if found and made:
        database.execute(query.sql("ops/forget_made"))
    database.execute(_declared())


def _made(table: Table, there: Found | None) -> Iterator[str]:
    if there is None:
        yield ddl.create(table)
    elif list(there.columns) != [column.name for column in table.columns]:
        yield from ddl.widen(table, list(there.columns))


def differences(table: Table, there: Found | None, kept: frozenset[str]) -> list[str]:
    """What keeps a table from being brought to its declaration by adding to it, each as a piece of a sentence.

    Args:
        table: as declared.
        there: as it is; None where it is missing.
        kept: tables that this warehouse must have.

    """
    if there is None:
        return [f"table {table.name} is missing, and no night can make it again"] if table.name in kept else []
    declared = {column.name: str(column.type) for column in table.columns}
    problems = [
        f"table {table.name}, column {name} is {kind}, this program needs {declared[name]}"
        if name in declared
        else f"table {table.name} has a column {name} that this program does not know"
        for name, kind in there.columns.items()
        if declared.get(name) != kind
    ]
    if there.key != table.key:
        problems.append(f"table {table.name} has the key ({', '.join(there.key)}), this program needs ({', '.join(table.key)})")
    return problems


@cache
def _declared() -> str:
    """Everything that is said again whenever a declaration changes: comments, codes, views."""
    said = (statement for table in TABLES.values() for statement in ddl.comments(table))
    return "; ".join([*said, *ddl.code_rows(), *ddl.contract_row(), *keys.rows(TABLES.values()), *(query.sql(name) for name in VIEWS)])


@cache
def _views() -> list[str]:
    return re.findall(r"CREATE OR REPLACE VIEW (\S+)", _declared())


def _digest(database: Database) -> str:
    """SHA-256 of the declarations and of the declared tables and views as they are; empty in a new warehouse."""
    made = database.execute(query.sql("ops/made"), names=[*TABLES, *_views()]).fetchall()
    if not made:
        return ""
    return hashlib.sha256(repr((_declarations(), made)).encode()).hexdigest()


@cache
def _declarations() -> str:
    """SHA-256 of the declarations: a night opens its warehouse ten times."""
    declared = [_declared(), *(ddl.create(table) for table in TABLES.values()), *steps().values()]
    return hashlib.sha256(repr(declared).encode()).hexdigest()


def _found(database: Database) -> dict[str, Found]:
    """Tables of the warehouse, of the declared names."""
    found: dict[str, Found] = {}
    for name, column, kind, is_key in database.execute(query.sql("ops/columns"), names=list(TABLES)).fetchall():
        table = found.setdefault(name, Found())
        table.columns[column] = kind
        table.key += (column,) if is_key else ()
    return found


def _stamped(database: Database, column: str) -> object:
    """Value of the one row of ``ops.schema_version``; None where there is no such row, column or table."""
    try:
        row = database.execute(f"SELECT {column} FROM {_STAMP}").fetchone()
    except duckdb.Error:
        return None
    return row[0] if row else None


def _version(database: Database, path: Path) -> int:
    version, newest = _stamped(database, "version"), max(steps())
    if not isinstance(version, int):
        msg = f"{path}: table {_STAMP} is missing or says no version. Restore it from published/."
        raise WarehouseError(msg)
    if version > newest:
        msg = f"{path}: written by schema version {version}, this program has {newest}. Use a newer program."
        raise WarehouseError(msg)
    return version
