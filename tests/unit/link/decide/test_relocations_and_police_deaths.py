"""Whole linkage of the relocation roll and of deaths the police registered."""

from typing import Any

import pytest
from unissued import number

from reconcile import link
from reconcile.settings import Settings
from reconcile.store import Store

OWN = number("1980-05-17", 4)
OTHER = number("1980-05-17", 46)
PERSON = {"registration_id": "R1", "name": "尹英梅", "citizen_id": OWN, "address_text": "青溪县白果村5组46号"}


@pytest.fixture
def register(add: Any) -> Any:
    add("police_resident", PERSON, {"registration_id": "R2", "name": "王文福", "citizen_id": number("2003-09-09", 33), "sex": "1"})
    return add


def rolled(store: Store, settings: Settings, register: Any, **cells: Any) -> list[tuple[Any, ...]]:
    entry = {"roll_no": "Q1", "name": "尹英梅", "citizen_id": OWN, "sex": "2", "birth_date": "1980-05-17"} | cells
    register("relocation_roll", entry | {"relocated_on": "2026-01-01", "resettlement_station_code": "990102510000"})
    link.run(store, settings)
    return store.execute("SELECT person_id, tier FROM link.relocation ORDER BY ALL").fetchall()


def test_an_entry_with_number_and_name_is_tier_a(store: Store, settings: Settings, register: Any) -> None:
    assert rolled(store, settings, register) == [("R1", "A")]


def test_an_entry_with_a_misheard_name_is_tier_b(store: Store, settings: Settings, register: Any) -> None:
    assert rolled(store, settings, register, name="尹瑛梅") == [("R1", "B")]


def test_name_and_birth_date_alone_are_never_more_than_tier_d(store: Store, settings: Settings, register: Any) -> None:
    assert rolled(store, settings, register, citizen_id=None) == [("R1", "D")]


def test_a_namesake_with_another_number_is_another_person(store: Store, settings: Settings, register: Any) -> None:
    assert rolled(store, settings, register, citizen_id=OTHER) == []


def test_a_number_with_two_contradictions_is_not_the_persons(store: Store, settings: Settings, register: Any) -> None:
    assert rolled(store, settings, register, name="王大山", sex="1") == []


def sources(store: Store, settings: Settings) -> list[tuple[Any, ...]]:
    link.run(store, settings)
    return store.execute("SELECT event_id, record_type, record_key, tier FROM link.police_death_source ORDER BY ALL").fetchall()


EVENT = {"event_id": "E1", "name": "尹英梅", "death_date": "2026-03-01", "registered_on": "2026-03-09", "reversed": False}
HOME = {"registered_address_text": PERSON["address_text"], "registered_address_code": "990101"}
HEALTH = {"death_cert_no": "H1", "name": "尹英梅", "citizen_id": OWN, **HOME}


def test_a_police_death_meets_the_records_of_its_person(store: Store, settings: Settings, register: Any) -> None:
    register("police_death", EVENT | {"registration_id": "R1"})
    register("health_death", HEALTH)
    register("civil_cremation", {"cremation_cert_no": "C1", "name": "尹英梅", "citizen_id": OWN, **HOME})
    assert sources(store, settings) == [("E1", "civil_cremation", "C1", "A"), ("E1", "health_death", "H1", "A")]


def test_an_event_without_a_registration_is_led_by_its_number(store: Store, settings: Settings, register: Any) -> None:
    register("police_death", EVENT | {"citizen_id": OWN})
    register("health_death", HEALTH)
    assert sources(store, settings) == [("E1", "health_death", "H1", "A")]


def test_a_number_alone_leads_to_nobody(store: Store, settings: Settings, register: Any) -> None:
    register("police_death", EVENT | {"citizen_id": OWN, "name": "王大山"})
    register("health_death", HEALTH)
    assert sources(store, settings) == []


def test_a_number_brings_its_birth_date_along_and_leads_a_stranger_to_nobody(store: Store, settings: Settings, register: Any) -> None:
    register("police_death", EVENT | {"citizen_id": OWN, "name": "王大山", "sex": "2", "birth_date": "1980-05-17"})
    link.run(store, settings)
    assert store.value("SELECT count(*) FROM link.police_death") == 0


def test_a_quoted_certificate_of_that_name_is_tier_b_and_of_another_name_tier_d(store: Store, settings: Settings, register: Any) -> None:
    register("police_death", EVENT | {"registration_id": "R1", "death_cert_no": "H1"})
    register("health_death", {"death_cert_no": "H1", "name": "尹英梅", "birth_date": "1952-01-01"})
    register("civil_cremation", {"cremation_cert_no": "C1", "death_cert_no": "H1", "name": "李秀莲", "sex": "1"})
    assert sources(store, settings) == [("E1", "civil_cremation", "C1", "D"), ("E1", "health_death", "H1", "B")]


def test_a_reversed_event_and_a_voided_certificate_meet_nothing(store: Store, settings: Settings, register: Any) -> None:
    register("police_death", EVENT | {"registration_id": "R1", "reversed": True}, EVENT | {"event_id": "E2", "death_cert_no": "H2"})
    register("health_death", HEALTH, {"death_cert_no": "H2", "name": "尹英梅", "voided": True})
    assert sources(store, settings) == []
