"""Where compute queries are answered: by DuckDB, in the warehouse itself, or by a Spark Connect server with the same rows.

A compute query reads tables and gives rows; it is written once, for DuckDB. State (judgements, histories, what is published) is always
DuckDB's. Nothing of Spark is imported where no engine is named.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec

from reconcile.asked import Compute
from reconcile.errors import UsageError
from reconcile.settings import Settings
from reconcile.store import Store


@contextmanager
def opened(store: Store, settings: Settings) -> Generator[Compute]:
    """What the compute queries of one stage are asked of: the warehouse itself, or the server that the settings name.

    Raises:
        UsageError: as ``check``.
        EngineError: when there is no such server, it is of another version, or does not see the directory of the tables.

    """
    if settings.engine is None:
        yield store  # DuckDB answers itself, with nothing in between
        return
    _permit(settings)
    from reconcile.engine.spark import Spark  # noqa: PLC0415 - neither Spark nor sqlglot is there without the extra

    with Spark(store, settings) as spark:
        yield spark


def check(settings: Settings) -> None:
    """Say before a night begins that its engine cannot be used.

    Raises:
        UsageError: when the extra ``spark`` is not installed, or the databases are encrypted.
        EngineError: when no server answers at the address, or it is of another version.

    """
    if settings.engine is not None:
        _permit(settings)
        from reconcile.engine.session import connect  # noqa: PLC0415 - as above

        connect(settings.engine, {}).stop()


def _permit(settings: Settings) -> None:
    if find_spec("pyspark") is None or find_spec("sqlglot") is None:
        msg = "--engine: the client of Spark is not installed. Install the extra: pip install 'reconcile[spark]'."
        raise UsageError(msg)
    if settings.database_key() is not None:
        msg = "--engine: the databases are encrypted, and an engine reads tables that are not. Run this night on DuckDB."
        raise UsageError(msg)
