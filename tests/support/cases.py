"""Cases of the finding rules: Markdown that a clerk can read, loaded into a warehouse.

A case is a level-2 heading ``True case: …``, ``Near miss: …`` or ``Exclusion: …`` with tables below it, each named by
a line in backticks: rows of ``std.*`` and ``link.*``, and ``findings`` with what is expected, or the sentence
``No finding.`` A cell says only what matters to the case; the rest is ``DEFAULTS``. Each registration is its own
person unless ``link.person`` says otherwise, and that person's subject registration; a police death is of the person
of the registration it names. Chains of birth certificates, and the registrations that births and moves name, follow from
the rows as they do at night.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import polars as pl
import records

from reconcile.contract.columns import Kind
from reconcile.contract.tables import EXTRACTS
from reconcile.link import fields, record
from reconcile.link.jobs import JOBS
from reconcile.store import Store

KINDS = ("True case", "Near miss", "Exclusion")
AS_OF = "2026-11-21"
DERIVED = {
    "link/birth_certificate": {"std.health_birth"},
    "link/event": {"std.police_birth", "std.police_move_in", "std.police_move_out"},
}
"""Linkage that follows from the rows of a case, and the tables it is made of."""

_PAIR = {
    "right_type": "police_resident",
    "decision": "match",
    "tier": "A",
    "probability": "0.99",
    "name_level": "equal",
    "birth_date_level": "equal",
    "sex_level": "equal",
}

DEFAULTS: dict[str, dict[str, str]] = {
    **{f"std.{extract}": row for extract, row in records.ROWS.items()},
    "link.registration_pair": {
        "left_type": "police_resident",
        "right_type": "police_resident",
        "decision": "match",
        "tier": "A",
        "probability": "0.99",
    },
    "link.death_pair": _PAIR | {"left_type": "health_death"},
    "link.birth_pair": _PAIR | {"left_type": "health_birth"},
    "link.relocation_pair": _PAIR | {"left_type": "relocation_roll"},
    "link.birth": {"how": "certificate", "tier": "A", "probability": "0.99"},
    "link.move": {"how": "certificate", "tier": "A"},
    "link.death": {"death_date": "2026-05-03", "tier": "A", "probability": "0.99"},
    "link.police_death_source": {"tier": "A", "probability": "0.99"},
    "link.relocation": {"tier": "A", "probability": "0.99"},
}
"""Cells a case need not write."""

STATIONS = [
    {"station_code": f"{county}510000", "station_name": f"{name}派出所", "county_code": county, "county_name": name}
    for county, name in (("990101", "甲县"), ("990102", "乙县"))
]
"""Stations of every case: counties 990101 and 990102 are in scope."""

Row = dict[str, str]


@dataclass(frozen=True)
class Case:
    """One case of one rule."""

    title: str
    tables: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])

    @property
    def kind(self) -> str:
        """True case, Near miss or Exclusion."""
        return self.title.partition(":")[0]

    def expected(self) -> list[Row]:
        """Rows of the table ``findings``: variant, tier, subjects and, where stated, evidence."""
        return self.tables.get("findings", [])


def load(path: Path) -> list[Case]:
    """All cases of a spec file."""
    sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_case(section) for section in sections]


def _case(section: str) -> Case:
    title, _, body = section.partition("\n")
    if ("`findings`" in body) == ("No finding." in body):
        msg = f"{title}: expect findings in a table, or say: No finding."
        raise ValueError(msg)
    blocks = re.findall(r"^`([\w.]+)`\n\n((?:\|.*\n?)*)", body, flags=re.MULTILINE)
    return Case(title.strip(), {name: _rows(text) for name, text in blocks})


def _rows(text: str) -> list[Row]:
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines() if line.strip()]
    head, rows = lines[0], lines[2:]
    return [dict(zip(head, row, strict=True)) for row in rows]


def create_link_tables(store: Store) -> None:
    """The tables of the linkage, empty but for the levels."""
    record.declare(store)
    store.replace("link.level", fields.table())
    for job in JOBS:
        levels = ", ".join(f"{name}_level VARCHAR, {name}_weight DOUBLE" for name in job.fields)
        store.execute(
            f"CREATE TABLE IF NOT EXISTS {job.table} (left_type VARCHAR, left_key VARCHAR, right_type VARCHAR, right_key VARCHAR, "
            f"passes VARCHAR, {levels}, match_weight DOUBLE, probability DOUBLE, tier VARCHAR, veto VARCHAR, decision VARCHAR, why VARCHAR)"
        )


def fill(store: Store, tables: dict[str, list[Row]]) -> None:
    """Put the rows of a case into the empty tables of a warehouse."""
    insert(store, "std.station", STATIONS)
    for table, rows in tables.items():
        if table != "findings":
            insert(store, table, rows)
    registrations = [row["registration_id"] for row in tables.get("std.police_resident", [])]
    person = {key: key for key in registrations} | {row["registration_id"]: row["person_id"] for row in tables.get("link.person", [])}
    stated = {row["registration_id"] for row in tables.get("link.person", [])}
    alone = [key for key in registrations if key not in stated]
    insert(store, "link.person", [{"registration_id": key, "person_id": key} for key in alone])
    insert(store, "link.subject_registration", [{"registration_id": key, "person_id": key} for key in alone])
    events = [row for row in tables.get("std.police_death", []) if row.get("reversed") != "true" and row.get("registration_id") in person]
    insert(store, "link.police_death", [{"event_id": row["event_id"], "person_id": person[row["registration_id"]]} for row in events])
    for name, sources in DERIVED.items():
        if sources & set(tables):
            store.run_file(name)


def insert(store: Store, table: str, rows: list[Row]) -> None:
    """Insert rows with defaults and what follows from a cell: keys of names, state of a number."""
    complete = [{name: value or None for name, value in _derived(table, DEFAULTS.get(table, {}) | row).items()} for row in rows]
    for columns, alike in groupby(complete, key=tuple):  # rows that state the same columns are one statement
        store.insert(table, pl.DataFrame(list(alike), schema=dict.fromkeys(columns, pl.String)))


def _derived(table: str, row: Row) -> Row:
    schema, _, name = table.partition(".")
    if schema != "std":
        return row
    derived: Row = {}
    for column, declared in EXTRACTS[name].fields.items():
        value = row.get(column, "")
        if declared.column.kind in (Kind.NAME, Kind.KIN_NAME, Kind.NAMES, Kind.ADDRESS):
            derived[f"{column}_key"] = value.replace("·", "")
        elif declared.column.kind is Kind.CITIZEN_ID:
            derived |= {f"{column}_state": "valid" if value else "missing", f"{column}_raw": value}
    return derived | row
