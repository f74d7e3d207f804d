"""Two registrations with two numbers that state the same parents: one person, or two of their children."""

from typing import Any

import polars as pl
import pytest
from unissued import number

from reconcile import link
from reconcile.link.decide import registration
from reconcile.link.decide.rule import Floors
from reconcile.link.jobs import REGISTRATION
from reconcile.settings import Settings
from reconcile.store import Store

BORN = "1980-05-17"
PARENTS = {"father_name": "尹建国", "mother_name": "石秀"}


def tier(store: Store, settings: Settings) -> str | None:
    """Tier of the only pair."""
    link.run(store, settings)
    return store.value("SELECT tier FROM link.registration_pair")


@pytest.mark.parametrize(("former", "expected"), [("尹英梅", "C"), ("尹小梅", None)])
def test_who_bears_the_former_name_of_the_other_is_no_twin(
    store: Store, settings: Settings, add: Any, former: str, expected: str | None
) -> None:
    """唐桐怡, formerly 唐菲菲, and 唐菲菲: both parents' numbers, one birth date and two numbers of one place are a twin's too."""
    one = {"father_id": number("1950-03-01", 3), "mother_id": number("1952-04-02", 4)}
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "citizen_id": number(BORN, 4), **one},
        {"registration_id": "R2", "name": "尹玉花", "citizen_id": number(BORN, 6), "former_names": former, **one},
    )
    assert tier(store, settings) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [(("尼亚孜·赛买提", "尼亚孜"), "C"), (("帕尔哈提·赛买提", "赛买提·帕尔哈提"), "C"), (("尼亚孜·赛买提", "热合曼·赛买提"), None)],
    ids=["no father's name", "other order", "another given name"],
)
def test_children_of_one_birth_do_not_share_a_given_name(
    store: Store, settings: Settings, add: Any, names: tuple[str, str], expected: str | None
) -> None:
    one = {"father_id": number("1950-03-01", 3), "mother_id": number("1952-04-02", 4)}
    add(
        "police_resident",
        *({"registration_id": f"R{at}", "name": name, "citizen_id": number(BORN, at), **one} for at, name in enumerate(names, 4)),
    )
    assert tier(store, settings) == expected


@pytest.mark.parametrize(("parents", "expected"), [
    ({"father_name": "尹剑国", "mother_name": "石秀"}, "C"),
    ({"father_name": "尹剑国", "mother_name": "石绣"}, None),
    ({"father_name": "周志东", "mother_name": "石秀"}, None),
])  # fmt: skip
@pytest.mark.usefixtures("without_model")
def test_a_homophone_of_the_fathers_name_beside_the_mothers_is_one_father(
    store: Store, settings: Settings, add: Any, parents: dict[str, str], expected: str | None
) -> None:
    one = {"name": "尹英梅", **PARENTS}
    add(
        "police_resident",
        {"registration_id": "R1", "citizen_id": number(BORN, 4), **one},
        {"registration_id": "R2", "citizen_id": number(BORN, 444, "990205"), **one, **parents},
    )
    assert (tier(store, settings) == "C") == (expected == "C")


@pytest.mark.parametrize("born", ["2018-07-11", "1998-07-11"])
def test_children_of_two_homes_in_two_spellings_are_left_to_twins(store: Store, settings: Settings, add: Any, born: str) -> None:
    """阿不力米提 and 阿不力米特, numbered at one place and day, both parents by number: parents who part take a child each."""
    one = {"father_id": number("1980-03-01", 3), "mother_id": number("1982-04-02", 4), "birth_date": born, "registered_on": born}
    homes = ("龙泉县城东镇枫坳村9组8号", "石坪县城关镇大湾村2组3号")
    add(
        "police_resident",
        {"registration_id": "R1", "name": "阿不力米提·木拉提", "citizen_id": number(born, 4), "address_text": homes[0], **one},
        {"registration_id": "R2", "name": "阿不力米特·木拉提", "citizen_id": number(born, 6), "address_text": homes[1], **one},
        {"registration_id": "R3", "name": "石梅", "birth_date": "2026-01-01", "registered_on": "2026-02-01"},
    )
    assert tier(store, settings) is None


@pytest.mark.parametrize(("spouse", "expected"), [(None, None), (number("1979-01-01", 1), "C")])
def test_a_character_unread_is_where_twins_differ_unless_one_spouse_says_otherwise(
    store: Store, settings: Settings, add: Any, spouse: str | None, expected: str | None
) -> None:
    """王志明 and 王志*, of two counties, both parents by number."""
    one = {"father_id": number("1950-03-01", 3), "mother_id": number("1952-04-02", 4), "spouse_id": spouse}
    add(
        "police_resident",
        {"registration_id": "R1", "name": "王志明", "citizen_id": number(BORN, 4), **one},
        {"registration_id": "R2", "name": "王志*", "citizen_id": number(BORN, 444, "990205"), **one},
    )
    assert tier(store, settings) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "C"),
        ({"birth_date_level": "generation"}, None),
        ({"spouse_level": "name"}, None),
        ({"name_level": "sound"}, None),
        ({"name_frequency": "very_common"}, None),
        ({"probability": 0.89}, None),
    ],
)
def test_nobody_marries_two_people_of_one_name(changed: dict[str, Any], expected: str | None) -> None:
    """1957-01-29 and 1960-01-28, one spouse by number: no known slip makes one date of the other."""
    levels = {"number_level": "different", "birth_date_level": "different", "spouse_level": "number", "name_frequency": "common"}
    assert tier_of(levels | {"probability": 0.95} | changed) == expected


