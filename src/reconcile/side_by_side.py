"""Two databases open for reading beside one another."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from reconcile import encryption, opening
from reconcile.errors import OtherTablesError, WarehouseError
from reconcile.settings import Settings
from reconcile.store import Reader


class SideBySide(Reader):
    """Two databases open for reading, as the catalogs ``before`` and ``after``. Use as a context manager."""

    def __init__(self, before: Path, after: Path, settings: Settings) -> None:
        """Open both files.

        Raises:
            WarehouseError: when one cannot be read.

        """
        self.connection = duckdb.connect(config={"memory_limit": settings.memory_limit, "temp_directory": "", **opening.OFFLINE})
        self.connection.execute("SET enable_progress_bar = false")
        for catalog, database in (("before", before), ("after", after)):
            try:
                encryption.attach(self.connection, database, catalog, settings.database_key(), read_only=True)
            except duckdb.Error as error:
                self.connection.close()
                msg = f"{database}: cannot be read. Repeat the night with --full."
                raise WarehouseError(msg) from error

    def frame(self, text: str, **values: object) -> pl.DataFrame:
        """Result of the last statement of an SQL text.

        Raises:
            WarehouseError: when one of the two lacks a table or column.

        """
        try:
            return super().frame(text, **values)
        except OtherTablesError as error:
            msg = "the two were written by programs with other tables. Compare nights of one version."
            raise WarehouseError(msg) from error
