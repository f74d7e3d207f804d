"""Names, numbers and slips of the generator."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from reconcile.sample import names, slips
from reconcile.sample.numbers import check_character, mistyped, number, numbers
from reconcile.sample.people import TWIN
from reconcile.sample.slips import well_formed
from reconcile.sample.world import World


@pytest.mark.parametrize(("body", "check"), [("11010519491231002", "X"), ("44052418800101001", "4")])
def test_check_characters_of_published_specimens(body: str, check: str) -> None:
    assert check_character(body) == check


def test_many_numbers_agree_with_one_by_one() -> None:
    born = [dt.date(1964, 2, 29), dt.date(2026, 1, 1)]
    made = numbers(np.array([990101, 1301]), pl.Series(born), np.array([7, 100]))
    assert made.to_list() == [number("990101", born[0], 7), number("001301", born[1], 100)]


def test_a_mistyped_number_keeps_birth_date_and_sex_but_not_its_check() -> None:
    rng = np.random.default_rng(1)
    right = number("990101", dt.date(1970, 5, 6), 123)
    for _ in range(50):
        wrong = mistyped(rng, right)
        assert (wrong[6:14], wrong[16]) == (right[6:14], right[16])
        assert not well_formed(wrong)


def test_the_population_has_right_and_unique_numbers(world: World) -> None:
    people = world.people
    assert people.citizen_id.n_unique() == people.size
    assert all(well_formed(value) for value in people.citizen_id)
    assert (people.citizen_id.str.slice(16, 1).cast(pl.Int64).to_numpy() % 2 == people.sex % 2).all()


def test_twins_have_one_birthday_and_neighbouring_numbers(world: World) -> None:
    people = world.people
    for pid in np.flatnonzero(people.role == TWIN):
        first = people.member[people.household[pid], 2]
        assert people.birth[pid] == people.birth[first]
        assert 0 < int(people.citizen_id[int(pid)][14:17]) - int(people.citizen_id[int(first)][14:17]) <= 3


def test_parents_are_grown(world: World) -> None:
    people = world.people
    for parent in (people.father, people.mother):
        known = parent >= 0
        assert ((people.birth[known] - people.birth[parent[known]]) > 17.9 * 365).all()


def test_surnames_are_as_frequent_as_in_china() -> None:
    drawn = names.surnames(np.random.default_rng(1), 200_000)
    share = np.bincount(drawn) / len(drawn)
    assert 0.27 < share[:5].sum() < 0.34
    assert 0.02 < (share**2).sum() < 0.033


@pytest.mark.parametrize(("sex", "year"), [(1, 1931), (2, 1965), (1, 1990), (2, 2015)])
def test_a_name_drawn_alone_is_the_one_drawn_among_many(sex: int, year: int) -> None:
    for seed in range(30):
        alone, many = np.random.default_rng(seed), np.random.default_rng(seed)
        surname = names.SURNAMES[int(names.surnames(many, 1)[0])]
        assert names.draw(alone, sex, year) == surname + names.given(many, np.array([sex]), np.array([year]))[0]
        assert alone.random() == many.random()


def test_some_names_have_a_separator(world: World) -> None:
    assert 0.015 < world.people.name.str.contains(names.SEPARATOR).mean() < 0.05


def test_a_misheard_name_differs_in_one_character() -> None:
    rng = np.random.default_rng(1)
    for name in ("张伟", "欧阳若汐", "买买提·依明", "李䶮"):
        other = names.misheard(rng, name)
        assert sum(a != b for a, b in zip(name, other, strict=True)) == 1
        assert other[0] == name[0]


@pytest.mark.parametrize(
    "birth", [dt.date(1988, 2, 29), dt.date(1990, 12, 31), dt.date(1975, 4, 30), dt.date(2001, 1, 1), dt.date(1980, 5, 5)]
)
def test_slips_give_another_date_that_exists(birth: dt.date) -> None:
    rng = np.random.default_rng(1)
    assert all(slips.wrong_birth(rng, birth) != birth for _ in range(40))


def test_a_lunar_date_read_as_solar() -> None:
    assert slips.lunar_digits(dt.date(2026, 2, 17)) == dt.date(2026, 1, 1)


def test_damage_of_spreadsheets() -> None:
    right = number("990101", dt.date(1990, 1, 1), 123)
    assert slips.excel_tail(right) == right[:15] + "000"
    assert int(slips.float_damage("990101199001011234")) % 128 == 0
    assert slips.fifteen(right) == "990101" + "900101" + "123"
