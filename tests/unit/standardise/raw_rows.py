"""A warehouse with raw rows to standardise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import homes
import polars as pl
import records
from warehouses import furnished

from reconcile import standardise
from reconcile.contract.tables import EXTRACTS
from reconcile.contract.warehouse import TABLES
from reconcile.figures import Counts
from reconcile.settings import Settings
from reconcile.store import Store

KEYS = {"police_resident": "R1", "health_death": "D1", "police_death": "E1", "health_birth": "B1"}
"""Key of a row where the test states none."""
NAME = "张伟"
"""A name that is folded otherwise than it is written: 張偉."""


def raw_row(extract: str) -> dict[str, str | None]:
    """A row that breaks nothing, as it is delivered."""
    row = records.of(extract)
    flags = {column: "0" for column in ("voided", "reversed") if column in row}
    named = {"name": NAME} if "name" in row else {}
    return {EXTRACTS[extract].key[0]: KEYS[extract]} | row | named | flags if extract in KEYS else row


class Warehouse:
    """Raw rows are given as differences from ``raw_row``; each run is one night."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=furnished(home), as_of=dt.date(2026, 11, 21))
        self.loads = 0

    def deliver(self, extract: str, *rows: dict[str, str | None], on: str = "2026-11-01") -> None:
        self.loads += 1
        schema = TABLES[f"raw.{extract}"].polars()
        records = [
            raw_row(extract) | row | {"_file": f"{extract}.csv", "_line": line, "_load_id": self.loads}
            for line, row in enumerate(rows, start=2)
        ]
        with Store(self.settings) as store:
            store.execute(
                "INSERT INTO ops.load (load_id, extract, delivered_on) VALUES ($load, $extract, $day)",
                load=self.loads,
                extract=extract,
                day=dt.date.fromisoformat(on),
            )
            store.insert(f"raw.{extract}", pl.DataFrame(records, schema=schema))

    def execute(self, text: str, **values: object) -> None:
        with Store(self.settings) as store:
            store.execute(text, **values)

    def run(self, *, full: bool = False) -> Counts:
        settings = self.settings.model_copy(update={"full": full})
        with Store(settings) as store:
            return standardise.run(store, settings)

    def rows(self, text: str) -> list[tuple[object, ...]]:
        return homes.rows(self.settings.home, text)
