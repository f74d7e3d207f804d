"""Whole linkage of small registers: who is one person, and who must not be."""

from typing import Any

import polars as pl
import pytest
from unissued import number

from reconcile import link
from reconcile.settings import Settings
from reconcile.store import Store

BORN = "1980-05-17"
PARENTS: dict[str, Any] = {
    "father_name": "尹建国",
    "father_id": number("1955-01-02", 11),
    "mother_name": "石秀",
    "mother_id": number("1956-03-04", 12),
}


def linked(store: Store, settings: Settings) -> pl.DataFrame:
    link.run(store, settings)
    return store.frame("SELECT left_key, right_key, decision, tier, veto FROM link.registration_pair ORDER BY ALL")


def together(store: Store, *keys: str) -> bool:
    listed = list(keys)
    return store.value("SELECT count(DISTINCT person_id) FROM link.person WHERE list_contains($keys, registration_id)", keys=listed) == 1


def judge(store: Store, *verdicts: tuple[str, str], pair: tuple[str, str] = ("R1", "R2")) -> None:
    for load, (verdict, day) in enumerate(verdicts):
        store.execute(
            "INSERT INTO ops.judged_pair VALUES ('F1', $left, $right, $verdict, CAST($day AS DATE), $load)",
            left=pair[0], right=pair[1], verdict=verdict, day=day, load=load,
        )  # fmt: skip


def outcome(pairs: pl.DataFrame) -> tuple[str, str | None, str | None]:
    assert pairs.height == 1
    return pairs.select("decision", "tier", "veto").row(0)


def test_one_valid_number_and_one_name_is_tier_a(store: Store, settings: Settings, add: Any) -> None:
    one = {"name": "尹英梅", "citizen_id": number(BORN, 4)}
    add("police_resident", {"registration_id": "R1", **one}, {"registration_id": "R2", **one, "name": "尹 英梅"})
    assert outcome(linked(store, settings)) == ("match", "A", None)
    assert together(store, "R1", "R2")


def test_a_number_upgraded_from_15_digits_is_the_same_number(store: Store, settings: Settings, add: Any) -> None:
    one = {"name": "尹英梅", "citizen_id": number(BORN, 4), "citizen_id_state": "valid"}
    add("police_resident", {"registration_id": "R1", **one}, {"registration_id": "R2", **one, "citizen_id_state": "upgraded"})
    assert outcome(linked(store, settings)) == ("match", "A", None)


def test_one_number_on_two_people_is_a_shared_number(store: Store, settings: Settings, add: Any) -> None:
    shared = number(BORN, 4)
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "citizen_id": shared},
        {"registration_id": "R2", "name": "王文福", "citizen_id": shared, "sex": "1", "birth_date": "1951-02-03"},
    )
    assert outcome(linked(store, settings)) == ("non_match", None, "shared_number")
    assert not together(store, "R1", "R2")


def test_a_shared_number_gives_one_birth_date_and_still_two_people(store: Store, settings: Settings, add: Any) -> None:
    shared = number(BORN, 4)
    rows = [{"registration_id": key, "name": name, "citizen_id": shared} for key, name in (("R1", "尹英梅"), ("R2", "王文福"))]
    add("police_resident", *rows)
    assert outcome(linked(store, settings)) == ("non_match", None, "shared_number")


def test_two_numbers_a_homophone_and_the_parents_are_one_person(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "citizen_id": number(BORN, 4), **PARENTS},
        {"registration_id": "R2", "name": "尹瑛梅", "citizen_id": number(BORN, 444, "990205"), **PARENTS},
    )
    assert outcome(linked(store, settings)) == ("match", "C", None)


def test_a_lunar_birthday_and_the_parents_are_one_person(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "birth_date": "1980-08-15", "citizen_id": number("1980-08-15", 4), **PARENTS},
        {"registration_id": "R2", "name": "尹英梅", "birth_date": "1980-09-23", "citizen_id": number("1980-09-23", 4), **PARENTS},
    )
    assert outcome(linked(store, settings)) == ("match", "C", None)


