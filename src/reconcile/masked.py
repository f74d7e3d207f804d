"""The publication for those who may not see persons: the same tables and views, every column as ``contract.masks`` says."""

from __future__ import annotations

import grp
import hmac
import os
from itertools import groupby
from pathlib import Path

from reconcile import identity
from reconcile.contract import ddl, masks
from reconcile.errors import UsageError
from reconcile.home import Home
from reconcile.store import Store


def write(store: Store, target: Path) -> None:
    """Write what the warehouse has into a new database, masked; a copy would keep deleted values in free blocks.

    Raises:
        duckdb.Error: when there is no room for it.

    """
    salt = hmac.digest(identity.key_of(store.settings), b"tokens of the masked publication", "sha256").hex()
    warehouse = store.value("SELECT current_database()")
    columns = store.run_file("ops/masked_columns").fetchall()
    # Small blocks: most tables are small, and a fourth of the room and half of the time is what they take.
    store.execute(f"ATTACH {ddl.quoted(str(target))} AS masked (BLOCK_SIZE 16384)")
    try:
        store.execute(f"COPY FROM DATABASE {warehouse} TO masked (SCHEMA)")
        for table, found in groupby(columns, key=lambda column: column[0]):
            of_table = [(name, sql_type) for _, name, sql_type in found]
            shown = ", ".join(masks.expression(table, name, sql_type, dict(of_table)) for name, sql_type in of_table)
            store.execute(f"INSERT INTO masked.{table} SELECT {shown} FROM {table}", salt=salt)
        run = "UPDATE masked.ops.run SET status = 'done', finished_at = CAST(current_timestamp AS TIMESTAMP), message = NULL"
        store.execute(f"{run} WHERE run_id = $run_id", run_id=store.run_id)
        store.execute("CHECKPOINT masked")
    finally:
        store.execute("DETACH masked")
    target.chmod(0o400)


def show(database: Path, home: Home, group: str) -> None:
    """Let a group read the masked database, and enter the directories above it; no other file of the home is theirs.

    Raises:
        UsageError: when there is no such group, or the account is no member of it.

    """
    try:
        number = grp.getgrnam(group).gr_gid
        for folder in (home.root, home.published, database.parent):
            os.chown(folder, -1, number)
            folder.chmod(0o710)
        os.chown(database, -1, number)
        database.chmod(0o440)
    except (KeyError, PermissionError) as error:
        msg = f"masked_group = {group!r}: there is no such group, or this account is no member of it. Ask for it, or leave the setting out."
        raise UsageError(msg) from error
