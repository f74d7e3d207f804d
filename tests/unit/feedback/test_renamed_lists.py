"""A list is known by its name, else by its title and its numbers; nobody is guessed."""

import pytest
from return_desk import CONFLICT, DEATH, DUPLICATE, EAST, INVALID, WEST, answer, told

from reconcile.feedback import whose

TITLE = "{} 户籍登记核查清单　2026-11-21　共 4 条"
NAMES = {EAST: "甲县公安局城东派出所", WEST: "乙县公安局城西派出所"}


@pytest.fixture
def named(desk):
    for code, name in NAMES.items():
        desk.store.execute(
            "INSERT INTO std.station (station_code, station_name, county_code, county_name) VALUES ($code, $name, $county, $place)",
            code=code, name=name, county=code[:6], place=name[:2],
        )  # fmt: skip
    return desk


def test_title_and_numbers_say_whose_list_it_is(named):
    numbers = {"both": [DUPLICATE], "east": [INVALID, DUPLICATE], "health too": [DEATH], "of two": [INVALID, CONFLICT]}
    origins = {
        (name, title): whose.origin(named.store, "list.xlsx", TITLE.format(title) if title else "", numbers[name]).recipient
        for name in numbers
        for title in ("", NAMES[EAST], NAMES[WEST], "卫生健康部门", "核查")
    }
    expected = {
        ("both", NAMES[EAST]): EAST,
        ("both", NAMES[WEST]): WEST,
        ("east", ""): EAST,
        ("east", "核查"): EAST,
        ("east", NAMES[EAST]): EAST,
        ("health too", NAMES[EAST]): EAST,
        ("health too", "卫生健康部门"): "health",
    }
    assert {what: found for what, found in origins.items() if found} == expected


@pytest.mark.parametrize(
    ("file", "title", "day"),
    [
        (f"worklist_{EAST}_2026-11-20.xlsx", TITLE, "2026-11-20"),
        ("list.xlsx", TITLE, "2026-11-21"),
        ("list.xlsx", "", None),
        ("2026-13-45.xlsx", "", None),
    ],
)
def test_the_night_of_a_list_is_in_its_name_or_its_title(desk, file, title, day):
    found = whose.origin(desk.store, file, title, []).listed_on
    assert (found and found.isoformat()) == day


def test_a_renamed_list_is_accepted_and_one_that_may_be_of_two_is_refused_whole(named):
    title = TITLE.format(NAMES[WEST])
    whole = [answer(DUPLICATE, "非本所管辖", "11月25日", 备注="转甲县城东所"), answer(CONFLICT, "", "")]
    (receipt,) = named.take(named.csv(whole, name="清单(1).csv", above=[title]))
    assert receipt.path.parent.name == WEST
    assert "非本所管辖，转甲县公安局城东派出所，2026-11-25" in receipt.path.read_text(encoding="utf-8-sig")
    (nobody,) = named.take(named.csv([answer(DUPLICATE)], name="list.csv"))
    assert nobody.path.parent.name == "unknown"
    assert [result for _, _, result in told(nobody)] == ["退回"]
    assert named.judgements("outcome, station_code") == [("wrong_station", WEST)]


def test_a_receipt_says_that_a_note_names_no_station(named):
    (receipt,) = named.take(named.csv([answer(DUPLICATE, "非本所管辖", 备注="不是我们的"), answer(INVALID, "看过了")]))
    said = receipt.path.read_text(encoding="utf-8-sig")
    assert [result for _, _, result in told(receipt)] == ["采用", "退回"]
    assert "备注中没有认出派出所，请在备注中写明应由哪个派出所核实" in said
    assert "核实结果不在可选范围内，应为属实、已纠正、不属实、非本所管辖、无法核实之一" in said
