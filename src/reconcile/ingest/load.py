"""One file → rows of ``raw.<extract>``, its rejects, and its line in ``ops.load``."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from reconcile.contract.tables import Mode
from reconcile.errors import InputRefusedError, Place
from reconcile.ingest import header, readers
from reconcile.ingest.delivered import Head, Reader, Relation
from reconcile.ingest.header import Audit
from reconcile.ingest.plan import Task
from reconcile.ingest.split import Spoiled
from reconcile.store import Store

_NOT_KEPT = "<not kept: the file has columns that must not be stored>"
_TOTAL = r"^[\s\p{Z}]*(合|总|小|共)[\s\p{Z}]*计[\s\p{Z}]*[:：]?[0-9\s]*$"

_RAGGED = """
INSERT INTO ops.reject (load_id, extract, file, line, rule, severity, raw_row)
SELECT
    $load_id,
    $extract,
    $file,
    CAST(split_part(min(csv_line), $delimiter, 1) AS BIGINT),
    CASE
        WHEN min(error_type) IN ('MISSING COLUMNS', 'TOO MANY COLUMNS') THEN 'columns'
        WHEN min(error_type) LIKE 'LINE SIZE%' THEN 'length'
        ELSE 'quote'
    END,
    'row',
    CASE
        WHEN $keep THEN substr(min(csv_line), strpos(min(csv_line), $delimiter) + 1)
        ELSE concat($not_kept, ' ', max(CAST(nullif(regexp_extract(error_message, 'Found: ([0-9]+)', 1), '') AS INTEGER)) - 1, ' fields')
    END
FROM reject_errors
GROUP BY line_byte_position
"""

_TOTALS = """
INSERT INTO ops.reject (load_id, extract, file, line, rule, severity, raw_row)
SELECT $load_id, $extract, $file, _line, 'total_row', 'row', raw_row FROM left_out WHERE is_total;
DROP TABLE left_out
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file; ``rows`` are all its data rows, ``rejects`` those of them that are no records."""

    rows: int
    rejects: int
    audit: Audit
    head: Head
    relation: Relation


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of which the headings are known and the rows can be read; ``folder`` holds its temporary files."""

    source: Reader
    head: Head
    audit: Audit
    relation: Relation
    folder: Path


def opened(task: Task, scratch: Path, most_bytes: int | None = None) -> Opened:
    """Read headings and split rows, which needs no warehouse; of a text file that is only to be checked, the first ``most_bytes``.

    Raises:
        InputRefusedError: when the file cannot be used at all.

    """
    delivery, profile = task.delivery, task.delivery.profile
    folder = scratch / f"load_{task.load_id}"
    folder.mkdir(mode=0o700, exist_ok=True)
    source = readers.reader(delivery, folder, most_bytes)
    head = source.head()
    place = Place(delivery.file, head.first_line)
    audit = header.audit(delivery.extract, head.headings, place, profile.columns if profile else {}, profile.ignore if profile else ())
    return Opened(source, head, audit, source.relation(head), folder)


def load(store: Store, task: Task, file: Opened) -> Result:
    """Load one file inside the transaction of the caller.

    Raises:
        InputRefusedError: when the file cannot be used at all; the caller's transaction undoes what was written.

    """
    delivery, head, audit, relation = task.delivery, file.head, file.audit, file.relation
    if task.repeats:
        store.run_file("ingest/clear_load", load_id=task.load_id)
        store.execute(f"DELETE FROM raw.{delivery.extract.name} WHERE _load_id = $load_id", load_id=task.load_id)
    found = _read(store, task, relation, head, audit)
    if found is None:
        relation = file.source.relation(head, careful=True)
        found = _read(store, task, relation, head, audit)
    if found is None:
        raise InputRefusedError(Place(delivery.file), "rows cannot be told apart", "Check the quotes and the delimiter, or ask for XLSX.")
    rows, rejects = found
    if task.claim:
        task.claim.check_rows(delivery.file, rows)
    _record(store, task, head, audit, rows)
    shutil.rmtree(file.folder)
    return Result(rows, rejects, audit, head, relation)


def _read(store: Store, task: Task, relation: Relation, head: Head, audit: Audit) -> tuple[int, int] | None:
    """Number of data rows and of rejects among them; None, and nothing written, when the rows do not add up."""
    extract, values = task.delivery.extract.name, {"load_id": task.load_id, "file": task.delivery.file}
    store.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    if relation.frame is not None:
        store.connection.register("_delivered", relation.frame)
    try:
        _check_unnamed(store, task, relation, audit)
        taken, ragged, totals, blanks = _insert(store, task, relation, audit)
    except duckdb.Error:
        # The engine's message may quote a row, so it is not passed on.
        raise InputRefusedError(Place(task.delivery.file), "unreadable rows", "Ask for the file again.") from None
    finally:
        if relation.frame is not None:
            store.connection.unregister("_delivered")
    if relation.records is not None:
        if taken + ragged + totals + blanks != relation.records:
            store.execute(f"DELETE FROM raw.{extract} WHERE _load_id = $load_id", **values)
            return None
        kept = {"keep": not audit.drops, "not_kept": _NOT_KEPT, "delimiter": head.delimiter or ","}
        store.execute(_RAGGED, extract=extract, **values, **kept)
    store.execute(_TOTALS, extract=extract, **values)
    _check_encoding(store, task, relation, taken + ragged + totals + blanks)
    _put_spoiled(store, task, relation.spoiled, audit)
    rejects = ragged + len(relation.spoiled) + totals
    return taken + rejects, rejects


