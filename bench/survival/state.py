"""What a home holds, in digests that two ways to the same end have in common, and what must be true of it at any moment."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import duckdb

from bench.survival.scene import NOTE
from reconcile import backup, publication
from reconcile.home import Home

_CLOCKS = ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIME")
_MEASURED = {
    "ops.state",  # how often it was written to
    "ops.standardised",  # by what random names the rows go
    "ops.linked",
    "ops.audit",  # who ran what, and repeated it; its chain is verified by its own test
}
_FIGURES = "name NOT IN ('database_mb')"
"""A figure of the machine, not of the night."""
_AGAIN = re.compile(r"receipt_.*_\d+_\d+\.csv")
"""Receipts of a list that was sent again: one more for each time."""
_UNFINISHED = ("*.tmp", ".unfinished*", ".*.unfinished", "*.new", ".*.new", "restoring")


def of(place: Path) -> dict[str, str]:
    """Digest of every table and of every file that people or later commands use."""
    home = Home(place / "home")
    found = _tables(home.warehouse, place, "warehouse")
    if home.latest.exists():
        found |= _tables(home.latest.resolve(), place, "published")
    for folder in (home.worklists, home.receipts, home.answers, home.returns, home.models, home.finding_key.parent):
        for path in _visible(folder):
            if not _AGAIN.search(path.name):
                found[str(path.relative_to(home.root))] = _digest(path)
    found |= {str(path.relative_to(home.root)): "there" for folder in (home.reports, home.published) for path in _visible(folder)}
    for safe in (place / "again", place / "safe"):
        if safe.exists():
            taken = backup.read(safe)
            backup.verify(taken)
            found[f"{safe.name}: files"] = str(sorted(set(taken.files) | set(taken.links)))
    left = [str(path.relative_to(place)) for pattern in _UNFINISHED for path in place.rglob(pattern)]
    left += [home.scratch.name] if home.scratch.exists() else []
    if left:
        found["left over"] = str(sorted(left))
    return found


def lists(place: Path) -> dict[str, str]:
    """Digest of every list, by the path that people open."""
    worklists = Home(place / "home").worklists
    return {str(path.relative_to(worklists)): _digest(path) for path in _visible(worklists) if path.name != NOTE}


def broken(place: Path, good: list[tuple[str, dict[str, str]]], precious: set[str]) -> list[str]:
    """What is wrong with a home between two tries: half a publication, or a lost file of a person.

    Args:
        place: the copy that a command was killed on.
        good: run and lists of each publication that may be seen.
        precious: digests of files that people wrote; each must be somewhere.

    """
    home, wrong = Home(place / "home"), []
    seen = publication.read(home.current)
    if seen is not None:
        if not seen.is_intact():
            wrong.append("the publication is not whole")
        elif not (home.latest.exists() and home.latest.samefile(seen.database)):
            wrong.append("the fixed name shows another database")
        elif (seen.run_id, lists(place)) not in good:
            wrong.append(f"lists beside the database of {seen.run_id} are not its own")
    elif good[0][0]:
        wrong.append("no publication is seen")
    there = {_digest(path) for path in place.rglob("*") if path.is_file() and path.stat().st_size < 2**20}
    if precious - there:
        wrong.append(f"{len(precious - there)} files of people are gone")
    return wrong


def precious(place: Path) -> set[str]:
    """Digests of what people wrote: notes, returned lists."""
    files = [*place.rglob(NOTE), *(place / "returned").glob("*"), *place.rglob("finding.key")]
    return {_digest(path) for path in files}


def _tables(database: Path, place: Path, name: str) -> dict[str, str]:
    """Rows and digest of every table; clocks and figures of the machine do not count."""
    copy = place / f"looked_at_{name}.duckdb"  # to look at the file itself would leave traces
    shutil.copyfile(database, copy)
    log = database.with_name(f"{database.name}.wal")
    if log.exists():
        shutil.copyfile(log, copy.with_name(f"{copy.name}.wal"))
    found: dict[str, str] = {}
    with duckdb.connect(str(copy), config={"threads": 1}) as connection:
        columns = connection.execute(
            "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns() "
            "WHERE NOT internal AND database_name = current_database() AND (schema_name, table_name) IN "
            "(SELECT (schema_name, table_name) FROM duckdb_tables()) ORDER BY ALL"
        ).fetchall()
        by_table: dict[str, list[str]] = {}
        for table, column, kind in columns:
            if table not in _MEASURED and kind not in _CLOCKS and column not in ("seconds", "peak_mb", "message"):
                by_table.setdefault(table, []).append(f'"{column}"')
        for table, chosen in by_table.items():
            only = f"WHERE {_FIGURES}" if table == "ops.metric" else ""
            row = connection.execute(f"SELECT count(*), sum(hash({', '.join(chosen)})) FROM {table} {only}").fetchone()
            found[f"{name} {table}"] = str(row)
    for path in (copy, copy.with_name(f"{copy.name}.wal")):
        path.unlink(missing_ok=True)
    return found


def _visible(folder: Path) -> list[Path]:
    """Files below a folder, links followed, by the paths people open: nothing hidden."""
    found: list[Path] = []
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        if not entry.name.startswith("."):
            found += _visible(entry) if entry.is_dir() else [entry] if entry.is_file() else []
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
