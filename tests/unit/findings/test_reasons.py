"""Evidence and the sentence built from it."""

from __future__ import annotations

import pytest
from cases import fill

from reconcile import findings

VALID = "990101199001010019"


def run(store, tables):
    fill(store, tables)
    findings.run(store, store.settings)
    return dict(store.frame("SELECT finding_type, reason FROM find.finding").iter_rows())


def evidence(store, field):
    rows = store.frame(
        "SELECT DISTINCT record_type, record_key, register_value, source_value, agreement, weight FROM find.evidence "
        "WHERE field = $field ORDER BY ALL",
        field=field,
    )
    return rows.rows()


DEATH = {
    "std.police_resident": [{"registration_id": "R1", "citizen_id": VALID, "mother_name": "王母"}],
    "std.civil_cremation": [{"cremation_cert_no": "C1", "citizen_id": VALID, "birth_date": "1990-01-01", "sex": "1"}],
    "link.death": [{"death_id": "C1", "cremation_key": "C1", "registration_id": "R1"}],
}


def test_a_death_names_source_date_and_fields(store):
    reasons = run(store, DEATH)
    assert reasons["death_not_cancelled"] == "火化登记显示该人已于2026年5月3日死亡，姓名、公民身份号码、性别、出生日期一致，户口尚未注销。"
    assert evidence(store, "death_date") == [("civil_cremation", "C1", None, "2026-05-03", "missing", None)]
    assert evidence(store, "mother_name") == [("civil_cremation", "C1", "王母", None, "missing", None)]
    assert evidence(store, "sex") == [("civil_cremation", "C1", "男", "男", "equal", None)]


def test_levels_and_weights_are_those_of_the_linkage_in_either_direction(store):
    pair = {
        "left_type": "civil_cremation",
        "left_key": "C1",
        "right_key": "R1",
        "name_level": "sound",
        "name_weight": "9.5",
        "number_level": "equal",
        "number_weight": "20.0",
        "birth_date_level": "same_year",
        "birth_date_weight": "-1.0",
        "sex_level": "missing",
        "sex_weight": "0",
    }
    reasons = run(store, DEATH | {"link.death_pair": [pair]})
    assert reasons["death_not_cancelled"] == (
        "火化登记显示该人已于2026年5月3日死亡，公民身份号码一致，姓名同音不同字，出生日期不一致，户口尚未注销。"
    )
    assert evidence(store, "name") == [("civil_cremation", "C1", "张一", "张一", "sound", 9.5)]
    assert evidence(store, "citizen_id") == [("civil_cremation", "C1", VALID, VALID, "equal", 20.0)]


def test_two_sources_are_both_named_and_the_least_agreement_is_said(store):
    tables = DEATH | {
        "std.health_death": [{"death_cert_no": "H1", "name": "张依", "citizen_id": VALID}],
        "link.death": [{"death_id": "H1", "health_key": "H1", "cremation_key": "C1", "registration_id": "R1"}],
    }
    reasons = run(store, tables)
    assert reasons["death_not_cancelled"] == (
        "火化登记、死亡医学证明均显示该人已于2026年5月3日死亡，公民身份号码、性别、出生日期一致，姓名不一致，户口尚未注销。"
    )


def test_a_name_is_compared_folded_and_shown_as_written(store):
    tables = {
        "std.police_resident": [
            {"registration_id": "R1", "citizen_id": VALID, "name": "甲乙·丙丁", "address_text": "一路1号"},
            {"registration_id": "R2", "citizen_id": VALID, "name": "甲乙丙丁", "address_text": "二路2号"},
        ],
        "link.person": [{"registration_id": "R1", "person_id": "R1"}, {"registration_id": "R2", "person_id": "R1"}],
        "link.registration_pair": [{"left_key": "R1", "right_key": "R2"}],
    }
    reasons = run(store, tables)
    assert reasons == {"duplicate_registration": "两条有效户口登记的公民身份号码相同，姓名、性别、出生日期一致，疑为同一人重复登记。"}
    assert evidence(store, "name") == [("police_resident", "R2", "甲乙·丙丁", "甲乙丙丁", "equal", None)]


