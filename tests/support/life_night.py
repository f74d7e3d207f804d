"""Nights on a handful of registrations, for tests of what becomes of findings."""

from __future__ import annotations

import datetime as dt

from cases import create_link_tables, fill, insert
from warehouses import furnished

from reconcile import feedback, findings
from reconcile.settings import Settings
from reconcile.store import Store

VALID, OTHER, WRONG = "990101199001010019", "990102199001010031", "990101199001010018"
BROKEN = {"registration_id": "R1", "citizen_id": WRONG, "citizen_id_state": "checksum"}


class Nights:
    """One home; each call opens the warehouse for one night."""

    def __init__(self, home):
        self.home = furnished(home)

    def open(self, as_of="2026-11-21", run_id="run"):
        store = Store(Settings(home=self.home, as_of=dt.date.fromisoformat(as_of), finding_key="unit", force=True), run_id)
        create_link_tables(store)
        return store


def night(nights, as_of, *rows, answers=(), run_id=None, stations=None, link=None):
    """Run one night on these registrations and rows of link tables; returns finding, history, subject and evidence."""
    with nights.open(as_of, run_id or f"run of {as_of}") as store:
        for table in ("std.station", "std.police_resident", "link.person", "link.registration_pair", "std.verification_result"):
            store.execute(f"DELETE FROM {table}")
        fill(store, {"std.police_resident": list(rows), **(link or {})})
        if stations is not None:
            store.execute("DELETE FROM std.station WHERE station_code NOT IN (SELECT unnest($keep))", keep=stations)
        insert(store, "std.verification_result", list(answers))
        feedback.run(store, store.settings)
        counts = findings.run(store, store.settings)
        names = ("finding", "history", "subject", "evidence")
        return {name: store.frame(f"SELECT * FROM find.{name} ORDER BY ALL") for name in names} | {"counts": counts}


def answer(finding_id, outcome, on):
    return {"finding_id": finding_id, "outcome": outcome, "verified_on": on, "_load_id": "1", "_file": "answers.csv", "_line": "2"}


def changes(result):
    return result["history"].select("as_of", "change").sort("as_of", "change").rows()


def day(text):
    return dt.date.fromisoformat(text)
