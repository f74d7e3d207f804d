"""Compute queries on a Spark Connect server: the tables they read go there as Parquet, what comes back are the rows asked for."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from reconcile import made_from, query
from reconcile.contract import meanings
from reconcile.contract.ddl import path_literal, quoted
from reconcile.engine import dialect, worker
from reconcile.engine.session import connect, told
from reconcile.errors import EngineError
from reconcile.home import make_directory
from reconcile.settings import Settings
from reconcile.store import Store

FOLDER = "reconcile-tables"
"""What is made in the directory both sides see, and deleted again: one home may use it at a time."""

_COLUMNS = """
SELECT CASE WHEN database_name = 'temp' THEN '' ELSE schema_name END AS in_schema, table_name, column_name, data_type
FROM duckdb_columns() WHERE NOT internal AND database_name IN (current_database(), 'temp')
ORDER BY in_schema, table_name, column_index
"""
_EMPTY = "SELECT * FROM (\n{}\n) AS asked LIMIT 0"
_VIEWS = "SELECT schema_name, view_name, sql FROM duckdb_views() WHERE NOT internal AND database_name = current_database()"


class Spark:
    """A server that answers for one warehouse. Use as a context manager: its tables are deleted when it ends."""

    def __init__(self, store: Store, settings: Settings) -> None:
        """Connect.

        Raises:
            EngineError: when there is no server, it is of another version, or the directory of the tables cannot be made.

        """
        assert settings.engine is not None  # noqa: S101 - who opens it has looked
        self.address = settings.engine
        self._store = store
        self._is_shared = settings.spark.exchange is not None
        self._folder = (settings.spark.exchange or settings.home.scratch) / FOLDER
        self._numbers = count()
        self._lent: set[tuple[str, str]] = set()
        self._known: dict[str, dict[str, str]] = {}
        self._views: dict[tuple[str, str], str] = {}
        self._kept: dict[str, DataFrame] = {}
        self._session = connect(self.address, settings.spark.configuration)

    def __enter__(self) -> Self:
        """Make the directory of the tables."""
        try:
            shutil.rmtree(self._folder, ignore_errors=True)
            make_directory(self._folder)
            self._folder.chmod(0o750 if self._is_shared else 0o700)
        except OSError as error:
            self._session.stop()
            msg = f"{self._folder}: cannot be made ({type(error).__name__}). Name a directory of this account: exchange, in [spark]."
            raise EngineError(msg) from error
        self._learn()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the session, and delete the tables."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._session.stop()

    def frame(self, text: str, **values: object) -> pl.DataFrame:
        """Rows of a query in the types DuckDB gives them.

        Raises:
            EngineError: when the query cannot be said for Spark, or the server refuses it or does not see the tables.

        """
        with self._told():
            rows = pl.DataFrame(pl.from_arrow(self._asked(text, values).toArrow()))
        return rows.cast({**self._shape(text, values).schema})

    def keep(self, table: str, text: str, **values: object) -> None:
        """Make the rows of a query a working table of the server, instead of what it held.

        They are worked out at once and kept by the workers: as a view they would be worked out again by each query that reads them.
        DuckDB gets the table without rows, by which its columns have types.

        Raises:
            EngineError: as ``frame``.

        """
        with self._told():
            self._keep(table, self._asked(text, values))
        self._store.keep(table, _EMPTY.format(text), **values)
        self._known[table] = self._described(table)

    def through(self, table: str, function: worker.Function, text: str, **values: object) -> None:
        """Make what a function of frames gives for the rows of a query a working table; the workers run it.

        Raises:
            EngineError: as ``frame``.

        """
        given = self._shape(text, values)
        made = function(given)
        work = worker.Work(function, given.schema, made_from.program())
        with self._told():
            self._keep(table, self._asked(text, values).mapInArrow(work, from_arrow_schema(made.to_arrow().schema)))
        with self._store.lent(_passed=made):
            self._store.keep(table, "SELECT * FROM _passed")
        self._known[table] = self._described(table)

    def lent(self, **frames: Any) -> AbstractContextManager[None]:  # noqa: ANN401 - as ``Store.lent``
        """Let queries read frames of the driver under these names; each query that does takes them along."""
        return self._store.lent(**frames)

    def run_file(self, name: str, **values: object) -> None:
        """Run ``sql/<name>.sql``, as ``execute``."""
        self.execute(query.sql(name), **values)

    def execute(self, text: str, **values: object) -> None:
        """Run statements: their queries are answered by the server, tables of the warehouse are emptied and filled where they are.

        Raises:
            EngineError: as ``frame``, and when a statement changes rows.

        """
        for statement in query.statements(text):
            step = dialect.step(statement.query)
            if step.verb == "CREATE OR REPLACE TEMP TABLE":
                self.keep(step.table, step.query, **values)
            elif step.verb == "DROP TABLE":
                self.drop(step.table)
            elif step.verb == "DELETE FROM":
                self._store.execute(f"DELETE FROM {step.table}")
                self._forget(step.table)
            else:
                self._fill(step, values)

    def drop(self, *tables: str) -> None:
        """Forget working tables."""
        self._store.drop(*tables)
        for table in tables:
            self._session.catalog.dropTempView(table)
            self._lent.remove(("", table))
            del self._known[table], self._kept[table]

    def _keep(self, table: str, rows: DataFrame) -> None:
        kept = rows.localCheckpoint()
        kept.createOrReplaceTempView(table)
        self._kept[table] = kept  # the server lets go of the rows when the client does
        self._lent.add(("", table))

    def _fill(self, step: dialect.Step, values: Mapping[str, object]) -> None:
        """Add the rows of a query to a table of the warehouse, or make them one; they pass by in pieces, whatever their number."""
        path = self._store.settings.home.scratch / f"{FOLDER}.parquet"
        with self._told():
            self._written(self._asked(step.query, values), path)
        if step.verb == "CREATE OR REPLACE TABLE":
            self._store.execute(f"{step.verb} {step.table} AS {_EMPTY.format(step.query)}", **values)
        self._store.execute(f"INSERT INTO {step.table} SELECT * FROM read_parquet({path_literal(path)})")
        path.unlink()
        self._forget(step.table)

    def _written(self, rows: DataFrame, path: Path) -> None:
        """Write rows to a file of the driver."""
        client: Any = self._session.client  # the public ways hold all rows at once
        kinds = to_arrow_schema(rows.schema)
        with pq.ParquetWriter(path, kinds) as writer:
            for part in client.to_table_as_iterator(cast("Any", rows)._plan.to_proto(client), {}):  # noqa: SLF001
                if isinstance(part, pa.Table):
                    writer.write_table(part.cast(kinds))

    def _forget(self, table: str) -> None:
        """Lend a table anew when it is asked about again, and the views that may read it."""
        schema, _, name = table.rpartition(".")
        self._lent -= {(schema, name), *self._views}
        for path in self._folder.glob(f"{dialect.flat(schema, name)}.*.parquet"):
            path.unlink()

    def _shape(self, text: str, values: Mapping[str, object]) -> pl.DataFrame:
        """A query's columns in the types DuckDB gives them, without rows."""
        return self._store.frame(_EMPTY.format(text), **values)

    def _told(self) -> AbstractContextManager[None]:
        return told(self.address, "a query was refused; run this night without --engine, and report what is in brackets")

    def _asked(self, text: str, values: Mapping[str, object]) -> DataFrame:
        bound = {**meanings.BOUND, **self._store.settings.parameters(), **values}
        for schema, name in dialect.relations(text):
            if (schema, name) not in self._lent:
                self._lend(schema, name, bound)
                if schema:  # a frame that is lent to DuckDB may be another one the next time
                    self._lent.add((schema, name))
        return self._session.sql(dialect.render(text, bound, self._known))

    def _lend(self, schema: str, name: str, bound: Mapping[str, object]) -> None:
        """Let the server read a table, as Parquet, or a view, as its query."""
        flat = dialect.flat(schema, name)
        if not schema:
            self._known[flat] = self._described(name)
        elif flat not in self._known:
            self._learn()
        view = self._views.get((schema, name))
        if view is not None:
            self._asked(view, bound).createOrReplaceTempView(flat)
            return
        path = self._folder / f"{flat}.{next(self._numbers)}.parquet"  # a server may remember what a path held
        source = f"{schema}.{name}" if schema else name
        self._store.execute(f"COPY (SELECT * FROM {source}) TO {quoted(str(path))} (FORMAT parquet)")
        if self._is_shared:
            path.chmod(0o640)
        self._read(path).createOrReplaceTempView(flat)

    def _read(self, path: Path) -> DataFrame:
        frame = self._session.read.parquet(path.absolute().as_uri())
        try:
            seen = frame.columns
        except AnalysisException:
            seen = []  # as Sail, which takes a path that is not there for a table without columns
        if not seen:
            msg = f"{path}: the server at {self.address} does not see it. Name a directory that both see: exchange, in [spark]."
            raise EngineError(msg)
        return frame

    def _described(self, table: str) -> dict[str, str]:
        described = self._store.frame(f"DESCRIBE {table}")
        return dict(zip(described["column_name"], described["column_type"], strict=True))

    def _learn(self) -> None:
        """Columns of every table and view, and what the views ask."""
        for schema, table, column, kind in self._store.frame(_COLUMNS).iter_rows():
            self._known.setdefault(dialect.flat(schema, table), {})[column] = kind
        views = self._store.frame(_VIEWS).iter_rows()
        self._views = {(schema, name): text.split(" AS ", 1)[1].rstrip(";\n ") for schema, name, text in views}
