"""Which extracts are standardised anew tonight, and how their rows get from ``raw`` to ``std``."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from reconcile import figures, made_from, pace, targets
from reconcile.contract.tables import EXTRACTS, Extract
from reconcile.figures import Counts
from reconcile.settings import Settings
from reconcile.standardise import clocks, patch, supersede, table
from reconcile.standardise.table import STAGE, standardised
from reconcile.store import Store

_log = logging.getLogger(__name__)

ROWS = 200_000
"""Rows standardised at once; less than 1 GB for the register."""
_STANDARDISED = "SELECT fingerprint, made FROM ops.standardised WHERE extract = $extract"
_ANOTHER_PROGRAM = "SELECT 1 FROM ops.standardised WHERE NOT starts_with(fingerprint, $program || ':') LIMIT 1"


def run(store: Store, settings: Settings) -> Counts:
    """Bring ``std.<extract>`` and its rejects in line with the loads that stand, where these are others; all anew when ``settings.full``.

    Counts, by extract: rows delivered and standing, of these the rows reused, rejected rows and values, superseded rows, key collisions; by
    column of a file: dates whose clocks are all equal and near midnight.

    Raises:
        InputRefusedError: when the targets of the inbox cannot be: no figure needs them before the end of the night, when it is too late.

    """
    counts: Counts = {}
    if store.execute(_ANOTHER_PROGRAM, program=made_from.program()).fetchone() and not settings.full:
        _log.warning(
            "the program is another version than that of the last night: everything is made anew, and takes as long as a first night."
        )
    pace.expect(store.value("SELECT coalesce(sum(rows), 0) FROM ops.load WHERE NOT superseded"))
    with store.transaction():
        for extract in EXTRACTS.values():
            before, made = store.execute(_STANDARDISED, extract=extract.name).fetchone() or ("", None)
            loads = _loads(store, extract)
            fingerprint = f"{made_from.program()}:{','.join(map(str, loads))}"
            if settings.full or fingerprint != before:
                found = _rebuild(store, extract, loads, [] if settings.full else _loads_of(before))
                counts |= found
                store.execute(
                    "INSERT OR REPLACE INTO ops.standardised VALUES ($extract, $fingerprint, $made, $made_before)",
                    extract=extract.name,
                    fingerprint=fingerprint,
                    made=made_from.stamp(),
                    made_before=made if ("reused", extract.name) in found else None,
                )
            elif rows := store.value(f"SELECT count(*) FROM std.{extract.name}"):
                counts["reused", extract.name] = rows
                pace.advance(rows)
            store.execute(f"DELETE FROM raw.{extract.name} WHERE _load_id IN (SELECT load_id FROM ops.load WHERE superseded)")
        store.run_file("standardise/let_go")
        targets.read(settings.inbox, counties(store))
    return counts


def counties(store: Store) -> list[str]:
    """Codes of the counties in scope."""
    return store.frame("SELECT county_code FROM scope.county ORDER BY county_code")["county_code"].to_list()


def _loads(store: Store, extract: type[Extract]) -> list[int]:
    """Loads with rows that stand."""
    standing = "_load_id NOT IN (SELECT load_id FROM ops.load WHERE superseded)"
    return store.frame(f"SELECT DISTINCT _load_id FROM raw.{extract.name} WHERE {standing} ORDER BY _load_id")["_load_id"].to_list()


def _loads_of(fingerprint: str) -> list[int]:
    """Loads that a fingerprint of this program names; of another program none."""
    program, _, loads = fingerprint.partition(":")
    return [int(load) for load in loads.split(",") if load] if program == made_from.program() else []


def _rebuild(store: Store, extract: type[Extract], loads: list[int], before: list[int]) -> Counts:
    moved = clocks.moved(store, extract, sorted({*before, *loads}))
    kept = None if moved else patch.keep(store, extract, before, loads)  # what one text says depends on its column then
    if kept is None:
        store.execute(f"DELETE FROM std.{extract.name}")
    store.execute("DELETE FROM ops.reject WHERE extract = $extract AND stage = $stage", extract=extract.name, stage=STAGE)
    local = store.frame(
        f"SELECT * FROM ref.profile_code WHERE load_id IN (SELECT _load_id FROM raw.{extract.name}) ORDER BY load_id, column_name, local"
    )
    pace.advance(kept or 0)
    counts: Counts = dict.fromkeys(("delivered", "rows", "rejected_rows", "rejected_values", "superseded", "key_collisions"), 0)
    rows = _rows(store, extract, anew=kept is None)
    only = ", ".join((*extract.key, "_load_id", "_line"))
    keys = (table.keys(raw, extract, local) for raw in store.frames(f"SELECT {only} FROM ({rows})", rows=ROWS))
    repeated = supersede.places(store, extract, keys)
    coming: list[pl.DataFrame] = []
    store.insert_frames(f"std.{extract.name}", _held_back(_standardised(store, extract, (local, moved), counts, rows), repeated, coming))
    if kept:
        counts |= {"delivered": counts["delivered"] + kept, "rows": counts["rows"] + kept, "reused": kept}
    for path in _reject_files(store):
        store.insert("ops.reject", pl.read_parquet(path, glob=False))
        path.unlink()
    if coming:
        counts["superseded"], counts["key_collisions"] = supersede.supersede(store, extract, repeated, pl.concat(coming))
    counts["rows"] -= counts["superseded"] + counts["key_collisions"]
    return {(figures.parts(name)[0], extract.name): count for name, count in counts.items()} | clocks.equal(store, extract, moved)


def _rows(store: Store, extract: type[Extract], *, anew: bool) -> str:
    """Query of the rows to standardise: all that stand, or those that ``patch`` did not keep."""
    standing = f"SELECT * FROM raw.{extract.name} AS row WHERE row._load_id NOT IN (SELECT load_id FROM ops.load WHERE superseded)"
    if anew:
        return standing
    is_kept = "SELECT 1 FROM same_row WHERE same_row.load_id = row._load_id AND same_row.line = row._line"
    changed = store.set_aside("changed", f"{standing} AND NOT EXISTS ({is_kept})")
    store.drop("same_row")
    return changed


def _standardised(
    store: Store, extract: type[Extract], of_loads: tuple[pl.DataFrame, clocks.Moved], counts: Counts, rows: str
) -> Iterator[pl.DataFrame]:
    """Rows of ``std.<extract>``, counted; rejects wait in scratch files until the rows are in."""
    for raw in store.frames(rows, rows=ROWS):
        result = standardised(raw, extract, *of_loads)
        if result.rejects.height:
            result.rejects.write_parquet(store.settings.home.scratch / f"rejects_{counts['delivered']:012}.parquet")
        counts["delivered"] += raw.height
        counts["rows"] += result.rows.height
        counts["rejected_rows"] += raw.height - result.rows.height
        counts["rejected_values"] += result.rejects.filter(severity="value").height
        yield result.rows
        pace.advance(raw.height)


def _held_back(frames: Iterator[pl.DataFrame], repeated: pl.DataFrame, coming: list[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Rows whose key nobody else has; the others are put aside."""
    for rows in frames:
        coming.append(rows.join(repeated, on=["_load_id", "_line"], how="semi"))
        yield rows.join(repeated, on=["_load_id", "_line"], how="anti", maintain_order="left") if coming[-1].height else rows


def _reject_files(store: Store) -> list[Path]:
    return sorted(store.settings.home.scratch.glob("rejects_*.parquet"))
