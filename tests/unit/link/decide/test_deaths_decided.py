"""Whole linkage of deaths: whose registration, and whose not."""

from typing import Any

import pytest
from unissued import number

from reconcile import link
from reconcile.settings import Settings
from reconcile.store import Store

OWN = number("1980-05-17", 4)
INFORMANT = number("2003-09-09", 33)
HOME = {"registered_address_text": "青溪县白果村5组46号", "registered_address_code": "990101"}
DEAD = {"name": "尹英梅", "citizen_id": OWN, **HOME}


@pytest.fixture
def register(add: Any) -> Any:
    add(
        "police_resident",
        {"registration_id": "R1", "name": "尹英梅", "citizen_id": OWN, "address_text": HOME["registered_address_text"]},
        {"registration_id": "R2", "name": "王文福", "citizen_id": INFORMANT, "sex": "1", "birth_date": "2003-09-09"},
    )
    return add


def deaths(store: Store, settings: Settings) -> list[tuple[Any, ...]]:
    link.run(store, settings)
    return store.execute("SELECT health_key, cremation_key, registration_id, tier FROM link.death ORDER BY ALL").fetchall()


def conflicts(store: Store) -> list[tuple[Any, ...]]:
    return store.execute("SELECT * FROM link.death_conflict ORDER BY ALL").fetchall()


