"""A published night as files for other systems: one folder a night, one file a table, and a manifest that says what each is.

```
DIR/as_of=2026-11-21/manifest.json            run, night, version of the contract; of each file rows, SHA-256, columns, privacy classes
DIR/as_of=2026-11-21/<schema>/<table>.parquet the same in the metadata of the file
```

Of ``stats`` no small number leaves, and none can be computed from the sums that do (``statistics.suppress``); the manifest says how many
counts are hidden.

The folder of a night appears by one rename, whole, so that what loads ``DIR`` may look at any time, and appends night by night.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple

import polars as pl

from reconcile import checksum, copying, query
from reconcile.contract import ddl, masks, published
from reconcile.contract.warehouse import SCHEMAS
from reconcile.errors import UsageError
from reconcile.home import Home, Night
from reconcile.statistics import sums, suppress
from reconcile.store import Reader, last_night

Form = Literal["parquet", "csv"]
MANIFEST = "manifest.json"
_CLASSES = ("none", "pseudonym", "quasi", "name", "identifier", "sensitive")
"""Privacy classes, the most harmless first; the class of a file is the last one that any of its columns has."""


class Exported(NamedTuple):
    """What was written: the folder of the night, and how many files and rows."""

    folder: Path
    files: int
    rows: int


def write(
    home: Home,
    target: Path,
    schemas: Sequence[str],
    form: Form,
    *,
    is_masked: bool,
    small_number: int,
    agree: Callable[[dict[str, int]], None],
) -> Exported:
    """Write the tables and views of some schemas of the last publication.

    Args:
        home: whose publication.
        target: folder of the nights; made where it is not there.
        schemas: names of schemas.
        form: format of the files. CSV has no place for metadata: there the manifest alone has them.
        is_masked: take the publication for those who may not see persons.
        small_number: counts of ``stats`` below it do not leave.
        agree: called with counts when every file is written and nobody can see them yet; what it raises undoes the export.

    Raises:
        UsageError: when a schema is not known, the night is there already, the target lies in the home, or nothing (masked) was published.
        OSError: when there is no room; nothing is then left of it.

    """
    unknown = sorted(set(schemas) - set(SCHEMAS))
    if unknown or not schemas:
        raise UsageError(f"--schemas: {', '.join(unknown) or 'none'}: no such schema. There are {', '.join(SCHEMAS)}.")
    if target.resolve().is_relative_to(home.root.resolve()):
        raise UsageError(f"{target}: lies in the home. Name a directory outside of it.")
    with Reader(home, home.latest_masked if is_masked else None) as reader:
        night = last_night(reader)
        folder = target / f"as_of={night.as_of}"
        if folder.exists():
            raise UsageError(f"{folder}: is there already. An export overwrites nothing: name another directory, or move it away.")
        unfinished = target / f".{folder.name}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        try:
            hidden = _hide(reader, small_number) if "stats" in schemas else {}
            files: list[dict[str, Any]] = [
                {"file": f"{name.replace('.', '/')}.{form}", "table": name}
                | _file(reader, night, unfinished / f"{name.replace('.', '/')}.{form}", name, columns)
                | ({"hidden": hidden[name]} if name in hidden else {})
                for name, columns in _tables(reader, schemas)
            ]
            counts = {"files": len(files), "rows": sum(file["rows"] for file in files)}
            about = _about(night) | {"masked": is_masked, "format": form, "schemas": sorted(set(schemas))}
            about |= {"small_numbers": {"below": small_number, "hidden": sum(hidden.values())}, "files": files}
            (unfinished / MANIFEST).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            copying.make_durable(unfinished)
            agree(counts)
            unfinished.rename(folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    copying.make_durable(target)
    return Exported(folder, **counts)


def _hide(reader: Reader, below: int) -> dict[str, int]:
    """Put tables that may leave in the place of those of ``stats``; table with its schema → counts that are hidden."""
    tables, relations = figures(reader, is_whole=below <= 1)
    shown, hidden = suppress.withheld(tables, relations, below)
    for name, frame in shown.items():
        reader.connection.register(f"shown_{name}", frame)
    return {f"stats.{name}": hidden.get(name, 0) for name in tables}


def figures(reader: Reader, *, is_whole: bool) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Tables of ``stats`` with the number of each row, whole or as far as they may leave, and the relations between their cells."""
    tables = {name: reader.frame(f"SELECT rowid AS _row, * FROM stats.{name}") for name in _names(reader)}
    if not is_whole:
        tables = sums.whole_years(tables)
    reader.frame(query.sql("statistics/prepared/5_form_entry"))
    return tables, sums.of(tables, reader.file("export/entries"))


def _names(reader: Reader) -> list[str]:
    return reader.frame("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'stats' AND NOT temporary ORDER BY ALL")[
        "table_name"
    ].to_list()


def _about(night: Night) -> dict[str, Any]:
    return {"run_id": night.run_id, "as_of": str(night.as_of), "contract": published.VERSION}


def _tables(reader: Reader, schemas: Sequence[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Name with schema → columns with their types, of every table and view."""
    rows = reader.file("export/columns", schemas=list(schemas)).rows()
    tables = groupby(rows, key=lambda row: f"{row[0]}.{row[1]}")
    return [(name, [(row[2], row[3]) for row in columns]) for name, columns in tables]


def _file(reader: Reader, night: Night, path: Path, name: str, columns: list[tuple[str, str]]) -> dict[str, Any]:
    """Write one table, and return its entry in the manifest."""
    classes = {column: masks.privacy(name, column, sql_type) for column, sql_type in columns}
    privacy = max(classes.values(), key=_CLASSES.index, default="none")
    path.parent.mkdir(exist_ok=True, mode=0o700)
    if path.suffix == ".parquet":
        about = _about(night) | {"table": name, "privacy": privacy, "columns": json.dumps(classes)}
        metadata = ", ".join(f'"{key}": {ddl.quoted(str(value))}' for key, value in about.items())
        options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadata}}}"
    else:
        options = "FORMAT csv, HEADER, FORCE_QUOTE *"
    source = name.replace("stats.", "shown_") if name.startswith("stats.") else name
    rows = reader.frame(f"COPY (SELECT * FROM {source}) TO {ddl.quoted(str(path))} ({options})")["Count"].item()
    return {
        "rows": rows,
        "bytes": path.stat().st_size,
        "sha256": checksum.sha256(path),
        "privacy": privacy,
        "columns": [{"name": column, "type": sql_type, "privacy": classes[column]} for column, sql_type in columns],
    }
