"""One warehouse on disk: the only module that executes SQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import polars as pl

from reconcile import query
from reconcile.contract import ddl
from reconcile.errors import WarehouseError
from reconcile.settings import Settings

SCHEMA_VERSION = 1

Counts = dict[str, float]
"""What a stage counted, by name; becomes rows of ``ops.metric``."""


class Store:
    """The warehouse of one home directory, open for writing.

    Use as a context manager. Values are always bound by name (``$as_of``), never formatted into text; identifiers
    that are formatted come from the contract.
    """

    def __init__(self, settings: Settings, run_id: str = "") -> None:
        """Open or create ``<home>/warehouse.duckdb``; ``run_id`` names the run that writes.

        Raises:
            WarehouseError: when another run holds it, it is damaged, or a newer version wrote it.

        """
        self.settings = settings
        self.run_id = run_id
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        settings.scratch.mkdir(exist_ok=True, mode=0o700)
        self.connection = _connect(settings)
        try:
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        with self.transaction():
            for statement in ddl.warehouse():
                self.connection.execute(statement)
            self.run_file("schema")
        found = self.value("SELECT max(version) FROM ops.schema_version")
        if found is None:
            self.execute("INSERT INTO ops.schema_version VALUES ($version)", version=SCHEMA_VERSION)
        elif found != SCHEMA_VERSION:
            msg = f"{self.settings.warehouse}: written by schema version {found}, this program has {SCHEMA_VERSION}. Use the matching program."
            raise WarehouseError(msg)

    def __enter__(self) -> Self:
        """Return the open store."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the connection and empty the scratch directory."""
        self.connection.close()
        shutil.rmtree(self.settings.scratch, ignore_errors=True)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what happens inside is rolled back when it raises. An inner one joins the outer one."""
        if getattr(self, "_open", False):
            yield
            return
        self.connection.begin()
        self._open = True
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        else:
            self.connection.commit()
        finally:
            self._open = False

    def execute(self, text: str, **values: object) -> duckdb.DuckDBPyConnection:
        """Run every statement of an SQL text; each gets those of ``values`` and of the settings that it names."""
        known = self.settings.parameters() | values
        for statement in query.statements(text):
            bound = {name: known[name] for name in statement.named_parameters}
            self.connection.execute(statement, bound or None)
        return self.connection

    def run_file(self, name: str, **values: object) -> duckdb.DuckDBPyConnection:
        """Run ``sql/<name>.sql``."""
        return self.execute(query.sql(name), **values)

    def frame(self, text: str, **values: object) -> pl.DataFrame:
        """Result of an SQL text as a Polars frame."""
        return self.execute(text, **values).pl()

    def value(self, text: str, **values: object) -> Any:  # noqa: ANN401 - a single SQL value has no static type
        """First column of the first row, or None."""
        row = self.execute(text, **values).fetchone()
        return row[0] if row else None

    def frames(self, text: str, rows: int = 500_000, **values: object) -> Iterator[pl.DataFrame]:
        """Result in frames of at most ``rows`` rows, read by a cursor of its own so that inserts may go on meanwhile."""
        statement = query.statements(text)[-1]
        known = self.settings.parameters() | values
        cursor = self.connection.cursor()
        cursor.execute(statement, {name: known[name] for name in statement.named_parameters} or None)
        for batch in cursor.to_arrow_reader(rows):
            yield pl.DataFrame(pl.from_arrow(batch))
        cursor.close()

    def insert(self, table: str, frame: pl.DataFrame) -> None:
        """Append a frame to a table, columns matched by name."""
        if frame.is_empty():
            return
        self.connection.register("_inserted", frame)
        columns = ", ".join(f'"{column}"' for column in frame.columns)
        self.connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM _inserted")  # noqa: S608 - names of the contract
        self.connection.unregister("_inserted")

    def replace(self, table: str, frame: pl.DataFrame) -> None:
        """Make a frame the whole content of a table."""
        self.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of the contract
        self.insert(table, frame)

    def copy_to(self, target: Path) -> None:
        """Write everything to the file and copy it; the copy is complete and opens by itself."""
        self.connection.execute("CHECKPOINT")
        shutil.copyfile(self.settings.warehouse, target)


def _connect(settings: Settings) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit,
        "temp_directory": str(settings.scratch / "spill"),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if settings.threads:
        config["threads"] = settings.threads
    try:
        return duckdb.connect(str(settings.warehouse), config=config)
    except duckdb.IOException as error:
        locked = "lock" in str(error).lower()
        problem = "is in use by another run. Wait for it to end" if locked else "cannot be read. Restore it from published/"
        msg = f"{settings.warehouse}: {problem}."
        raise WarehouseError(msg) from error
    except duckdb.Error as error:
        msg = f"{settings.warehouse}: is damaged or not a warehouse. Restore it from published/."
        raise WarehouseError(msg) from error
