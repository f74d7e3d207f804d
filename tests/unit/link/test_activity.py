"""Signs of life: whose they are when only a number says so, and which children count."""

import datetime as dt
from typing import Any

import polars as pl
import pytest
from unissued import number

from reconcile import link
from reconcile.settings import Settings
from reconcile.store import Store

pytestmark = pytest.mark.usefixtures("jobs_with_records")
OWN = number("1980-05-17", 4)
FATHER = number("1979-02-03", 33)
STRANGER = number("1960-01-01", 34)
MOVE = {"name": "尹英梅", "station_code": "990101510000"}
CHILD = {"name": "尹小明", "sex": "1"}


@pytest.fixture
def register(add: Any) -> Any:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "citizen_id": OWN},
        {"registration_id": "R2", "name": "王文福", "citizen_id": FATHER, "sex": "1", "birth_date": "1979-02-03"},
        {"registration_id": "R3", "name": "石秀", "citizen_id": OWN, "birth_date": "1951-12-30"},
    )
    return add


def activity(store: Store, settings: Settings) -> list[tuple[Any, ...]]:
    link.run(store, settings)
    return store.execute("SELECT kind, registration_id, record_type, record_key FROM link.activity ORDER BY ALL").fetchall()


@pytest.mark.parametrize("registration", [None, "R99"])
def test_a_move_without_a_known_registration_is_of_all_who_carry_its_number(store: Store, settings: Settings, register: Any, registration):
    event = {**MOVE, "registration_id": registration, "citizen_id": OWN, "reversed": False}
    register("police_move_in", {"event_id": "M1", **event, "moved_in_on": "2026-04-01"})
    register("police_move_out", {"event_id": "M2", **event, "moved_out_on": "2026-04-01"})
    moves = [("move_in", "police_move_in", "M1"), ("move_out", "police_move_out", "M2")]
    assert activity(store, settings) == [(kind, key, table, event_id) for kind, table, event_id in moves for key in ("R1", "R3")]


def test_a_known_registration_goes_before_the_number(store: Store, settings: Settings, register: Any) -> None:
    event = {**MOVE, "moved_in_on": "2026-04-01", "registration_id": "R2", "reversed": False}
    register("police_move_in", {"event_id": "M1", **event, "citizen_id": OWN}, {"event_id": "M2", **event, "citizen_id": STRANGER})
    assert activity(store, settings) == [("move_in", "R2", "police_move_in", "M1"), ("move_in", "R2", "police_move_in", "M2")]


def test_a_move_that_may_be_reversed_is_no_sign_of_life(store: Store, settings: Settings, register: Any) -> None:
    register("police_move_in", {"event_id": "M1", **MOVE, "registration_id": "R1", "moved_in_on": "2026-04-01", "reversed": None})
    assert activity(store, settings) == []


def test_children_of_the_register_and_of_certificates_count_when_born_after_the_first_death(
    store: Store, settings: Settings, register: Any
) -> None:
    born, before = {**CHILD, "birth_date": "2026-06-01"}, {**CHILD, "birth_date": "2026-03-01"}
    parents = {"mother_id": OWN, "father_id": FATHER}
    certificate = {"mother_name": "尹英梅", "issued_on": "2026-06-02", "sex": "1", **parents}
    register("health_death", {"death_cert_no": "H0", "name": "某", "death_date": "2020-01-01", "voided": True})
    register("civil_cremation", {"cremation_cert_no": "C1", "name": "某人", "birth_date": "1930-01-01", "death_date": "2026-03-01"})
    register("police_resident", {"registration_id": "R7", **born, **parents}, {"registration_id": "R8", **before, **parents})
    register(
        "health_birth",
        {"birth_cert_no": "B1", **certificate, "birth_date": "2026-06-01", "voided": False},
        {"birth_cert_no": "B2", **certificate, "birth_date": "2026-06-01", "voided": True},
        {"birth_cert_no": "B3", **certificate, "birth_date": "2026-06-01", "voided": None},
        {"birth_cert_no": "B4", **certificate, "birth_date": "2026-02-01", "voided": False},
    )
    holders = [("birth_as_father", "R2"), ("birth_as_mother", "R1"), ("birth_as_mother", "R3")]
    children = [("health_birth", "B1"), ("police_resident", "R7")]
    assert activity(store, settings) == [(*holder, *child) for holder in holders for child in children]