def test_of_a_damaged_birth_date_and_parents_the_fathers_number_is_left(store: Store, settings: Settings, add: Any) -> None:
    other = {"name": "尹瑛梅", "birth_date": "1982-05-17", "citizen_id": number("1982-05-17", 44)}
    father = {"father_id": PARENTS["father_id"], "father_name": "尹待查"}
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "citizen_id": number(BORN, 4), **PARENTS},
        {"registration_id": "R2", **other, **father},
        {"registration_id": "R3", **other, **father, "father_id": number("1955-01-02", 31)},
    )
    pairs = linked(store, settings).filter(pl.col("left_key") == "R1")
    assert pairs["right_key"].to_list() == ["R2"]


def test_a_damaged_tail_is_tier_b(store: Store, settings: Settings, add: Any) -> None:
    own = number(BORN, 4)
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "citizen_id": own, "citizen_id_state": "valid"},
        {"registration_id": "R2", "name": "尹英梅", "citizen_id": own[:15] + "000", "citizen_id_state": "excel_tail"},
    )
    assert outcome(linked(store, settings)) == ("match", "B", None)


def test_twins_stay_two(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "citizen_id": number(BORN, 4), **PARENTS},
        {"registration_id": "R2", "name": "尹英兰", "citizen_id": number(BORN, 6), **PARENTS},
    )
    assert outcome(linked(store, settings)) == ("non_match", None, "twins")


def test_twins_who_sound_alike_and_stand_side_by_side_stay_two(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "citizen_id": number(BORN, 4), **PARENTS},
        {"registration_id": "R2", "name": "尹瑛玫", "citizen_id": number(BORN, 6), **PARENTS},
    )
    assert outcome(linked(store, settings)) == ("non_match", None, "twins")


EAST, WEST = "龙泉县城东镇东街1号", "龙泉县城西镇西街9号"


@pytest.mark.parametrize(
    "names", [("刘佳怡", "刘佳仪"), ("刘晨", "刘辰"), ("艾山·买买提", "艾山·买合买提"), ("买买提·刘", "麦麦提·刘"), ("刘佳怡", "刘佳□")]
)
@pytest.mark.parametrize(("other_number", "other_address"), [(number(BORN, 144), WEST), (number(BORN, 344, "990205"), EAST), (None, EAST)])
def test_children_of_one_birth_whose_names_are_alike_stay_two(
    store: Store, settings: Settings, add: Any, *, names: tuple[str, str], other_number: str | None, other_address: str
) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": names[0], "citizen_id": number(BORN, 122), "address_text": EAST, **PARENTS},
        {"registration_id": "R2", "name": names[1], "citizen_id": other_number, "address_text": other_address, **PARENTS},
    )
    assert outcome(linked(store, settings)) == ("non_match", None, "twins")


def test_a_homophone_registered_at_another_place_under_another_number_is_one_person(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "刘佳怡", "citizen_id": number(BORN, 122), "address_text": "龙泉县城东镇东街1号", **PARENTS},
        {
            "registration_id": "R2",
            "name": "刘佳仪",
            "citizen_id": number(BORN, 344, "990205"),
            "address_text": "青溪县城关镇2号",
            **PARENTS,
        },
    )
    assert outcome(linked(store, settings)) == ("match", "C", None)


def test_name_and_birth_date_alone_are_two_strangers(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "citizen_id": number(BORN, 4)},
        {"registration_id": "R2", "name": "尹英梅", "citizen_id": number(BORN, 444, "990205")},
    )
    assert outcome(linked(store, settings)) == ("non_match", None, "namesake")
    assert not together(store, "R1", "R2")


@pytest.mark.usefixtures("without_model")
def test_namesakes_of_one_day_with_other_parents_are_two(store: Store, settings: Settings, add: Any) -> None:
    others = {
        "father_name": "王文福",
        "father_id": number("1950-01-02", 31),
        "mother_name": "李桂兰",
        "mother_id": number("1950-03-04", 32),
    }
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", **PARENTS},
        {"registration_id": "R2", "name": "尹英梅", **others},
    )
    assert outcome(linked(store, settings)) == ("non_match", None, "namesake")


def test_a_child_named_like_its_parent_is_another_person(store: Store, settings: Settings, add: Any) -> None:
    home = {"name": "尹英梅", "address_text": "青溪县白果村5组46号"}
    add(
        "police_resident",
        {"registration_id": "R1", "birth_date": "1980-05-17", **home},
        {"registration_id": "R2", "birth_date": "2006-11-29", **home},
    )
    assert outcome(linked(store, settings)) == ("non_match", None, "parent_child")


