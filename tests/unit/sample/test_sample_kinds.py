"""Each kind alone in an empty world: its cases are there, are true, and look as its sentence says."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from reconcile import sample
from reconcile.sample.kinds import FROM, WILDNESS, Kind, discover
from reconcile.sample.slips import well_formed
from reconcile.sample.world import KEYS, Row, World

KINDS = {kind.name: kind for kind in discover()}
SIX = 6
RESIDENT, HEALTH, CERTIFICATE = "police_resident", "health_death", "health_birth"
Case = dict[str, list[Row]]


def planted(world: World, kind: Kind, listed: str) -> Iterator[Case]:
    """Groups of the truth (a finding type) or the decoys (a kind) with their rows, by extract."""
    kind.plant(world, SIX)
    rows = {
        extract: {row[key]: row for row in world.table(extract).iter_rows(named=True)}
        for extract, key in KEYS.items()
        if world.frames.get(extract)
    }
    groups: dict[str, Case] = {}
    for named, group, extract, key in world.truth if listed in {row[0] for row in world.truth} else world.decoys:
        if named == listed:
            groups.setdefault(group, {}).setdefault(extract, []).append(rows[extract][key])
    assert len(groups) >= SIX // 2
    yield from groups.values()


def records_of(world: World, case: Case) -> tuple[Row, Row]:
    """The registration of a case and the health record of the same person."""
    registration = case[RESIDENT][0]["registration_id"]
    persons = {(kind, key): person for kind, key, person in world.persons().iter_rows()}
    person = persons[RESIDENT, registration]
    health = world.table(HEALTH).filter(
        pl.col("death_cert_no").is_in([key for (kind, key), of in persons.items() if kind == HEALTH and of == person])
    )
    (record,) = health.iter_rows(named=True)
    return case[RESIDENT][0], record


def same(rows: list[Row], *columns: str) -> bool:
    return all(len({row[column] for row in rows}) == 1 and rows[0][column] for column in columns)


TWICE = {
    "former_name_is_the_other": lambda one, two: (
        same([one, two], "birth_date", "father_id", "mother_id")
        and one["name"] != two["name"]
        and (two["name"] in (one["former_names"] or "").split("，") or one["name"] == two["former_names"])
        and one["citizen_id"][:6] == two["citizen_id"][:6]
    ),
    "name_and_former_name_equal": lambda one, two: (
        same([one, two], "name", "birth_date", "former_names") and not (two["father_name"] or two["mother_name"] or two["spouse_id"])
    ),
    "fathers_name_homophone": lambda one, two: (
        same([one, two], "name", "birth_date", "mother_name")
        and one["father_name"] != two["father_name"]
        and not (one["mother_id"] or two["mother_id"])
    ),
    "spouse_equal_birth_slipped": lambda one, two: (
        same([one, two], "name", "sex", "spouse_id")
        and 1 <= abs(one["birth_date"].year - two["birth_date"].year) <= 3
        and not two["mother_name"]
    ),
    "parents_on_one_side": lambda one, two: (
        same([one, two], "name", "birth_date", "spouse_name") and one["mother_name"] and not two["mother_name"]
    ),
    "long_name_twice": lambda one, two: same([one, two], "birth_date", "father_name", "mother_name") and "·" in one["name"],
}


@pytest.mark.parametrize("name", TWICE)
def test_second_registrations(empty: World, name: str) -> None:
    for case in planted(empty, KINDS[name], "duplicate_registration"):
        one, two = case[RESIDENT]
        first, second = (one, two) if int(two["registration_id"][1:]) and two["registration_kind"] == "late_birth" else (two, one)
        assert well_formed(one["citizen_id"])
        assert well_formed(two["citizen_id"])
        assert one["citizen_id"] != two["citizen_id"]
        assert TWICE[name](first, second)


DEATHS = {
    "spreadsheet_tail_with_right_check": lambda row, told: (
        told["citizen_id"].endswith("000")
        and well_formed(told["citizen_id"])
        and told["citizen_id"][:15] == row["citizen_id"][:15]
        and told["citizen_id"] != row["citizen_id"]
    ),
    "address_stops": lambda row, told: (
        told["citizen_id"] is None
        and told["name"] == row["name"]
        and told["birth_date"] == row["birth_date"]
        and told["registered_address_text"] != row["address_text"]
    ),
    "informant_elsewhere": lambda row, told: (
        told["citizen_id"] != row["citizen_id"] and told["name"] == row["name"] and told["registered_address_text"] == row["address_text"]
    ),
    "no_birth_date": lambda row, told: (
        told["birth_date"] is None and told["citizen_id"] == row["citizen_id"] and told["name"] == row["name"]
    ),
    "long_name_death": lambda row, told: "·" in row["name"] and told["birth_date"] == row["birth_date"],
}


@pytest.mark.parametrize("name", DEATHS)
def test_deaths_not_cancelled(empty: World, name: str) -> None:
    for case in planted(empty, KINDS[name], "death_not_cancelled"):
        row, told = records_of(empty, case)
        assert row["cancel_kind"] is None
        assert DEATHS[name](row, told)


def test_an_informants_number_is_a_conflict_of_the_informant(empty: World) -> None:
    for case in planted(empty, KINDS["informant_elsewhere"], "death_evidence_conflict"):
        assert case[RESIDENT][0]["citizen_id"] == case[HEALTH][0]["citizen_id"]
        assert case[RESIDENT][0]["name"] != case[HEALTH][0]["name"]


def test_one_wrong_character_of_a_long_name(empty: World) -> None:
    for case in planted(empty, KINDS["long_name_one_character"], "detail_conflict"):
        (row,), (told,) = case[RESIDENT], case[HEALTH]
        assert row["citizen_id"] == told["citizen_id"]
        assert row["cancel_kind"] == "death"
        assert sum(a != b for a, b in zip(row["name"], told["name"], strict=True)) == 1


def test_an_item_error_of_one_child(empty: World) -> None:
    events = {row["registration_id"]: row for row in empty.table("police_birth").iter_rows(named=True)}
    for case in planted(empty, KINDS["child_item_error"], "detail_conflict"):
        (row,), (paper,) = case[RESIDENT], case[CERTIFICATE]
        event = events[row["registration_id"]]
        assert (event["birth_cert_no"], event["mother_id"]) == (paper["birth_cert_no"], paper["mother_id"])
        assert (row["sex"] != paper["sex"]) != (row["birth_date"] != paper["birth_date"])


DECOYS = {
    "twins_apart": lambda a, b: (
        same([a, b], "birth_date", "mother_id") and a["name"] != b["name"] and a["station_code"] != b["station_code"]
    ),
    "twins_of_two_counties": lambda a, b: same([a, b], "birth_date", "mother_id") and a["citizen_id"][:6] != b["citizen_id"][:6],
    "twins_of_two_homes": lambda a, b: (
        same([a, b], "birth_date", "mother_id") and a["birth_date"].year > 2008 and a["station_code"] != b["station_code"]
    ),
    "twin_without_number": lambda a, b: same([a, b], "birth_date", "mother_id") and None in {a["citizen_id"], b["citizen_id"]},
    "siblings_one_birthday": lambda a, b: (
        same([a, b], "mother_id", "father_id")
        and a["name"] != b["name"]
        and a["birth_date"].month == b["birth_date"].month
        and abs(a["birth_date"].year - b["birth_date"].year) in {1, 2}
    ),
    "namesakes_one_village": lambda a, b: (
        same([a, b], "name", "birth_date", "sex", "station_code")
        and a["address_text"] != b["address_text"]
        and a["mother_name"] != b["mother_name"]
    ),
    "namesakes_common_parents": lambda a, b: (
        same([a, b], "name", "birth_date", "mother_name") and (a["mother_id"] != b["mother_id"] or a["father_name"] != b["father_name"])
    ),
    "namesakes_with_fillers": lambda a, b: same([a, b], "name", "birth_date"),
}


@pytest.mark.parametrize("name", DECOYS)
def test_decoys_of_two(empty: World, name: str) -> None:
    for case in planted(empty, KINDS[name], name):
        one, two = case[RESIDENT]
        assert DECOYS[name](one, two)
    of = {key: person for kind, key, person in empty.persons().iter_rows() if kind == RESIDENT}
    pairs = [group for _, group, _, _ in empty.decoys]
    assert all(len({of[key] for _, group, _, key in empty.decoys if group == pair}) == 2 for pair in pairs)


@pytest.mark.parametrize("name", ["living_namesake_of_dead", "living_namesake_with_filler", "living_namesake_of_unregistered"])
def test_living_namesakes_of_the_dead(empty: World, name: str) -> None:
    living = [case[RESIDENT][0] for case in planted(empty, KINDS[name], name)]
    dead = {(row["name"], row["birth_date"]): row for row in empty.table(HEALTH).iter_rows(named=True)}
    for row in living:
        told = dead[row["name"], row["birth_date"]]
        assert row["cancel_kind"] is None
        assert told["citizen_id"] != row["citizen_id"]
        if name == "living_namesake_with_filler":
            assert told["citizen_id"] is None
            assert told["registered_address_text"] == row["address_text"]


def test_a_small_plain_world_is_what_it_was_and_a_hard_one_holds_every_kind() -> None:
    assert [kind.name for kind in KINDS.values() if kind.count(FROM - 1, hard=False)] == []
    assert all(kind.count(FROM, hard=False) == 0 for kind in KINDS.values() if kind.hard_only)
    for kind in KINDS.values():
        assert kind.count(200_000, hard=True) == WILDNESS * round(kind.rate * 200_000)


def test_a_hard_world_is_of_the_size_asked_for_and_names_each_problem_once(hard: World) -> None:
    assert abs(hard.table(RESIDENT).height / 6000 - 1) < 0.02
    groups: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for kind, group, extract, key in hard.truth:
        groups.setdefault((kind, group), set()).add((extract, key))
    seen = [(kind, frozenset(subjects)) for (kind, _), subjects in groups.items()]
    assert len(seen) == len(set(seen))


def test_deaths_and_second_registrations_planted_are_no_decoys(hard: World) -> None:
    struck = {key for kind, _, _, key in hard.truth if kind in {"death_not_cancelled", "duplicate_registration"}}
    harmless = {key for kind, _, _, key in hard.decoys if kind.startswith(("twin", "sibling", "namesake", "living", "informant"))}
    assert not struck & harmless


def test_a_larger_plain_world_holds_the_kinds() -> None:
    world = sample.make(FROM, 3)
    kinds = {row[0] for row in world.decoys}
    assert {kind.name for kind in KINDS.values() if kind.name in DECOYS and not kind.hard_only} <= kinds