def test_number_name_sex_and_birth_date_are_tier_a(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", **DEAD})
    assert deaths(store, settings) == [("H1", None, "R1", "A")]


def test_a_tolerated_name_and_two_sources_are_tier_a(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", **DEAD, "birth_date": None})
    register("civil_cremation", {"cremation_cert_no": "C1", "death_cert_no": "H1", **DEAD, "birth_date": None})
    assert deaths(store, settings) == [("H1", "C1", "R1", "A")]


@pytest.mark.parametrize("dated", [{}, {"birth_date": None}], ids=["dated", "undated"])
def test_two_sources_of_which_one_contradicts_are_tier_b(store: Store, settings: Settings, register: Any, dated: dict[str, None]) -> None:
    register("health_death", {"death_cert_no": "H1", **DEAD, **dated})
    register("civil_cremation", {"cremation_cert_no": "C1", "death_cert_no": "H1", **DEAD, **dated, "sex": "1"})
    assert deaths(store, settings) == [("H1", "C1", "R1", "B")]


def test_one_source_without_a_birth_date_is_tier_b(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", **DEAD, "birth_date": None})
    assert deaths(store, settings) == [("H1", None, "R1", "B")]


def test_a_known_slip_is_the_same_person(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", **DEAD, "name": "尹瑛梅", "birth_date": "1980-05-19"})
    assert deaths(store, settings) == [("H1", None, "R1", "B")]
    assert conflicts(store) == []


def test_an_informants_number_is_a_conflict_and_the_dead_person_is_found_without_it(
    store: Store, settings: Settings, register: Any
) -> None:
    register("health_death", {"death_cert_no": "H1", **DEAD, "citizen_id": INFORMANT})
    assert deaths(store, settings) == [("H1", None, "R1", "C")]
    assert conflicts(store) == [("health_death", "H1", "R2")]


def test_one_contradiction_alone_is_no_conflict(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", **DEAD, "sex": "1"})
    assert deaths(store, settings) == [("H1", None, "R1", "B")]
    assert conflicts(store) == []


def test_an_age_far_off_contradicts_where_no_birth_date_does(store: Store, settings: Settings, register: Any) -> None:
    other = {"name": "尹建国", "birth_date": None, "citizen_id": OWN, "age": 78, **HOME}
    register("health_death", {"death_cert_no": "H1", **other}, {"death_cert_no": "H2", **other, "age": 45})
    found = {row[0]: row[2:] for row in deaths(store, settings)}
    assert found["H1"] == (None, None)
    assert found["H2"] == ("R1", "D")
    assert conflicts(store) == [("health_death", "H1", "R1")]


def test_a_number_alone_is_never_shown_to_a_station(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", "name": "石桂兰", "birth_date": None, "citizen_id": OWN})
    assert deaths(store, settings) == [("H1", None, "R1", "D")]


def test_an_informants_number_does_not_merge_two_dead(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", **DEAD, "citizen_id": INFORMANT})
    other = {"name": "石桂兰", "birth_date": "1941-01-02", "citizen_id": INFORMANT, "death_date": "2026-03-02"}
    register("civil_cremation", {"cremation_cert_no": "C1", **other})
    found = deaths(store, settings)
    assert [row[:2] for row in found] == [("H1", None), (None, "C1")]
    assert len(conflicts(store)) == 2


def test_a_cremation_with_the_number_of_another_dead_person_proves_no_second_death(store: Store, settings: Settings, register: Any) -> None:
    sister = DEAD | {"name": "尹英兰", "death_date": "2026-07-01"}
    register("civil_cremation", {"cremation_cert_no": "C1", **sister})
    assert deaths(store, settings) == [(None, "C1", "R1", "B")]
    register("health_death", {"death_cert_no": "H1", **DEAD})
    assert deaths(store, settings) == [("H1", None, "R1", "A"), (None, "C1", "R1", "D")]


def test_a_number_that_two_registrations_share_is_the_dead_persons_own(store: Store, settings: Settings, register: Any) -> None:
    other = {"name": "石文福", "sex": "1", "birth_date": "2003-09-09", "citizen_id": OWN}
    namesake = {"name": "尹英梅", "citizen_id": number("1980-05-17", 612), "address_text": HOME["registered_address_text"]}
    register("police_resident", {"registration_id": "R3", **other}, {"registration_id": "R4", **namesake})
    register("health_death", {"death_cert_no": "H1", **DEAD})
    assert deaths(store, settings) == [("H1", None, "R1", "A")]
    assert store.execute("SELECT right_key FROM link.death_pair WHERE decision = 'conflict'").fetchall() == [("R3",)]
    assert conflicts(store) == []
    # It is nobody else's, so that it speaks against a namesake in the same house.
    assert store.execute("SELECT right_key FROM link.death_pair WHERE decision = 'match' AND tier <> 'D'").fetchall() == [("R1",)]


def test_without_a_number_name_and_birth_date_need_the_address(store: Store, settings: Settings, register: Any) -> None:
    nameless = {"name": "尹英梅", "citizen_id": None}
    register(
        "health_death",
        {"death_cert_no": "H1", **nameless, **HOME},
        {"death_cert_no": "H2", **nameless, "registered_address_code": "990205", "death_date": "2025-01-01"},
    )
    found = {row[0]: row[2:] for row in deaths(store, settings)}
    assert found["H1"] == ("R1", "C")
    assert found["H2"][1] in ("D", None)


def test_a_namesake_with_a_number_of_his_own_is_somebody_else(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", "name": "尹英梅", "citizen_id": number("1980-05-17", 400, "990299")})
    assert deaths(store, settings) == [("H1", None, None, None)]


def test_the_subject_is_the_active_registration_else_the_one_cancelled_last(store: Store, settings: Settings, register: Any) -> None:
    one = {"name": "尹英梅", "citizen_id": OWN, "cancel_kind": "moved_out"}
    register("police_resident", {"registration_id": "R0", **one, "cancelled_on": "2020-01-01"})
    register("health_death", {"death_cert_no": "H1", **DEAD})
    assert deaths(store, settings) == [("H1", None, "R1", "A")]
    store.execute("UPDATE std.police_resident SET cancel_kind = 'death', cancelled_on = DATE '2019-01-01' WHERE registration_id = 'R1'")
    assert deaths(store, settings) == [("H1", None, "R0", "A")]


@pytest.mark.parametrize(("living", "tier"), [(["R5"], "C"), (["R5", "R6"], "D")])
def test_two_people_who_fit_alike_are_nobodys_death(store: Store, settings: Settings, register: Any, living: list[str], tier: str) -> None:
    file = {"name": "李桂兰", "birth_date": "1950-01-02", "address_text": "龙泉县白果村2组"}
    numbers = {"R5": number("1950-01-02", 11), "R6": number("1950-01-02", 13)}
    register("police_resident", *[{"registration_id": key, **file, "citizen_id": numbers[key]} for key in living])
    record = {"name": "李桂兰", "birth_date": "1950-01-02", "registered_address_text": "龙泉县白果村2组"}
    register("health_death", {"death_cert_no": "H1", **record})
    assert deaths(store, settings) == [("H1", None, "R5", tier)]


def test_voided_certificates_take_no_part(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", **DEAD, "voided": True})
    assert deaths(store, settings) == []


def test_signs_of_life_are_kept_without_reversed_rows(store: Store, settings: Settings, register: Any) -> None:
    move = {"name": "尹英梅", "station_code": "990101510000", "registration_id": "R1"}
    register("police_move_in", {"event_id": "M1", **move, "moved_in_on": "2026-04-01", "reversed": False})
    register("police_move_in", {"event_id": "M2", **move, "moved_in_on": "2026-05-01", "reversed": True})
    child = {"name": "尹小明", "sex": "1", "birth_date": "2026-06-01", "registered_on": "2026-06-20", "reversed": False}
    register("police_birth", {"event_id": "B1", **child, "mother_id": OWN}, {"event_id": "B2", **child, "father_id": OWN})
    link.run(store, settings)
    found = store.execute("SELECT registration_id, kind, record_key FROM link.activity ORDER BY ALL").fetchall()
    assert found == [("R1", "birth_as_mother", "B1"), ("R1", "move_in", "M1")]


BROTHERS = {"sex": "1", "birth_date": "1980-05-17", "address_text": HOME["registered_address_text"]}


@pytest.mark.parametrize("elsewhere", [{}, {"address_text": "青溪县城西镇东风路9号"}], ids=["one home", "two homes"])
def test_the_number_of_a_brother_who_reported_it_is_not_his_death(
    store: Store, settings: Settings, add: Any, elsewhere: dict[str, str]
) -> None:
    living, dead = number("1980-05-17", 11), number("1980-05-17", 13)
    add(
        "police_resident",
        {"registration_id": "R1", "name": "石一凡", "citizen_id": living, **BROTHERS},
        {"registration_id": "R2", "name": "石二凡", "citizen_id": dead, "cancel_kind": "death", "cancelled_on": "2026-03-01", **BROTHERS}
        | elsewhere,
    )
    add("health_death", {"death_cert_no": "H1", "name": "石二凡", "citizen_id": living, "sex": "1", **HOME})
    assert [tier for *_, tier in deaths(store, settings)] == ["D"]


@pytest.mark.parametrize(
    "record",
    [
        {"name": "尹英梅", "citizen_id": None, "registered_address_code": "990101", "registered_address_text": "青溪县城西镇东风路9号"},
        {"name": "尹瑛玫", "citizen_id": None, **HOME},
        {"name": "尹英?", "citizen_id": None, **HOME},
        {"name": "尹英梅", "citizen_id": None, "birth_date": None, "age": 45, **HOME},
        {"name": "尹英兰", "citizen_id": number("1980-05-17", 6)[:15] + "000", "citizen_id_state": "excel_tail", **HOME},
        {"name": "尹英梅", "citizen_id": number("1955-02-03", 8, "990299"), "registered_address_code": "990101"},
        {"name": "尹国栋", "citizen_id": OWN, **HOME},
        {"name": "尹英兰", "citizen_id": OWN, "birth_date": None, **HOME},
    ],
    ids=["county only", "homophone", "unread", "age only", "twin's tail", "another's number", "another name", "sister, no date"],
)
def test_what_could_be_somebody_elses_death_is_never_shown_to_a_station(
    store: Store, settings: Settings, register: Any, record: dict[str, Any]
) -> None:
    register("health_death", {"death_cert_no": "H1", **record})
    assert [tier for *_, tier in deaths(store, settings)] in ([None], ["D"])


def test_what_proves_a_death_of_one_registration_is_a_lead_for_the_other_one_of_the_person(
    store: Store, settings: Settings, add: Any
) -> None:
    parents = {"father_id": number("1950-03-03", 3), "mother_id": number("1952-03-03", 4), "birth_date": "1980-05-17"}
    add(
        "police_resident",
        {"registration_id": "R1", "name": "刘佳怡", "citizen_id": OWN, **parents, "cancel_kind": "death", "cancelled_on": "2026-03-05"},
        {"registration_id": "R2", "name": "刘佳仪", "citizen_id": number("1980-05-17", 8, "990202"), **parents},
    )
    add("health_death", {"death_cert_no": "H1", "name": "刘佳怡", "citizen_id": OWN})
    assert [(registration, tier) for _, _, registration, tier in deaths(store, settings) if registration == "R2" and tier != "D"] == []


def test_two_numbers_that_lost_their_tail_are_not_one_number(store: Store, settings: Settings, add: Any) -> None:
    lost = {"citizen_id": OWN[:15] + "000", "citizen_id_state": "excel_tail"}
    add("police_resident", {"registration_id": "R1", "name": "王秀英", **lost})
    add("health_death", {"death_cert_no": "H1", "name": "王秀芳", **lost})
    assert all(tier in (None, "D") for *_, tier in deaths(store, settings))


def test_a_homophone_with_another_birth_date_is_another_person(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", **DEAD, "name": "尹瑛梅", "birth_date": "1971-11-02"})
    assert deaths(store, settings) == [("H1", None, None, None)]
    assert conflicts(store) == [("health_death", "H1", "R1")]


def test_a_bonded_record_with_the_number_of_another_person_proves_nothing(store: Store, settings: Settings, register: Any) -> None:
    own = {"name": "尹英梅", "citizen_id": number("1980-05-17", 6, "990303")}
    register("health_death", {"death_cert_no": "H1", **own})
    register("civil_cremation", {"cremation_cert_no": "C1", "death_cert_no": "H1", "name": "尹英梅", "citizen_id": OWN})
    assert [tier for _, _, registration, tier in deaths(store, settings) if registration == "R1" and tier != "D"] == []


SHORT = {"name": "尹英梅", "citizen_id": None, "registered_address_text": "青溪县城关镇", "registered_address_code": "990101"}
"""A record without a number whose address ends at the town, which many addresses do that stand for none."""
NAMESAKE = {"registration_id": "R3", "name": "尹英梅", "citizen_id": number("1980-05-17", 612), "address_text": "青溪县白果村2组9号"}


def test_a_rare_name_and_the_county_single_out_a_registration(store: Store, settings: Settings, register: Any) -> None:
    register("health_death", {"death_cert_no": "H1", **SHORT})
    assert deaths(store, settings) == [("H1", None, "R1", "C")]


@pytest.mark.parametrize("change", [{}, {"cancel_kind": "death", "cancelled_on": "2026-03-02"}, {"name": "尹瑛梅"}])
def test_nobody_is_singled_out_beside_a_namesake_of_one_birth_date(
    store: Store, settings: Settings, register: Any, change: dict[str, str]
) -> None:
    register("police_resident", NAMESAKE | change)
    register("health_death", {"death_cert_no": "H1", **SHORT})
    assert [row[3] for row in deaths(store, settings)] in ([None], ["D"])


@pytest.mark.parametrize(
    "change",
    [
        {"birth_date": None, "age": 45},
        {"sex": "1"},
        {"name": "尹瑛梅"},
        {"registered_address_text": "云岭县城关镇", "registered_address_code": None},
    ],
)
def test_the_county_alone_is_no_third_witness_where_another_is_weak(
    store: Store, settings: Settings, register: Any, change: dict[str, Any]
) -> None:
    register("health_death", {"death_cert_no": "H1", **SHORT, **change})
    assert [row[3] for row in deaths(store, settings)] in ([None], ["D"])
