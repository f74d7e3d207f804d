"""One warehouse on disk: the only module that executes SQL."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import polars as pl
import pyarrow as pa

from reconcile import committed, copying, encryption, lock, opening, query, schema, storage
from reconcile.asked import Readable
from reconcile.committed import State
from reconcile.contract import ddl, meanings, words
from reconcile.errors import OtherTablesError, UsageError, WarehouseError
from reconcile.home import Home, Night, make_directory
from reconcile.settings import Settings, settings_of

_BATCH = 65_536
"""Rows that one thread inserts at a time."""
_PASSED = 200_000
"""Rows given to a function at a time: pairs to compare are some 120 MB then."""


class Store:
    """The warehouse of one home directory, open for writing.

    Use as a context manager. Values are always bound by name (``$as_of``), never formatted into text; identifiers
    that are formatted come from the contract.
    """

    def __init__(self, settings: Settings, run_id: str = "", schemas: Sequence[str] = ()) -> None:
        """Open or create ``<home>/warehouse.duckdb``; ``run_id`` names the run that writes.

        Of one that is thrown away when its work is done, ``schemas`` names those whose bare tables are needed.

        Raises:
            UsageError: when the home is a file or lies below one.
            WarehouseError: when another command writes to the home or has the warehouse open, it is gone or damaged, has lost
                what was committed or lacks what cannot be made again, or a newer version wrote it.

        """
        self.settings = settings
        self.run_id = run_id
        self._in_transaction = False
        lock.acquire(settings.home, "a command", settings.lock_wait)
        try:
            settings.home.scratch.mkdir(exist_ok=True, mode=0o700)
            self.connection = opening.open_warehouse(settings)
            try:
                schema.make(self, schemas) if schemas else schema.prepare(self, settings.home.warehouse)
            except BaseException:
                self.connection.close()
                raise
        except BaseException:
            lock.release(settings.home)
            raise

    def __enter__(self) -> Self:
        """Return the open store."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the connection, which puts everything into the one file, and empty the scratch directory."""
        home = self.settings.home
        try:
            if error is not None:
                self.connection.interrupt()  # a query that a signal stopped would never let go of the connection
            self.connection.close()
            state = committed.read(home)
            if state and not home.warehouse_log.exists():
                committed.write(home, state._replace(is_closed=True))
        finally:
            shutil.rmtree(home.scratch, ignore_errors=True)
            lock.release(home)

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All or nothing: what happens inside is rolled back when it raises. An inner one joins the outer one."""
        if self._in_transaction:
            yield
            return
        self.connection.begin()
        self._in_transaction = True
        try:
            yield
            commits = self.value(query.sql("ops/commit"))
            self.connection.commit()
        except BaseException:
            self.connection.interrupt()  # a query that a signal stopped would never let go of the connection
            self.connection.rollback()
            raise
        finally:
            self._in_transaction = False
        committed.write(self.settings.home, State(int(commits), is_closed=False))

    def execute(self, text: str, **values: object) -> duckdb.DuckDBPyConnection:
        """Run every statement of an SQL text; each gets those of ``values`` and of the settings that it names."""
        known = meanings.BOUND | self.settings.parameters() | values
        for statement in query.statements(text):
            self.connection.execute(statement, _bound(statement, known))
        return self.connection

    def run_file(self, name: str, **values: object) -> duckdb.DuckDBPyConnection:
        """Run ``sql/<name>.sql``."""
        return self.execute(query.sql(name), **values)

    def frame(self, text: str, **values: object) -> pl.DataFrame:
        """Result of an SQL text as a Polars frame."""
        return self.execute(text, **values).pl()

    def keep(self, table: str, text: str, **values: object) -> None:
        """Make the rows of a query a temporary table, instead of what it held."""
        self.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {text}", **values)

    def through(self, table: str, function: Callable[[pl.DataFrame], pl.DataFrame], text: str, **values: object) -> None:
        """Make what a function of frames gives for the rows of a query a temporary table; it is given some at a time."""
        batches = self.execute(text, **values).to_arrow_reader(_PASSED)
        parts = [function(pl.DataFrame(pl.from_arrow(batch))) for batch in batches]
        with self.lent(_passed=pl.concat(parts or [function(self.frame(f"{text} LIMIT 0", **values))])):
            self.keep(table, "SELECT * FROM _passed")

    def drop(self, *tables: str) -> None:
        """Drop temporary tables."""
        for table in tables:
            self.execute(f"DROP TABLE {table}")

    def value(self, text: str, **values: object) -> Any:  # noqa: ANN401 - a single SQL value has no static type
        """First column of the first row, or None."""
        row = self.execute(text, **values).fetchone()
        return row[0] if row else None

    def frames(self, text: str, rows: int = 500_000, **values: object) -> Iterator[pl.DataFrame]:
        """Result in frames of at most ``rows`` rows, read by a cursor of its own so that inserts may go on meanwhile."""
        statement = query.statements(text)[-1]
        known = meanings.BOUND | self.settings.parameters() | values
        cursor = self.connection.cursor()
        cursor.execute(f"USE {self.settings.home.warehouse.stem}")  # a cursor begins in the first database of the connection
        cursor.execute(statement, _bound(statement, known))
        for batch in cursor.to_arrow_reader(rows):
            yield pl.DataFrame(pl.from_arrow(batch))
        cursor.close()

    def set_aside(self, name: str, text: str) -> str:
        """Write the rows of a query to a scratch file; return the query that gives them to ``frames``, which sees no uncommitted table."""
        path = self.settings.home.scratch / f"{name}.parquet"
        self.execute(f"COPY ({text}) TO {ddl.quoted(str(path))} (FORMAT parquet)")
        return f"SELECT * FROM read_parquet({ddl.path_literal(path)})"

    @contextmanager
    def lent(self, **frames: Any) -> Generator[None]:  # noqa: ANN401 - a Polars frame or an Arrow reader, which has no types
        """Let queries read frames under these names; they are taken back when the block ends."""
        for name, frame in frames.items():
            self.connection.register(name, frame)
        try:
            yield
        finally:
            for name in frames:
                self.connection.unregister(name)

    def insert(self, table: str, frame: pl.DataFrame) -> None:
        """Append a frame to a table, columns matched by name."""
        if not frame.is_empty():
            self.insert_frames(table, iter([frame]))

    def insert_frames(self, table: str, frames: Iterator[pl.DataFrame]) -> None:
        """Append frames of one schema to a table, columns matched by name; they are made while DuckDB writes.

        One statement, because only then DuckDB writes full row groups away before the transaction ends: with a statement
        for each frame, what was inserted stays in memory beyond ``memory_limit``.
        """
        first = next(frames, None)
        if first is None:
            return
        # One batch is one thread's work; a whole frame would be a single batch.
        batches = (batch for frame in chain([first], frames) for batch in frame.to_arrow().to_batches(max_chunksize=_BATCH))
        columns = ", ".join(f'"{column}"' for column in first.columns)
        with self.lent(_inserted=pa.RecordBatchReader.from_batches(first.to_arrow().schema, batches)):
            self.connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM _inserted")

    def replace(self, table: str, frame: pl.DataFrame) -> None:
        """Make a frame the whole content of a table."""
        self.connection.execute(f"DELETE FROM {table}")
        self.insert(table, frame)

    def describe(self) -> None:
        """Comment every column that has no comment of its own and whose name says what it is; views lose theirs when they are replaced."""
        for in_schema, table, column in self.run_file("ops/undescribed").fetchall():
            sentence = words.describe(column)
            if sentence:
                self.connection.execute(f'COMMENT ON COLUMN {in_schema}.{table}."{column}" IS {ddl.quoted(sentence)}')

    def copy_to(self, target: Path) -> None:
        """Write everything to the file and copy it; the copy is complete, opens by itself, and says that its run is done.

        Raises:
            OSError: when there is no room for it.

        """
        self.connection.execute("CHECKPOINT")
        make_directory(target.parent)
        copying.copy_file(self.settings.home.warehouse, target)
        encryption.attach(self.connection, target, "publication", self.settings.database_key(), read_only=False)
        try:
            self.connection.execute(
                "UPDATE publication.ops.run SET status = 'done', finished_at = CAST(current_timestamp AS TIMESTAMP), message = NULL "
                "WHERE run_id = $run_id",
                {"run_id": self.run_id},
            )
        finally:
            self.connection.execute("DETACH publication")


class Reader:
    """The database of the last good run, open for reading: never meets the writer's lock. Use as a context manager."""

    def __init__(self, home: Home, database: Path | None = None) -> None:
        """Open ``<home>/published/latest.duckdb``, or another database of the home.

        Raises:
            UsageError: when nothing was published yet.
            WarehouseError: when it cannot be read.
            StorageError: when this account may not read it, or the disk fails.

        """
        lock.clear_leftovers(home)
        database = database or home.latest
        if not database.is_file():
            msg = f"{database}: no such file. Name the home of a night that was published."
            raise UsageError(msg)
        try:
            key = settings_of(home=home, as_of=dt.date.min).database_key() if encryption.is_encrypted(database) else None
            self.connection = encryption.connect(database, key, read_only=True, config=dict(opening.OFFLINE))
        except duckdb.Error as error:
            msg = f"{database}: cannot be read: damaged, or another program has it open for writing. Close that one, or repeat the night."
            raise (storage.explained(error, home) or WarehouseError(msg)) from error
        self.connection.execute("SET enable_progress_bar = false")

    def __enter__(self) -> Self:
        """Return the open reader."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the connection."""
        self.connection.close()

    def frame(self, text: str, **values: object) -> pl.DataFrame:
        """Last result of an SQL text as a frame, ``values`` bound by name; OtherTablesError where a table or column is not there."""
        try:
            for statement in query.statements(text):
                self.connection.execute(statement, _bound(statement, values))
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise OtherTablesError(str(error)) from error
        return self.connection.pl()

    def file(self, name: str, **values: object) -> pl.DataFrame:
        """Result of ``sql/<name>.sql``."""
        return self.frame(query.sql(name), **values)


class Onlooker(Reader):
    """The warehouse itself, open for reading while nobody writes (``opening.look``)."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take the open connection."""
        self.connection = connection


def last_night(asked: Readable) -> Night:
    """The newest run, whatever became of it; in a publication that is the night published."""
    return Night(*asked.frame(query.sql("ops/newest_run")).row(0))


def _bound(statement: duckdb.Statement, known: dict[str, object]) -> dict[str, object] | None:
    return {name: known[name] for name in statement.named_parameters} or None
