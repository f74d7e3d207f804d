"""The publication for those who may not see persons: the same tables and views, every column as ``contract.masks`` says."""

from __future__ import annotations

import grp
import hmac
import logging
import os
from itertools import groupby
from pathlib import Path

import duckdb

from reconcile import copying, identity
from reconcile.contract import ddl, masks
from reconcile.errors import UsageError
from reconcile.home import Home
from reconcile.store import Store

_log = logging.getLogger(__name__)


def write(store: Store, target: Path, before: Path | None = None) -> None:
    """Write what the warehouse has into a new database, masked; a copy of the warehouse would keep deleted values in free blocks.

    Args:
        store: the warehouse of the night.
        target: file to write.
        before: masked database of another night, as it was written: rows that are the same still are taken over from it.

    Raises:
        duckdb.Error: when there is no room for it.

    """
    columns = store.run_file("ops/masked_columns", catalog=store.value("SELECT current_database()")).fetchall()
    there = _taken_over(store, target, before, columns) if before else {}
    if not there:
        target.unlink(missing_ok=True)
    salt = hmac.digest(identity.key_of(store.settings), b"tokens of the masked publication", "sha256").hex()
    # Small blocks: most tables are small, and a fourth of the room and half of the time is what they take.
    store.execute(f"ATTACH {ddl.quoted(str(target))} AS masked {'' if there else '(BLOCK_SIZE 16384)'}")
    try:
        if not there:
            store.execute(f"COPY FROM DATABASE {store.value('SELECT current_database()')} TO masked (SCHEMA)")
        for table, found in groupby(columns, key=lambda column: column[0]):
            shown = masks.shown(table, {name: sql_type for _, name, sql_type in found})
            if table not in there:
                store.execute(f"DELETE FROM masked.{table}; INSERT INTO masked.{table} SELECT {shown} FROM {table}", salt=salt)
            elif not there[table]:
                _patch(store, table, shown, salt)
        run = "UPDATE masked.ops.run SET status = 'done', finished_at = CAST(current_timestamp AS TIMESTAMP), message = NULL"
        store.execute(f"{run} WHERE run_id = $run_id", run_id=store.run_id)
        store.execute("CHECKPOINT masked")
    finally:
        store.execute("DETACH masked")
    target.chmod(0o400)
    _log.info(
        "masked publication: %d tables taken over from the night before, %d patched", sum(there.values()), len(there) - sum(there.values())
    )


def _patch(store: Store, table: str, shown: str, salt: str) -> None:
    """Bring rows of an extract that are the same but for their place to it, and what else there is tonight in the place of the others."""
    extract = table.partition(".")[2]
    store.keep(
        "shown_row",
        f"""
        SELECT same.before_id, same.before_line, row._load_id, row._line, row._file
        FROM ops.kept_row AS same INNER JOIN {table} AS row ON same.load_id = row._load_id AND same.line = row._line
        WHERE same.extract = $extract""",
        extract=extract,
    )
    before = "same.before_id = row._load_id AND same.before_line = row._line"
    store.execute(
        f"""
        DELETE FROM masked.{table} AS row WHERE NOT EXISTS (SELECT 1 FROM shown_row AS same WHERE {before});
        UPDATE masked.{table} AS row SET _load_id = same._load_id, _line = same._line, _file = same._file
        FROM shown_row AS same WHERE {before} AND same.before_id <> same._load_id;
        INSERT INTO masked.{table} SELECT {shown} FROM {table} AS row
        WHERE NOT EXISTS (SELECT 1 FROM shown_row AS same WHERE same._load_id = row._load_id AND same._line = row._line)""",
        salt=salt,
    )
    store.drop("shown_row")


def _taken_over(store: Store, target: Path, before: Path, columns: list[tuple[str, str, str]]) -> dict[str, bool]:
    """Copy the masked database of another night to the target.

    Returns its tables that show rows of tonight, and whether all of them; none where it is of another form.

    """
    try:
        copying.copy_file(before, target)
        store.execute(f"ATTACH {ddl.quoted(str(target))} AS masked (READ_ONLY)")
    except (OSError, duckdb.Error):
        return {}
    try:
        if store.run_file("ops/masked_columns", catalog="masked").fetchall() != columns:
            return {}
        return dict(store.run_file("ops/masked_before").fetchall())
    except duckdb.Error:  # it is damaged, or lacks a table
        return {}
    finally:
        store.execute("DETACH masked")


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