def test_a_certificate_whose_flag_nobody_can_read_takes_no_part(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", "name": "尹英梅", "citizen_id": OWN, "voided": None})
    link.run(store, settings)
    assert store.value("SELECT count(*) FROM link.death") == 0


def test_a_registration_cancelled_for_a_reason_nobody_can_read_is_not_active(store: Store, settings: Settings, register: Any) -> None:
    register("station", {"station_code": "990101510000", "county_code": "990101"})
    register("police_resident", {"registration_id": "R9", "name": "石文", "cancelled_on": "2026-01-01"})
    link.run(store, settings)
    assert store.execute("SELECT registration_id FROM scope.registration WHERE NOT is_active").fetchall() == [("R9",)]


def test_a_kind_of_cancellation_nobody_can_read_leaves_it_unknown_and_one_reject_more_doubles_nothing(store: Store, register: Any) -> None:
    register("police_resident", {"registration_id": "R8", "name": "石文", "_load_id": 1, "_line": 8})
    unread = {"load_id": 1, "line": 8, "extract": "police_resident", "column_name": "cancel_kind", "severity": "value"}
    other = [unread | {"column_name": "sex", "line": 9}, unread | {"extract": "police_birth", "line": 10}]
    store.insert("ops.reject", pl.DataFrame([unread, unread, *other]))
    said = store.execute("SELECT registration_id, is_active, is_cancelled, is_kind_unread FROM scope.registration ORDER BY ALL").fetchall()
    assert said == [(key, True, False, False) for key in ("R1", "R2", "R3")] + [("R8", False, False, True)]


def test_a_date_before_there_were_identity_cards_is_no_sign_of_life(store: Store, settings: Settings, register: Any) -> None:
    cards = {"R11": "1900-01-01", "R12": "1984-04-05", "R13": "1984-04-06"}
    register("police_resident", *({"registration_id": key, "name": "石文", "id_card_issued_on": day} for key, day in cards.items()))
    assert activity(store, settings) == [("id_card", "R13", "police_resident", "R13")]


DEATH = {"name": "尹英梅", "citizen_id": OWN, "birth_date": "1980-05-17", "sex": "2", "death_date": "2026-08-01"}
ENTRY = {**MOVE, "event_id": "E1", "registration_id": "R1", "death_date": "2026-08-01", "registered_on": "2026-08-12"}


def reversal(store: Store, settings: Settings, register: Any, **changes: Any) -> list[tuple[Any, ...]]:
    """Activity where a death entered at the police is reversed, as the delivery of 1 September and the one after it say."""
    reported_on = changes.pop("reported_on", "2026-08-10")
    register("health_death", {"death_cert_no": "H1", **DEATH, "reported_on": reported_on, "voided": False})
    register("police_death", {**ENTRY, "reversed": True, "_load_id": 3, "_line": 2} | changes)
    flags = {1: ("2026-08-15", "0"), 2: ("2026-09-01", "1"), 3: ("2026-11-01", "1")}
    loads = [{"load_id": load, "delivered_on": dt.date.fromisoformat(day)} for load, (day, _) in flags.items()]
    store.insert("ops.load", pl.DataFrame(loads))
    told = [{"event_id": "E1", "reversed": flag, "_load_id": load, "_line": 2} for load, (_, flag) in flags.items()]
    store.insert("raw.police_death", pl.DataFrame(told))
    link.run(store, settings)
    return store.execute("SELECT kind, registration_id, CAST(activity_on AS VARCHAR) FROM link.activity ORDER BY ALL").fetchall()


SAID = ("death_reversed", "R1", "2026-09-01")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [SAID]),
        ({"registered_on": "2026-08-02"}, [SAID]),  # entered before the report, reversed nobody knows when
        ({"reported_on": "2026-09-01"}, [SAID]),
        ({"reported_on": "2026-09-02"}, []),  # reversed before the evidence was reported
        ({"death_date": "2025-03-01", "registered_on": "2025-03-10"}, []),  # another death, entered and reversed in life
        ({"death_date": "2025-08-01"}, [SAID]),  # another date, but entered after the death
        ({"reversed": False}, []),
        ({"reversed": None}, []),
    ],
)
def test_a_reversed_death_is_a_word_about_evidence_reported_before(
    store: Store, settings: Settings, register: Any, changes: dict[str, Any], expected: list[Any]
) -> None:
    assert reversal(store, settings, register, **changes) == expected


@pytest.mark.parametrize("registration", [None, "R99"])
def test_a_reversed_death_without_a_known_registration_is_led_by_its_number(
    store: Store, settings: Settings, register: Any, registration: str | None
) -> None:
    found = reversal(store, settings, register, registration_id=registration, citizen_id=OWN)
    assert ("death_reversed", "R1", "2026-09-01") in found


def test_a_registration_restored_is_somebodys_word(store: Store, settings: Settings, register: Any) -> None:
    restored = {"registration_kind": "restored", "registered_on": "2026-08-20"}
    register(
        "police_resident",
        {"registration_id": "R12", "name": "石文", **restored},
        {"registration_id": "R13", "name": "石文", **restored, "registered_on": None},
    )
    assert activity(store, settings) == [("restored", "R12", "police_resident", "R12")]