def test_the_registration_is_the_register_side_of_a_death_in_doubt_and_the_source_is_asked_too(store):
    tables = {
        "std.police_resident": [{"registration_id": "R1", "citizen_id": VALID, "sex": "1"}],
        "std.health_death": [{"death_cert_no": "A1", "name": "李老", "citizen_id": VALID, "sex": "2", "birth_date": "1950-01-01"}],
        "link.death_conflict": [{"record_type": "health_death", "record_key": "A1", "registration_id": "R1"}],
    }
    reasons = run(store, tables)
    assert reasons["death_evidence_conflict"] == (
        "死亡医学证明中的公民身份号码与该登记相同，但姓名、性别、出生日期不一致，死亡记录可能属于另一人（如误填申报人号码）。"
    )
    assert evidence(store, "name") == [("health_death", "A1", "张一", "李老", "different", None)]
    assert store.value("SELECT agency FROM find.finding") == "police, health"
    assert store.value("SELECT station_code FROM find.finding") == "990101510000"


@pytest.mark.parametrize("sex", ["0", "9"])
def test_a_number_is_compared_with_its_own_row(store, sex):
    reasons = run(store, {"std.police_resident": [{"registration_id": "R1", "citizen_id": VALID, "birth_date": "1990-10-01", "sex": sex}]})
    assert reasons == {"number_conflict": "公民身份号码中的出生日期（1990年1月1日）与登记的出生日期（1990年10月1日）不一致。"}
    assert evidence(store, "birth_date") == [("police_resident", "R1", "1990-10-01", "1990-01-01", "different", None)]
    assert evidence(store, "sex")[0][4] == "missing"


def test_a_number_that_cannot_be_read_stands_there_as_written(store):
    run(store, {"std.police_resident": [{"registration_id": "R1", "citizen_id_state": "scientific", "citizen_id_raw": "9.90101E+17"}]})
    assert evidence(store, "citizen_id") == [("police_resident", "R1", "9.90101E+17", None, "scientific", None)]


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("swap", "出生日期月日颠倒"),
        ("lunar", "出生日期疑为农历、公历之差"),
        ("one_digit", "出生日期疑为录错一位数字"),
        ("near", "出生日期不一致（年份相差不超过两年）"),
        ("equal_age_off", "出生日期一致，但与死亡年龄不符"),
    ],
)
def test_likeness_says_in_what(store, level, said):
    pair = {"left_type": "civil_cremation", "left_key": "C1", "right_key": "R1", "birth_date_level": level, "number_level": "equal"}
    assert run(store, DEATH | {"link.death_pair": [pair]})["death_not_cancelled"] == (
        f"火化登记显示该人已于2026年5月3日死亡，姓名、公民身份号码、性别一致，{said}，户口尚未注销。"
    )


def test_a_death_without_a_number_says_so_and_one_of_two_sources_with_a_number_does_not(store):
    bare = [{"cremation_cert_no": "C1", "birth_date": "1990-01-01", "sex": "1"}]
    tables = DEATH | {"std.civil_cremation": bare}
    assert run(store, tables)["death_not_cancelled"] == (
        "火化登记显示该人已于2026年5月3日死亡，姓名、性别、出生日期一致，对方记录无公民身份号码，户口尚未注销。"
    )


def test_one_of_two_sources_with_a_number_is_enough(store):
    tables = DEATH | {
        "std.health_death": [{"death_cert_no": "H1", "birth_date": "1990-01-01", "sex": "1"}],
        "link.death": [{"death_id": "H1", "health_key": "H1", "cremation_key": "C1", "registration_id": "R1"}],
    }
    assert "无公民身份号码" not in run(store, tables)["death_not_cancelled"]


def twice(*rows):
    """Registrations R1, R2, … of one person."""
    keyed = [{"registration_id": f"R{number}"} | row for number, row in enumerate(rows, 1)]
    return {
        "std.police_resident": keyed,
        "link.person": [{"registration_id": row["registration_id"], "person_id": "R1"} for row in keyed],
        "link.registration_pair": [{"left_key": "R1", "right_key": row["registration_id"]} for row in keyed[1:]],
    }


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((VALID, "990102199001010031"), "两条有效户口登记（公民身份号码不同），姓名"),
        ((VALID, None), "两条有效户口登记（公民身份号码有1条缺失或不可用），姓名"),
        ((VALID, "990102199001010031", None), "三条有效户口登记（公民身份号码有1条缺失或不可用，其余不同），姓名"),
        ((None, None), "两条有效户口登记（公民身份号码都缺失或不可用），姓名"),
    ],
)
def test_a_duplicate_says_which_number_is_missing_or_that_they_differ(store, numbers, said):
    rows = [{"citizen_id": number} if number else {"citizen_id_state": "missing"} for number in numbers]
    assert run(store, twice(*rows))["duplicate_registration"].startswith(said)
