"""Nights on a handful of registrations, for tests of what becomes of findings."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path
from unittest.mock import patch

from cases import create_link_tables, fill, insert, load
from warehouses import furnished

from reconcile import feedback, findings
from reconcile.findings.raising import rules
from reconcile.settings import Settings
from reconcile.store import Store

SPEC = Path(__file__).parents[1] / "spec"
VALID, OTHER, WRONG = "990101199001010019", "990102199001010031", "990101199001010018"
BROKEN = {"registration_id": "R1", "citizen_id": WRONG, "citizen_id_state": "checksum"}


class Nights:
    """One home; each call opens the warehouse for one night."""

    def __init__(self, home):
        self.home = furnished(home)
        (home / "warehouse.duckdb").write_bytes(_with_link_tables())

    def open(self, as_of="2026-11-21", run_id="run"):
        return Store(Settings(home=self.home, as_of=dt.date.fromisoformat(as_of), finding_key="unit", force=True), run_id)


@cache
def _with_link_tables():
    with tempfile.TemporaryDirectory() as folder:
        home = furnished(Path(folder) / "home")
        with Store(Settings(home=home, as_of=dt.date(2026, 11, 21))) as store:
            create_link_tables(store)
        return (home / "warehouse.duckdb").read_bytes()


@cache
def _needed():
    """Each rule with the delivered tables that its true cases have rows of, case by case."""
    stated = [(rule, [case for case in load(SPEC / f"{rule.finding_type}.md") if case.expected()]) for rule in rules.discover()]
    return [(rule, [{name for name in case.tables if name.startswith("std.")} for case in cases]) for rule, cases in stated]


def that_may_find(store):
    """Rules of which a true case is about tables that have rows, or all: the others find nothing, and take as long."""
    filled = set(store.frame("SELECT concat(schema_name, '.', table_name) AS name FROM duckdb_tables() WHERE estimated_size > 0")["name"])
    found = [rule for rule, cases in _needed() if any(tables <= filled for tables in cases)]
    return found or [rule for rule, _ in _needed()]


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
        tried = that_may_find(store)
        with patch.object(rules, "discover", lambda: tried):
            counts = findings.run(store, store.settings)
        names = ("finding", "history", "subject", "evidence")
        return {name: store.frame(f"SELECT * FROM find.{name} ORDER BY ALL") for name in names} | {"counts": counts}


def answer(finding_id, outcome, on):
    return {"finding_id": finding_id, "outcome": outcome, "verified_on": on, "_load_id": "1", "_file": "answers.csv", "_line": "2"}


def changes(result):
    return result["history"].select("as_of", "change").sort("as_of", "change").rows()


def day(text):
    return dt.date.fromisoformat(text)