def test_siblings_are_no_candidates_worth_a_match(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "birth_date": "1980-05-17", **PARENTS},
        {"registration_id": "R2", "name": "尹英兰", "birth_date": "1983-11-29", **PARENTS},
    )
    assert linked(store, settings).filter(pl.col("decision") == "match").is_empty()


def test_a_former_name_and_a_parent_are_one_person(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "mother_name": "石秀"},
        {"registration_id": "R2", "name": "尹玉花", "mother_name": "石秀", "former_names": "尹英梅，尹小英"},
        {"registration_id": "R3", "name": "尹玉兰", "mother_name": "石梅", "former_names": "尹小英"},
    )
    linked(store, settings)
    assert together(store, "R1", "R2")
    assert not together(store, "R1", "R3")


def test_a_station_that_says_two_people_is_believed_and_the_tier_still_says_what_the_rules_would(
    store: Store, settings: Settings, add: Any
) -> None:
    one = {"name": "尹英梅", "citizen_id": number(BORN, 4)}
    add("police_resident", {"registration_id": "R1", **one}, {"registration_id": "R2", **one})
    judge(store, ("different", "2026-11-01"))
    assert outcome(linked(store, settings)) == ("non_match", "A", "judged_different")
    assert not together(store, "R1", "R2")


def test_a_newer_answer_replaces_the_older(store: Store, settings: Settings, add: Any) -> None:
    one = {"name": "尹英梅", "citizen_id": number(BORN, 4)}
    add("police_resident", {"registration_id": "R1", **one}, {"registration_id": "R2", **one})
    judge(store, ("different", "2026-11-01"), ("same", "2026-11-05"))
    assert outcome(linked(store, settings)) == ("match", "A", None)
    assert together(store, "R1", "R2")


def test_two_stations_that_disagree_about_two_registrations_leave_them_two(store: Store, settings: Settings, add: Any) -> None:
    one = {"name": "尹英梅", "citizen_id": number(BORN, 4)}
    add("police_resident", {"registration_id": "R1", **one}, {"registration_id": "R2", **one})
    judge(store, ("different", "2026-11-01"), ("same", "2026-11-01"))
    said = [("not_an_error", "990101510000", 0), ("confirmed", "990102510000", 1)]
    answers = [{"finding_id": "F1", "outcome": what, "station_code": who, "load_id": load} for what, who, load in said]
    store.insert("ops.judgement", pl.DataFrame(answers).with_columns(verified_on=pl.date(2026, 11, 1)))
    assert outcome(linked(store, settings)) == ("non_match", "A", "judged_different")


def test_twins_who_got_one_number_stay_two(store: Store, settings: Settings, add: Any) -> None:
    shared = {"citizen_id": number(BORN, 4), "address_text": EAST, **PARENTS}
    add("police_resident", {"registration_id": "R1", "name": "尹一凡", **shared}, {"registration_id": "R2", "name": "尹二凡", **shared})
    assert outcome(linked(store, settings)) == ("non_match", None, "twins")


def test_one_parents_common_name_is_no_third_witness_against_two_valid_numbers(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "王伟", "citizen_id": number(BORN, 4), "father_name": "王建国"},
        {"registration_id": "R2", "name": "王伟", "citizen_id": number(BORN, 444, "990205"), "father_name": "王建国"},
    )
    assert not together_after(store, settings)


def together_after(store: Store, settings: Settings) -> bool:
    linked(store, settings)
    return together(store, "R1", "R2")


def test_a_station_that_says_one_person_is_believed_whatever_the_records_say(store: Store, settings: Settings, add: Any) -> None:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅"},
        {"registration_id": "R2", "name": "周国", "birth_date": "1951-02-03"},
    )
    linked(store, settings)
    assert not together(store, "R1", "R2")
    judge(store, ("same", "2026-11-01"))
    linked(store, settings)
    assert together(store, "R1", "R2")


def test_two_people_by_word_stay_two_when_a_third_record_matches_both(store: Store, settings: Settings, add: Any) -> None:
    one = {"name": "尹英梅", "citizen_id": number(BORN, 4)}
    add("police_resident", *({"registration_id": key, **one} for key in ("R1", "R2", "R3")))
    judge(store, ("different", "2026-11-01"))
    linked(store, settings)
    assert not together(store, "R1", "R2")
