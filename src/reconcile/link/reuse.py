"""A linkage that stands: where nothing it was made from is different, its tables are those that a run would make again.

What it is made from: the program, its settings and the model; the rows of ``std`` with the rejects and the raw rows of the same loads;
the day of each delivery; what stations said of pairs. The business date is none of it: a registration keeps the day it was first seen,
and a person its number, for as long as the same records are linked.
"""

from __future__ import annotations

import logging

from reconcile import made_from, query
from reconcile.figures import Counts
from reconcile.settings import Settings
from reconcile.store import Store

_log = logging.getLogger(__name__)

_TABLES = """
SELECT schema_name || '.' || table_name FROM duckdb_tables()
WHERE
    database_name = current_database()
    AND (schema_name = 'link' OR (schema_name = 'stats' AND table_name IN ('blocking', 'calibration', 'drift', 'score')))
ORDER BY ALL
"""
"""What a run of the stage writes."""


def fingerprint(store: Store, settings: Settings, version: str) -> str:
    """What tonight's linkage with a version of the model is made from."""
    read = store.value(query.sql("link/made_from"))
    return f"{made_from.program()}:{made_from.settings(settings)}:{version}:{read}"


def standing(store: Store, made: str) -> Counts | None:
    """Figures of the linkage that stands, where it was made from the same; None where it has to be made."""
    kept = store.execute("SELECT fingerprint, run_id, rows FROM ops.linked").fetchone()
    if kept is None or kept[0] != made:
        return None
    if kept[2] != _rows(store)[0]:
        _log.warning("tables of the linkage are not as they were left: everything is linked again.")
        return None
    found = store.run_file("link/figures", run_id=kept[1]).fetchall()
    counts: Counts = {(name, subject) if subject else name: value for name, subject, value in found}
    if not counts:
        return None
    return counts | {"models_trained": 0, "reused": _rows(store)[1]}


def remember(store: Store, made: str) -> None:
    """Write down what the linkage of this transaction was made from."""
    store.execute(
        "DELETE FROM ops.linked; INSERT INTO ops.linked VALUES ($fingerprint, $run_id, $rows, $made)",
        fingerprint=made,
        run_id=store.run_id,
        rows=_rows(store)[0],
        made=made_from.stamp(),
    )


def _rows(store: Store) -> tuple[str, int]:
    """Rows of each table, as one text, and of all."""
    tables = [name for (name,) in store.execute(_TABLES).fetchall()]
    rows = {name: int(store.value(f"SELECT count(*) FROM {name}")) for name in tables}
    return " ".join(f"{name} {number}" for name, number in rows.items()), sum(rows.values())
