"""What a query can be asked of: any database, or where the compute queries of a stage are answered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

import polars as pl


class Readable(Protocol):
    """What a query can be asked of: the warehouse of a night, or a publication."""

    def frame(self, text: str, **values: object) -> pl.DataFrame:
        """Result of an SQL text as a Polars frame."""
        ...


class Compute(Readable, Protocol):
    """Where the compute queries of a stage are answered: by the warehouse itself, or by another engine (``engine.opened``)."""

    def keep(self, table: str, text: str, **values: object) -> None:
        """Make the rows of a query a working table, instead of what it held."""
        ...

    def through(self, table: str, function: Callable[[pl.DataFrame], pl.DataFrame], text: str, **values: object) -> None:
        """Make what a function of frames gives for the rows of a query a working table; it is given some at a time, where they are.

        Of frames without rows it gives its columns; they hold numbers.
        """
        ...

    def drop(self, *tables: str) -> None:
        """Forget working tables."""
        ...

    def lent(self, **frames: Any) -> AbstractContextManager[None]:  # noqa: ANN401 - as ``Store.lent``
        """Let queries read frames under these names; they are taken back when the block ends."""
        ...

    def execute(self, text: str, **values: object) -> object:
        """Run statements: rows of queries become working tables or are added to tables of the warehouse; those are emptied before."""
        ...

    def run_file(self, name: str, **values: object) -> object:
        """Run the statements of ``sql/<name>.sql``."""
        ...
