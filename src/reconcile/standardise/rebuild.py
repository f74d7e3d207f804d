"""Which extracts are standardised anew tonight, and how their rows get from ``raw`` to ``std``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

import reconcile
from reconcile import figures, targets
from reconcile.contract.tables import EXTRACTS, Extract
from reconcile.figures import Counts
from reconcile.settings import Settings
from reconcile.standardise import clocks
from reconcile.standardise.supersede import supersede
from reconcile.standardise.table import STAGE, standardised
from reconcile.store import Store

ROWS = 200_000
"""Rows standardised at once; less than 1 GB for the register."""


def run(store: Store, settings: Settings) -> Counts:
    """Rebuild ``std.<extract>`` and its rejects from ``raw.<extract>`` where loads were added since, or all when ``settings.full``.

    Counts, by extract: rows delivered and standing, rejected rows and values, superseded rows, key collisions; by column of a
    file: dates whose clocks are all equal and near midnight.

    Raises:
        InputRefusedError: when the targets of the inbox cannot be: no figure needs them before the end of the night, when it is too late.

    """
    counts: Counts = {}
    with store.transaction():
        for extract in EXTRACTS.values():
            fingerprint = _fingerprint(store, extract)
            made_from = store.value("SELECT fingerprint FROM ops.standardised WHERE extract = $extract", extract=extract.name)
            if settings.full or fingerprint != made_from:
                counts |= _rebuild(store, extract)
                store.execute(
                    "INSERT OR REPLACE INTO ops.standardised VALUES ($extract, $fingerprint)", extract=extract.name, fingerprint=fingerprint
                )
        targets.read(settings.inbox, counties(store))
    return counts


def counties(store: Store) -> list[str]:
    """Codes of the counties in scope."""
    return store.frame("SELECT county_code FROM scope.county ORDER BY county_code")["county_code"].to_list()


def _fingerprint(store: Store, extract: type[Extract]) -> str:
    loads = store.frame(f"SELECT DISTINCT _load_id FROM raw.{extract.name} ORDER BY _load_id")["_load_id"]
    return f"{reconcile.__version__}:" + ",".join(map(str, loads))


def _rebuild(store: Store, extract: type[Extract]) -> Counts:
    store.execute(f"DELETE FROM std.{extract.name}")
    store.execute("DELETE FROM ops.reject WHERE extract = $extract AND stage = $stage", extract=extract.name, stage=STAGE)
    local = store.frame(
        f"SELECT * FROM ref.profile_code WHERE load_id IN (SELECT _load_id FROM raw.{extract.name}) ORDER BY load_id, column_name, local"
    )
    counts: Counts = dict.fromkeys(("delivered", "rows", "rejected_rows", "rejected_values"), 0)
    store.insert_frames(f"std.{extract.name}", _standardised(store, extract, local, counts))
    for path in _reject_files(store):
        store.insert("ops.reject", pl.read_parquet(path))
        path.unlink()
    counts["superseded"], counts["key_collisions"] = supersede(store, extract)
    counts["rows"] -= counts["superseded"] + counts["key_collisions"]
    return {(figures.parts(name)[0], extract.name): count for name, count in counts.items()} | clocks.equal(store, extract)


def _standardised(store: Store, extract: type[Extract], local: pl.DataFrame, counts: Counts) -> Iterator[pl.DataFrame]:
    """Rows of ``std.<extract>``, counted; rejects wait in scratch files until the rows are in."""
    for raw in store.frames(f"SELECT * FROM raw.{extract.name}", rows=ROWS):
        result = standardised(raw, extract, local)
        if result.rejects.height:
            result.rejects.write_parquet(store.settings.home.scratch / f"rejects_{counts['delivered']:012}.parquet")
        counts["delivered"] += raw.height
        counts["rows"] += result.rows.height
        counts["rejected_rows"] += raw.height - result.rows.height
        counts["rejected_values"] += result.rejects.filter(severity="value").height
        yield result.rows


def _reject_files(store: Store) -> list[Path]:
    return sorted(store.settings.home.scratch.glob("rejects_*.parquet"))
