"""Opening the warehouse for writing: past readers that have it open, and only where nothing that was committed is lost."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb

from reconcile import committed, copying, encryption, storage
from reconcile.committed import RESTORE
from reconcile.errors import LockedError, WarehouseError
from reconcile.settings import Settings
from reconcile.unfinished import in_place_of

OFFLINE: dict[str, str | bool | int | float | list[str]] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
"""DuckDB never fetches an extension."""

_EACH = 0.5
"""Seconds between two tries to open a warehouse that a reader has open."""


def open_warehouse(settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open or create the warehouse, and see that nothing is lost; a plain one is encrypted first where the settings name a key.

    Raises:
        UsageError: when the extension is missing that writes encrypted files.
        WarehouseError: when it is open elsewhere, gone or damaged, has lost what was committed, or the key is wrong or missing.

    """
    home, key = settings.home, settings.database_key()
    if key is not None and home.warehouse.exists() and not encryption.is_encrypted(home.warehouse):
        _encrypt(settings, key)
    return _open(settings, key)


def _open(settings: Settings, key: str | None) -> duckdb.DuckDBPyConnection:
    home = settings.home
    expected = committed.expect(home)
    if home.warehouse.exists() and home.warehouse_log.exists():
        # To open it for writing would clear away what is left of a damaged log.
        with _connect(settings, key, read_only=True) as looked_at:
            committed.compare(home, _commits(looked_at), expected)
    connection = _connect(settings, key)
    try:
        committed.compare(home, _commits(connection), expected)
        committed.write(home, expected._replace(is_closed=False))
    except BaseException:
        connection.close()
        raise
    return connection


def open_both(before: Path, after: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open two databases for reading, as the catalogs ``before`` and ``after``.

    Raises:
        WarehouseError: when one cannot be read.

    """
    connection = duckdb.connect(config={"memory_limit": settings.memory_limit, "temp_directory": "", **OFFLINE})
    connection.execute("SET enable_progress_bar = false")
    for catalog, database in (("before", before), ("after", after)):
        try:
            encryption.attach(connection, database, catalog, settings.database_key(), read_only=True)
        except duckdb.Error as error:
            connection.close()
            msg = f"{database}: cannot be read. Repeat the night with --full."
            raise WarehouseError(msg) from error
    return connection


def _encrypt(settings: Settings, key: str) -> None:
    """Put an encrypted copy in the place of a plain warehouse."""
    home = settings.home
    with in_place_of(home.warehouse) as fresh:
        with _open(settings, None) as plain:
            encryption.load_writer(plain)
            encryption.attach(plain, fresh, "encrypted", key, read_only=False)
            plain.execute(f"COPY FROM DATABASE {home.warehouse.stem} TO encrypted")
            plain.execute("DETACH encrypted")
        fresh.chmod(0o600)
    copying.make_durable(home.root)


def look(settings: Settings) -> duckdb.DuckDBPyConnection | None:
    """Open the warehouse for reading only, without waiting; None where there is none yet.

    Raises:
        WarehouseError: when a program writes to it, it is gone or damaged, or has lost what was committed.

    """
    expected = committed.expect(settings.home)
    if not settings.home.warehouse.exists():
        return None
    key = settings.database_key() if encryption.is_encrypted(settings.home.warehouse) else None
    connection = _connect(settings.model_copy(update={"lock_wait": 0}), key, read_only=True)
    try:
        committed.compare(settings.home, _commits(connection), expected)
    except BaseException:
        connection.close()
        raise
    return connection


def _commits(connection: duckdb.DuckDBPyConnection) -> int:
    """Transactions the warehouse knows of; a new one, or one from before they were counted, knows of none."""
    try:
        row = connection.execute("SELECT commits FROM ops.state").fetchone()
    except duckdb.CatalogException:
        return 0
    return int(row[0]) if row else 0


def _connect(settings: Settings, key: str | None, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open the warehouse, waiting for a reader that has it open.

    Raises:
        WarehouseError: when it stays open elsewhere, or cannot be read.
        StorageError: when this account may not open it, or the disk is full or fails.

    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit,
        "temp_directory": str(settings.home.spill),
        "preserve_insertion_order": False,
        **OFFLINE,
    }
    if settings.threads:
        config["threads"] = settings.threads
    until = time.monotonic() + settings.lock_wait
    while True:
        try:
            connection = encryption.connect(settings.home.warehouse, key, read_only=read_only, config=config)
            break
        except duckdb.Error as error:
            is_locked = any(sign in str(error) for sign in ("Could not set lock", "Conflicting lock"))
            if is_locked and time.monotonic() < until:
                time.sleep(_EACH)
                continue
            elsewhere = "is in use by another program, a DuckDB shell perhaps. Close it; published/latest.duckdb is the file to read."
            msg = f"{settings.home.warehouse}: {elsewhere if is_locked else f'is damaged or not a warehouse. {RESTORE}'}"
            told = None if is_locked else storage.explained(error, settings.home)  # a disk or a permission: nothing is damaged
            raise told or (LockedError if is_locked else WarehouseError)(msg) from error
    connection.execute("SET enable_progress_bar = false")  # it would run through logs; not settable in config
    return connection