@pytest.mark.parametrize(("father", "expected"), [("name", "C"), ("sound", "C"), ("similar", None), ("different", None)])
def test_a_father_of_nearly_the_name_is_no_second_witness(father: str, expected: str | None) -> None:
    """王建国 and 王建军 with one mother's name, numbered at one place and day: namesakes whose mothers bear one name."""
    levels = {"number_level": "place_day", "birth_date_level": "equal", "name_frequency": "uncommon"}
    parents = {"father_level": father, "mother_level": "name", "father_frequency": "common", "mother_frequency": "common"}
    assert tier_of(levels | parents | {"probability": 0.92}) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "C"),
        ({"father_level": "name"}, "C"),
        ({"father_level": "similar"}, None),
        ({"father_level": "missing"}, None),
        ({"birth_date_level": "near"}, "D"),
        ({"sex_level": "different"}, None),
        ({"name_level": "sound"}, None),
        ({"probability": 0.89}, None),
    ],
)
def test_two_parents_are_two_witnesses_however_many_bear_their_names(changed: dict[str, Any], expected: str | None) -> None:
    """杨生朋 and 杨生明, and a mother called 王秀英, beside one name and birth date and two valid numbers."""
    many = dict.fromkeys(("name_frequency", "father_frequency", "mother_frequency"), "very_common")
    levels = {"number_level": "different", "birth_date_level": "equal", "father_level": "sound", "mother_level": "name"}
    assert tier_of(levels | many | {"probability": 0.95} | changed) == expected


@pytest.mark.parametrize(
    ("relatives", "expected"),
    [
        (("spouse_name", "石秀", "石秀"), "C"),
        (("spouse_name", "石秀", "石兰"), None),
        (("father_name", "石秀", "石秀"), "D"),
        (("mother_name", "石秀", "石秀"), "C"),
    ],
)
def test_who_bears_one_name_and_states_one_relative_is_met_whatever_the_year_of_birth(
    store: Store, settings: Settings, add: Any, relatives: tuple[str, str, str], expected: str | None
) -> None:
    """Born in 1980 and in 1990, with a number each of another county: a digit of the year is wrong."""
    column, first, second = relatives
    off = {"birth_date": "1990-05-17", "citizen_id": number("1990-05-17", 444, "990205")}
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "birth_date": BORN, "citizen_id": number(BORN, 4), column: first},
        {"registration_id": "R2", "name": "尹英梅", **off, column: second},
    )
    assert tier(store, settings) == expected


TWINS = {"name_level": "one_char", "number_level": "different", "birth_date_level": "equal", "father_level": "name", "mother_level": "name"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ("non_match", None, "twins")),
        ({"number_level": "missing"}, ("non_match", None, "twins")),
        ({"birth_date_level": "one_digit"}, ("non_match", None, "twins")),
        ({"name_level": "sound"}, ("match", "C", None)),
        ({"spouse_level": "number"}, ("match", "C", None)),
        ({"number_level": "one_edit"}, ("match", "B", None)),
    ],
)
def test_names_of_twins_are_two_in_two_homes_and_counties_too(changed: dict[str, Any], expected: tuple[str | None, ...]) -> None:
    """张雨成 and 张雨怡, numbered in two counties, a child with each parent: on another register 11 of 12 were listed as one person."""
    assert outcome_of(TWINS | {"probability": 0.997} | changed) == expected


@pytest.mark.parametrize(("probability", "veto"), [(0.4, None), (0.09, "twins")])
def test_what_is_merely_likelier_than_one_person_tears_no_group_of_three(probability: float, veto: str | None) -> None:
    levels = TWINS | {"name_level": "sound", "number_level": "different_unproven", "explanation": "birth"}
    assert outcome_of(levels | {"probability": probability}) == ("non_match", None, veto)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ("non_match", None, "twins")),
        ({"spouse_level": "name"}, ("match", "B", None)),
        ({"name_level": "equal"}, ("match", "A", None)),
        ({"address_level": "different"}, ("match", "B", None)),
    ],
)
def test_one_number_in_one_house_on_two_names_of_twins_is_of_two(changed: dict[str, Any], expected: tuple[str | None, ...]) -> None:
    """杨欣妍 and 杨欣华, children of 杨欣, whose own names hold the father's; one of them is dead."""
    levels = {"name_level": "one_char", "number_level": "equal", "birth_date_level": "equal", "address_level": "house"}
    assert outcome_of(levels | {"probability": 0.999} | changed) == expected


def tier_of(pattern: dict[str, Any]) -> str | None:
    """Tier of pairs of one name and sex that show these levels; what is not stated is missing."""
    return outcome_of(pattern)[1]


def outcome_of(pattern: dict[str, Any]) -> tuple[str | None, ...]:
    """Decision, tier and veto of them."""
    levels = {f"{field}_level": "missing" for field in REGISTRATION.fields}
    frequencies = {f"{field}_frequency": None for field in REGISTRATION.weighed_by_frequency}
    shown = levels | frequencies | {"name_level": "equal", "sex_level": "equal", "explanation": "person"} | pattern
    return registration.decide(pl.DataFrame([shown]), Floors(0.9, 0.9)).select("decision", "tier", "veto").row(0)
