"""Whose death the police registered: the registration that the event names, else the one person who has its number and name."""

import datetime as dt

import pytest
from cases import insert
from warehouses import furnished, undone

from reconcile.settings import Settings
from reconcile.store import Store

NUMBER = "990101198005170042"
LIVING = {"name": "尹英梅", "sex": "2", "birth_date": "1980-05-17"}
FILES = [
    {"registration_id": "R1", "citizen_id": NUMBER, **LIVING},
    {"registration_id": "R2", "citizen_id": "990101197001010029", **LIVING, "former_names": "尹小梅"},
]
EVENT = {"event_id": "E1", "registration_id": "", "citizen_id": NUMBER, **LIVING}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    home = furnished(tmp_path_factory.mktemp("police_death") / "home")
    with Store(Settings(home=home, as_of=dt.date(2026, 11, 21), threads=1)) as store:
        yield store


@pytest.fixture
def store(warehouse):
    with undone(warehouse):
        yield warehouse


def led_to(store, event, *more, persons=None):
    """Person that the event is of; none where it leads to nobody."""
    files = [*FILES, *more]
    insert(store, "std.police_resident", files)
    known = {row["registration_id"]: row["registration_id"] for row in files} | (persons or {})
    insert(store, "link.person", [{"registration_id": key, "person_id": person} for key, person in known.items()])
    insert(store, "std.police_death", [EVENT | event])
    store.run_file("link/police_death")
    return [person for (person,) in store.execute("SELECT person_id FROM link.police_death").fetchall()]


@pytest.mark.parametrize(
    ("event", "person"),
    [
        ({"registration_id": "R2"}, ["R2"]),
        ({"registration_id": "R2", "reversed": "true"}, []),
        ({}, ["R1"]),
        ({"reversed": "true"}, []),
        ({"registration_id": "R9"}, ["R1"]),
        ({"name": "王大山"}, []),
        ({"citizen_id": "990101197001010029", "name": "尹小梅"}, ["R2"]),
        ({"name": "尹英"}, ["R1"]),
        ({"name": "尹英", "sex": "1"}, []),
        ({"name": "尹英", "birth_date": "1980-05-18"}, []),
        ({"name": "尹"}, []),
    ],
)
def test_an_event_leads_to_the_registration_it_names_else_to_the_one_person_of_its_number_and_name(store, event, person):
    assert led_to(store, event) == person


def test_a_number_of_two_persons_leads_to_neither_and_one_of_two_registrations_to_their_person(store):
    other = {"registration_id": "R3", "citizen_id": NUMBER, "name": "尹英梅", "sex": "1", "birth_date": "2003-09-09"}
    assert led_to(store, {}, other) == []
    store.execute("DELETE FROM std.police_resident; DELETE FROM std.police_death; DELETE FROM link.person")
    assert led_to(store, {}, other, persons={"R3": "R1"}) == ["R1"]