def _insert(store: Store, task: Task, relation: Relation, audit: Audit) -> tuple[int, int, int, int]:
    """Numbers of rows put into ``raw``, of ragged ones, and of totals and rows without any value, which go to ``left_out``.

    These are left out here and not deleted afterwards: one row deleted that was inserted in the same transaction makes DuckDB 1.5 write
    all of them again when it commits, which takes longer than the insertion. They are looked for only where rows are missing.
    """
    names = ", ".join(f'"{name}"' for name in audit.columns)
    cells = [f"c{position}" for position in audit.columns.values()]
    first = "coalesce(" + ", ".join(f"nullif(trim({cell}), '')" for cell in cells) + ")"
    is_total = f"regexp_matches({first}, $total)"
    values = {"load_id": task.load_id, "file": task.delivery.file, "total": _TOTAL}
    inserted = store.execute(
        f"""
        INSERT INTO raw.{task.delivery.extract.name} ({names}, _file, _line, _load_id)
        SELECT {", ".join(cells)}, $file, _line, $load_id FROM {relation.sql} WHERE {first} IS NOT NULL AND NOT {is_total}""",
        **values,
    ).fetchone()
    taken = int((inserted or (0,))[0])
    ragged = int(store.value("SELECT count(DISTINCT line_byte_position) FROM reject_errors")) if relation.records is not None else 0
    row = "concat_ws(',', " + ", ".join(f"coalesce({cell}, '')" for cell in cells) + ")"
    is_looked_for = "FALSE" if taken + ragged == relation.records else f"{first} IS NULL OR {is_total}"
    store.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE left_out AS
        SELECT _line, {first} IS NOT NULL AS is_total, CASE WHEN {first} IS NOT NULL THEN {row} END AS raw_row
        FROM {relation.sql} WHERE {is_looked_for}""",
        **values,
    )
    totals, blanks = store.execute("SELECT count(*) FILTER (is_total), count(*) FILTER (NOT is_total) FROM left_out").fetchall()[0]
    return taken, ragged, int(totals), int(blanks)


def _check_unnamed(store: Store, task: Task, relation: Relation, audit: Audit) -> None:
    """Refuse a column without heading that holds something."""
    if not audit.unnamed:
        return
    holds = " OR ".join(f"trim(c{position}) <> ''" for position in audit.unnamed)
    line = store.value(f"SELECT min(_line) FROM {relation.sql} WHERE {holds}")
    store.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    if line is not None:
        raise InputRefusedError(
            Place(task.delivery.file, line), "a value in a column without heading", "Ask for the file with all headings."
        )


def _check_encoding(store: Store, task: Task, relation: Relation, rows: int) -> None:
    unreadable = sum(item.rule == "encoding" for item in relation.spoiled)
    limit = store.settings.brakes.reject_share * (rows + unreadable)
    if unreadable and (rows == 0 or unreadable > max(limit, store.settings.brakes.reject_floor)):
        remedy = "Ask for UTF-8 or GB18030, or name the encoding in a profile."
        raise InputRefusedError(Place(task.delivery.file, relation.spoiled[0].line), f"{unreadable} lines cannot be decoded", remedy)


def _put_spoiled(store: Store, task: Task, spoiled: Sequence[Spoiled], audit: Audit) -> None:
    rows = {
        "line": pl.Series([item.line for item in spoiled], dtype=pl.Int64),
        "rule": pl.Series([item.rule for item in spoiled], dtype=pl.String),
        "raw_row": pl.Series([_NOT_KEPT if audit.drops else item.text for item in spoiled], dtype=pl.String),
    }
    named = {"load_id": task.load_id, "extract": task.delivery.extract.name, "file": task.delivery.file, "severity": "row"}
    store.insert("ops.reject", pl.DataFrame(rows).with_columns(pl.lit(value).alias(name) for name, value in named.items()))


def _record(store: Store, task: Task, head: Head, audit: Audit, rows: int) -> None:
    delivery = task.delivery
    store.run_file(
        "ingest/repeat_load" if task.repeats else "ingest/record_load",
        load_id=task.load_id,
        run_id=store.run_id,
        extract=delivery.extract.name,
        file=delivery.file,
        delivered_on=delivery.delivered_on,
        part=delivery.part,
        sha256=task.sha256,
        bytes=delivery.path.stat().st_size,
        encoding=head.encoding,
        delimiter=head.delimiter,
        rows=rows,
        refused_columns=", ".join(audit.refused),
        ignored_columns=", ".join(audit.ignored),
    )
    codes = delivery.profile.codes if delivery.profile else {}
    local = [(task.load_id, column, ours, canonical) for column, pairs in codes.items() for ours, canonical in pairs.items()]
    store.insert("ref.profile_code", pl.DataFrame(local, schema=["load_id", "column_name", "local", "canonical"], orient="row"))
    if delivery.extract.mode is Mode.SNAPSHOT:
        store.run_file(
            "ingest/supersede", extract=delivery.extract.name, delivered_on=delivery.delivered_on, file=delivery.file, load_id=task.load_id
        )
