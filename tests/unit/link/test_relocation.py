"""Which person an entry of the relocation roll is of: the one that is clearly the best, else nobody can tell."""

import datetime as dt

import pytest
from cases import create_link_tables, insert
from warehouses import furnished, undone

from reconcile.settings import Settings
from reconcile.store import Store

AHEAD = 5.9
"""Bits that the best has to be heavier than the next, as the costs have it."""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    with Store(Settings(home=furnished(tmp_path_factory.mktemp("roll") / "home"), as_of=dt.date(2026, 11, 21), threads=1)) as store:
        create_link_tables(store)
        yield store


@pytest.fixture
def store(warehouse):
    with undone(warehouse):
        yield warehouse


def relocated(store, *pairs, persons=None):
    """Person and tier of the entry, from pairs of a registration, its tier, weight and decision."""
    known = {key: key for key, *_ in pairs} | (persons or {})
    insert(store, "link.person", [{"registration_id": key, "person_id": person} for key, person in known.items()])
    rows = [
        {
            "left_type": "relocation_roll",
            "left_key": "L1",
            "right_key": key,
            "tier": tier,
            "match_weight": str(weight),
            "decision": decision,
        }
        for key, tier, weight, decision in pairs
    ]
    insert(store, "link.relocation_pair", rows)
    store.run_file("link/relocation", bits_ahead=AHEAD)
    return store.execute("SELECT person_id, tier FROM link.relocation").fetchall()


@pytest.mark.parametrize(("next_weight", "tier"), [(20, "D"), (14.2, "D"), (14, "B")])
def test_the_best_of_two_has_to_be_far_ahead(store, next_weight, tier):
    assert relocated(store, ("R1", "B", 20, "match"), ("R2", "D", next_weight, "match")) == [("R1", tier)]


def test_two_registrations_of_one_person_stand_in_nobodys_way(store):
    both = ("R1", "B", 20, "match"), ("R2", "A", 19, "match")
    assert relocated(store, *both, persons={"R2": "R1"}) == [("R1", "A")]


def test_who_is_no_match_stands_in_nobodys_way_and_is_nobody(store):
    assert relocated(store, ("R1", "B", 20, "match"), ("R2", None, 25, "non_match")) == [("R1", "B")]
    store.execute("DELETE FROM link.relocation_pair; DELETE FROM link.person")
    assert relocated(store, ("R2", None, 25, "non_match")) == []
