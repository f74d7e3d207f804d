"""``link.record`` is made from the roles of the extracts; findings and lists read the same roles."""

from __future__ import annotations

from typing import Any

import pytest

from reconcile.contract.tables import EXTRACTS, Extract, Mode
from reconcile.findings.telling.evidence import FIELDS, STATED
from reconcile.link import record
from reconcile.link.record import RARE_COLUMNS
from reconcile.store import Store

PAPER = {"birth_cert_no": "Z990000001", "child_name": "石一", "mother_address_text": "青溪县", "mother_address_code": "990102"}


def records(store: Store, *columns: str) -> list[tuple[Any, ...]]:
    record.declare(store)
    store.run_file("link/birth_certificate")
    return store.execute(f"SELECT {', '.join(columns)} FROM link.record ORDER BY ALL").fetchall()


def test_records_are_numbered_in_their_order_however_many_parts_they_have(store: Store, add: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    add("police_resident", *({"registration_id": key, "name": "石一"} for key in ("R10", "R1", "R2", "R", "S999", "R11", "R1101", "石1")))
    add("health_death", {"death_cert_no": "H2", "name": "石一"}, {"death_cert_no": "H1", "name": "石一"})
    monkeypatch.setattr(record, "PART", 1)
    record.declare(store)
    record.number(store)
    numbered = store.execute("SELECT record_no, record_key FROM numbered_record ORDER BY record_no").fetchall()
    assert numbered == list(enumerate(["H1", "H2", "R", "R1", "R10", "R11", "R1101", "R2", "S999", "石1"], 1))


def test_columns_of_another_name_fill_their_role(store: Store, add: Any) -> None:
    add("health_birth", PAPER)
    assert records(store, "name", "address_key", "area_code", "certificate_no", "citizen_id_state", "death_date") == [
        ("石一", "青溪县", "990102", "Z990000001", "missing", None)
    ]


def test_the_area_of_a_registration_is_the_county_of_its_station(store: Store, add: Any) -> None:
    add("police_resident", {"registration_id": "R1", "name": "石一", "station_code": "990103510000"})
    add("relocation_roll", {"roll_no": "B1", "name": "石一", "resettlement_station_code": "990104510000"})
    # Where somebody is to live is not where he is registered.
    assert records(store, "record_type", "area_code") == [("police_resident", "990103"), ("relocation_roll", None)]


@pytest.mark.parametrize(("name", "folded"), [("王芳之子", None), ("王芳之大女", None), ("王之涵", "王之涵"), ("石一", "石一")])
def test_a_newborn_called_after_the_mother_has_no_name_yet(store: Store, add: Any, name: str, folded: str | None) -> None:
    add("health_birth", PAPER | {"child_name": name})
    assert records(store, "name", "name_key") == [(name, folded)]


def test_what_is_void_takes_no_part(store: Store, add: Any) -> None:
    rows = [{"death_cert_no": f"H{flag}", "name": "石一", "voided": flag} for flag in (False, True, None)]
    add("health_death", *rows)
    add("police_birth", *({"event_id": f"E{flag}", "name": "石一", "reversed": flag} for flag in (False, True, None)))
    assert records(store, "record_key") == [("EFalse",), ("HFalse",)]


def test_registration_and_event_quote_the_certificate_in_force(store: Store, add: Any) -> None:
    add("health_birth", PAPER | {"voided": True}, PAPER | {"birth_cert_no": "Z990000002", "replaces_cert_no": "Z990000001"})
    add("police_resident", {"registration_id": "R1", "name": "石一"}, {"registration_id": "R2", "name": "石二"})
    add("police_birth", {"event_id": "E1", "name": "石一", "registration_id": "R1", "birth_cert_no": "Z990000001"})
    assert records(store, "record_key", "certificate_no") == [
        ("E1", "Z990000002"),
        ("R1", "Z990000002"),
        ("R2", None),
        ("Z990000002", "Z990000002"),
    ]


@pytest.mark.parametrize("roles", ["nmae=child_name", "name=child_nmae", "name=station_name"])
def test_a_role_that_nothing_plays_is_refused_when_it_is_declared(roles: str) -> None:
    with pytest.raises(KeyError):
        type(
            "Broken",
            (Extract,),
            {"mode": Mode.APPEND, "key": ("roll_no",), "required": "roll_no child_name", "roles": roles},
            name="broken",
        )
    assert "broken" not in EXTRACTS


def test_who_a_row_is_about() -> None:
    assert EXTRACTS["health_birth"].told_by() == ("child_name", "mother_name", "birth_date")
    assert EXTRACTS["police_resident"].told_by() == ("name", "birth_date")
    assert EXTRACTS["station"].told_by() == ()


def test_what_stands_beside_a_finding_and_what_asks_again() -> None:
    beside = "name former_names citizen_id sex birth_date father_name father_id mother_name mother_id spouse_name spouse_id"
    assert (*beside.split(), "address_text", "death_date", "death_cert_no") == FIELDS
    days = {"registered_on", "moved_in_on", "moved_out_on", "issued_on", "relocated_on", "cremated_on"}
    # An address is written anew without anybody having moved, a death reported anew without anybody having died again.
    assert set(STATED) == days | set(FIELDS) - {"address_text"}


def test_columns_that_a_filler_can_spoil() -> None:
    kin = {f"{kin}_{part}" for kin in ("father", "mother", "spouse") for part in ("name_key", "id")}
    assert set(RARE_COLUMNS) == {"name_key", "former_names_key", "birth_date", "citizen_id", "address_key", "certificate_no"} | kin
