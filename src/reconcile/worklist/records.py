"""What tonight's lists show, and the records it names, from all extracts in one shape."""

from __future__ import annotations

import polars as pl

from reconcile.contract import ddl
from reconcile.contract.tables import EXTRACTS
from reconcile.findings.raising.rules import Rule
from reconcile.store import Store

_SHAPE = {
    "name": "VARCHAR",
    "name_key": "VARCHAR",
    "sex": "VARCHAR",
    "birth_date": "DATE",
    "citizen_id": "VARCHAR",
    "citizen_id_state": "VARCHAR",
    "citizen_id_raw": "VARCHAR",
    "household_no": "VARCHAR",
    "station_code": "VARCHAR",
    "address_text": "VARCHAR",
    "registered_on": "DATE",
    "registration_kind": "VARCHAR",
    "cancel_kind": "VARCHAR",
    "cancelled_on": "DATE",
    "father_name": "VARCHAR",
    "father_name_key": "VARCHAR",
    "mother_name": "VARCHAR",
    "mother_name_key": "VARCHAR",
    "spouse_name": "VARCHAR",
    "spouse_name_key": "VARCHAR",
    "death_date": "DATE",
    "event_on": "DATE",
}

_FROM: dict[str, dict[str, str]] = {
    "police_resident": {},
    "police_birth": {"event_on": "registered_on"},
    "police_death": {"event_on": "registered_on"},
    "police_move_in": {"event_on": "moved_in_on"},
    "police_move_out": {"event_on": "moved_out_on"},
    "health_birth": {"event_on": "issued_on", "name": "child_name", "name_key": "child_name_key", "address_text": "mother_address_text"},
    "health_death": {"event_on": "reported_on", "address_text": "registered_address_text"},
    "civil_cremation": {"event_on": "cremated_on", "address_text": "registered_address_text"},
    "relocation_roll": {"event_on": "relocated_on", "station_code": "resettlement_station_code"},
}
"""Extract → column of the shape → the column that fills it where the names differ; what neither names is empty."""


def collect(store: Store, rules: list[Rule]) -> None:
    """Choose what tonight's lists show, note it, and make ``worklist_record`` of the records named there.

    ``number`` is the citizen number as the register has it, for showing; ``citizen_id`` the normalised one, for
    comparing; ``has_number`` says whether the extract has one. ``event_field`` is the contract column that
    ``event_on`` comes from.
    """
    _declare(store, rules)
    store.run_file("worklist/listed")
    store.run_file("worklist/remember")
    store.execute("CREATE OR REPLACE TEMP TABLE worklist_record AS " + " UNION ALL ".join(_select(name) for name in _FROM))


def _declare(store: Store, rules: list[Rule]) -> None:
    """Put beside the findings what the rules and the contract say of them: ``worklist_rule`` and ``worklist_source``."""
    store.execute("CREATE OR REPLACE TEMP TABLE worklist_rule (finding_type VARCHAR, due_days INTEGER, kin VARCHAR)")
    days = store.settings.due_days
    said = [{"finding_type": rule.finding_type, "due_days": rule.due_days or days, "kin": ",".join(rule.kin)} for rule in rules]
    store.insert("worklist_rule", pl.DataFrame(said))
    store.execute("CREATE OR REPLACE TEMP TABLE worklist_source (record_type VARCHAR, agency VARCHAR)")
    store.insert("worklist_source", pl.DataFrame([{"record_type": name, "agency": EXTRACTS[name].agency} for name in _FROM]))


def _select(extract: str) -> str:
    """Named records of one extract in the shape; every identifier is the contract's."""
    has = {name for name, _, _ in ddl.std_columns(EXTRACTS[extract])}
    renamed = _FROM[extract]
    sources = {column: renamed.get(column, column) for column in _SHAPE}
    columns = [f"CAST({sources[column] if sources[column] in has else 'NULL'} AS {kind}) AS {column}" for column, kind in _SHAPE.items()]
    event = renamed.get("event_on")
    (key,) = EXTRACTS[extract].key
    return (
        f"SELECT {ddl.quoted(extract)} AS record_type, {key} AS record_key, {', '.join(columns)}, "
        f"CASE WHEN citizen_id_state = 'valid' THEN citizen_id ELSE citizen_id_raw END AS number, "
        f"{'TRUE' if 'citizen_id' in has else 'FALSE'} AS has_number, "
        f"{ddl.quoted(event) if event else 'CAST(NULL AS VARCHAR)'} AS event_field "
        f"FROM std.{extract} "
        f"WHERE {key} IN (SELECT record_key FROM worklist_named WHERE record_type = {ddl.quoted(extract)})"
    )
