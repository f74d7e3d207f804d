"""Two databases open for reading beside one another."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from reconcile import opening
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
        self.connection = opening.open_both(before, after, settings)

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
