"""What tonight's lists show, and the records it names, from all extracts in one shape."""

from __future__ import annotations

import polars as pl

from reconcile.contract import ddl
from reconcile.contract.columns import COLUMNS, STD_SUFFIXES
from reconcile.contract.tables import EXTRACTS, Extract
from reconcile.findings.raising.rules import Rule
from reconcile.store import Store

_SHOWN = (
    *("name", "sex", "birth_date", "citizen_id", "registration_id", "household_no", "station_code", "address_text"),
    *("registered_on", "registration_kind", "father_name", "mother_name", "spouse_name", "death_date"),
)
"""Roles, and columns of the register, that lists show; each becomes the columns that it is in ``std``."""

_EXTRACTS = [extract for extract in EXTRACTS.values() if extract.column_of("name")]
"""Extracts that hold persons."""


def collect(store: Store, rules: list[Rule]) -> None:
    """Choose what tonight's lists show, note it, and make ``worklist_record`` of the records named there.

    ``number`` is the citizen number as the register has it, for showing; ``citizen_id`` the normalised one, for
    comparing; ``has_number`` says whether the extract has one. ``event_field`` is the contract column that
    ``event_on`` comes from.
    """
    _declare(store, rules)
    store.run_file("worklist/listed")
    store.run_file("worklist/remember")
    store.execute(
        "CREATE OR REPLACE TEMP TABLE worklist_record AS "
        "SELECT *, CASE WHEN citizen_id_state = 'valid' THEN citizen_id ELSE citizen_id_raw END AS number "
        f"FROM ({' UNION ALL '.join(_select(extract) for extract in _EXTRACTS)}) AS record"
    )


def _declare(store: Store, rules: list[Rule]) -> None:
    """Put beside the findings what the rules and the contract say of them: ``worklist_rule`` and ``worklist_source``."""
    store.execute("CREATE OR REPLACE TEMP TABLE worklist_rule (finding_type VARCHAR, priority INTEGER, due_days INTEGER, kin VARCHAR)")
    declared = [
        {
            "finding_type": rule.finding_type,
            "priority": rule.priority,
            "due_days": rule.due_days or store.settings.due_days,
            "kin": ",".join(rule.kin),
        }
        for rule in rules
    ]
    store.insert("worklist_rule", pl.DataFrame(declared))
    store.execute("CREATE OR REPLACE TEMP TABLE worklist_source (record_type VARCHAR, agency VARCHAR)")
    store.insert("worklist_source", pl.DataFrame([{"record_type": extract.name, "agency": extract.agency} for extract in _EXTRACTS]))


def _select(extract: type[Extract]) -> str:
    """Named records of one extract in the shape; every identifier is the contract's."""
    shown = [ddl.as_role(extract, name, suffix) for name in _SHOWN for suffix, _, _ in STD_SUFFIXES[COLUMNS[name].kind]]
    event = extract.column_of("event_on") or extract.column_of("reported_on")
    (key,) = extract.key
    return (
        f"SELECT {ddl.quoted(extract.name)} AS record_type, {key} AS record_key, {', '.join(shown)}, "
        f"CAST({event or 'NULL'} AS DATE) AS event_on, CAST({ddl.quoted(event) if event else 'NULL'} AS VARCHAR) AS event_field, "
        f"{'TRUE' if extract.column_of('citizen_id') else 'FALSE'} AS has_number "
        f"FROM std.{extract.name} "
        f"WHERE {key} IN (SELECT record_key FROM worklist_named WHERE record_type = {ddl.quoted(extract.name)})"
    )
