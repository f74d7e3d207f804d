"""The id of a person lives: nights of groupings, given as they are, against a plain oracle."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from warehouses import furnished

from reconcile.home import Home
from reconcile.link import record
from reconcile.settings import Settings
from reconcile.store import Store

FIRST = dt.date(2026, 11, 21)
Groups = list[list[str]]


def night(home: Path, number: int, groups: Groups) -> dict[str, str]:
    """Run the persons of one night; returns registration → person."""
    if number == 0:
        furnished(home)
    settings = Settings(home=Home(home), as_of=FIRST + dt.timedelta(number), threads=1)
    with Store(settings, f"run-{number}") as store:
        record.declare(store)
        keys = sorted(key for group in groups for key in group)
        store.replace("std.police_resident", pl.DataFrame({"registration_id": keys}))
        store.execute("CREATE OR REPLACE TEMP TABLE person_group (registration_id VARCHAR, leader_id VARCHAR)")
        joined = [(key, min(group)) for group in groups if len(group) > 1 for key in group]
        store.insert("person_group", pl.DataFrame(joined, schema=["registration_id", "leader_id"], orient="row"))
        store.run_file("link/person", run_id=store.run_id)
        return dict(store.execute("SELECT registration_id, person_id FROM link.person").fetchall())


def history(home: Path) -> list[tuple[object, ...]]:
    with Store(Settings(home=Home(home), as_of=FIRST)) as store:
        night_of = "as_of - DATE '2026-11-21'"
        columns = f"{night_of}, registration_id, change, other_id, person_id, registrations"
        return store.execute(f"SELECT {columns} FROM link.person_history ORDER BY ALL").fetchall()


def test_an_older_record_joins_and_the_id_stays(tmp_path: Path) -> None:
    assert night(tmp_path, 0, [["R5"], ["R9"]]) == {"R5": "R5", "R9": "R9"}
    assert night(tmp_path, 1, [["R1", "R5"], ["R9"]]) == {"R1": "R5", "R5": "R5", "R9": "R9"}
    assert history(tmp_path) == [(1, "R1", "joined", "R1", "R5", 2)]


def test_two_persons_merge_into_the_one_of_more_registrations(tmp_path: Path) -> None:
    night(tmp_path, 0, [["R1", "R2"], ["R3", "R4", "R5"]])
    assert set(night(tmp_path, 1, [["R1", "R2", "R3", "R4", "R5"]]).values()) == {"R3"}
    assert history(tmp_path)[-2:] == [(1, "R1", "merged", "R1", "R3", 5), (1, "R2", "merged", "R1", "R3", 5)]


def test_a_split_leaves_the_id_with_the_larger_part_and_founds_another(tmp_path: Path) -> None:
    night(tmp_path, 0, [["R1", "R2", "R3"]])
    assert night(tmp_path, 1, [["R1"], ["R2", "R3"]]) == {"R1": "R1~2", "R2": "R1", "R3": "R1"}
    assert history(tmp_path)[-1] == (1, "R1", "split", "R1", "R1~2", 1)
    # Together again, and apart again: the number is used up.
    assert set(night(tmp_path, 2, [["R1", "R2", "R3"]]).values()) == {"R1"}
    assert night(tmp_path, 3, [["R1"], ["R2", "R3"]])["R1"] == "R1~3"


def test_a_member_that_goes_over_takes_the_id_of_the_others(tmp_path: Path) -> None:
    night(tmp_path, 0, [["R1", "R2", "R3"], ["R4", "R5"]])
    assert night(tmp_path, 1, [["R2", "R3"], ["R1", "R4", "R5"]]) == {"R1": "R4", "R2": "R1", "R3": "R1", "R4": "R4", "R5": "R4"}


@pytest.mark.parametrize("last", [[["R0", "R2"], ["R1", "R3"]], [["R1"], ["R2"], ["R3"]]])
def test_a_night_repeated_gives_the_same_whatever_its_first_attempt_was(tmp_path: Path, last: Groups) -> None:
    once, twice = tmp_path / "once", tmp_path / "twice"
    for home in (once, twice):
        night(home, 0, [["R1", "R2", "R3"]])
    night(twice, 1, [["R1", "R2"], ["R3", "R4"]])
    expected = night(once, 1, last)
    assert [night(twice, 1, last) for _ in range(2)] == [expected, expected]
    assert history(once) == history(twice)


def expected_ids(before: dict[str, str], seen: dict[str, int], used: set[str], groups: Groups) -> dict[str, str]:
    """What the rule says, written plainly: ids to the groups that hold most of them, each group its strongest, others a new one."""
    held = [Counter(before.get(key, key) for key in group) for group in groups]

    def strength(identifier: str, place: int) -> tuple[int, int, str]:
        first = min((seen[key], key) for key in groups[place] if before.get(key, key) == identifier)
        return (-held[place][identifier], *first)

    owner = {
        identifier: min((place for place in range(len(groups)) if identifier in held[place]), key=lambda place: strength(identifier, place))
        for identifier in set().union(*held)
    }
    ids: dict[str, str] = {}
    for place, group in enumerate(groups):
        own = [identifier for identifier, winner in owner.items() if winner == place]
        number = next(number for number in range(2, 1000) if f"{min(group)}~{number}" not in used)
        chosen = min(own, key=lambda identifier: strength(identifier, place)) if own else f"{min(group)}~{number}"
        ids |= dict.fromkeys(group, chosen)
    return ids


def grouped(labels: list[int]) -> Groups:
    """Label 0 is a registration that is not there; equal labels are one person."""
    return [[f"R{place}" for place, label in enumerate(labels) if label == one] for one in sorted(set(labels) - {0})]


@trying(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=7, max_size=7).filter(any), min_size=2, max_size=5))
def test_any_nights_follow_the_rule_and_no_id_is_given_to_others(nights: list[list[int]]) -> None:
    before: dict[str, str] = {}
    present: dict[str, int] = {}
    told: list[dict[str, str]] = []
    used: set[str] = set()
    with TemporaryDirectory() as home:
        for number, groups in enumerate(map(grouped, nights)):
            present = {key: present.get(key, number) for group in groups for key in group}
            expected = expected_ids(before, present, used, groups)
            assert night(Path(home), number, groups) == expected
            before |= expected
            used |= set(expected.values())
            told.append(expected)
        rows = history(Path(home))
    for number, expected in enumerate(told):
        past = {str(row[1]): row[4] for row in rows if int(str(row[0])) <= number}
        assert {key: past.get(key, key) for key in expected} == expected
