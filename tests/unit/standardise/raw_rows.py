"""A warehouse with raw rows to standardise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from reconcile import standardise
from reconcile.contract.warehouse import TABLES
from reconcile.figures import Counts
from reconcile.settings import Settings
from reconcile.store import Store

DEFAULTS = {
    "police_resident": {
        "registration_id": "R1",
        "name": "张伟",
        "sex": "1",
        "birth_date": "1990-01-01",
        "household_no": "H1",
        "station_code": "990101510000",
    },
    "health_death": {"death_cert_no": "D1", "name": "张伟", "death_date": "20250101", "reported_on": "20250110"},
    "police_death": {
        "event_id": "E1",
        "name": "张伟",
        "death_date": "20250101",
        "station_code": "990101510000",
        "registered_on": "20250110",
    },
    "health_birth": {"birth_cert_no": "B1", "sex": "1", "birth_date": "20250101", "mother_name": "李娜", "issued_on": "20250103"},
    "station": {"station_code": "990101510000", "station_name": "甲派出所", "county_code": "990101", "county_name": "甲县"},
    "verification_result": {"finding_id": "D1", "outcome": "属实", "verified_on": "20250101"},
}
"""A row of each extract that breaks nothing."""


class Warehouse:
    """Raw rows are given as differences from ``DEFAULTS``; each run is one night."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=home, as_of=dt.date(2026, 11, 21))
        self.loads = 0

    def deliver(self, extract: str, *rows: dict[str, str | None], on: str = "2026-11-01") -> None:
        self.loads += 1
        schema = TABLES[f"raw.{extract}"].polars()
        records = [
            DEFAULTS[extract] | row | {"_file": f"{extract}.csv", "_line": line, "_load_id": self.loads}
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
        with Store(self.settings) as store:
            return store.execute(text).fetchall()
