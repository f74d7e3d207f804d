"""What people said of a finding: silence until the evidence changes, and another station when it was the wrong one."""

from __future__ import annotations

import shutil

import polars as pl
import pytest
from life_night import OTHER, VALID, Nights, answer, day, night

EAST, WEST = "990101510000", "990102510000"
ONE = {"registration_id": "R1", "citizen_id": VALID}
TWO = {"registration_id": "R2", "citizen_id": VALID, "name": "李二", "station_code": WEST}
THREE = {"registration_id": "R3", "citizen_id": VALID, "name": "王三"}
PAIR = {"left_key": "R1", "right_key": "R2"}
APART = {"link.registration_pair": [{**PAIR, "decision": "non_match", "veto": "judged_different"}]}
SAME = {
    "link.registration_pair": [PAIR],
    "link.person": [{"registration_id": "R1", "person_id": "R1"}, {"registration_id": "R2", "person_id": "R1"}],
}


def only(result, finding_type="shared_number"):
    (row,) = result["finding"].filter(finding_type=finding_type).to_dicts()
    return row


@pytest.fixture(scope="module")
def after_a_dismissal(tmp_path_factory):
    """A home, and the number of a shared number that was dismissed there on the second night."""
    nights = Nights(tmp_path_factory.mktemp("dismissed") / "home")
    number = only(night(nights, "2026-11-20", ONE, TWO))["finding_id"]
    result = night(nights, "2026-11-21", ONE, TWO, answers=[answer(number, "not_an_error", "2026-11-21")])
    assert only(result)["status"] == "dismissed"
    return nights.home, number


@pytest.fixture
def dismissed(nights, after_a_dismissal):
    """Number of the finding that was dismissed, in the home of the test."""
    home, number = after_a_dismissal
    shutil.copytree(home, nights.home, dirs_exist_ok=True)
    return number


@pytest.mark.parametrize("change", [{}, {"address_text": "新街9号"}, {"household_no": "77"}, {"father_name": ""}])
def test_a_dismissed_finding_stays_quiet_while_its_evidence_stands(nights, dismissed, change):
    result = night(nights, "2026-11-22", ONE, TWO | change)
    assert (only(result)["finding_id"], only(result)["status"]) == (dismissed, "dismissed")
    assert "此前核实" not in only(result)["reason"]


def test_it_is_reopened_when_a_record_says_something_else_and_says_what(nights, dismissed):
    result = night(nights, "2026-11-25", ONE, TWO | {"name": "李贰", "sex": "2"})
    row = only(result)
    assert (row["finding_id"], row["status"], row["due_on"]) == (dismissed, "reopened", day("2026-12-25"))
    assert row["reason"].endswith("此前核实为不属实，此后姓名、性别有变化，请重新核实。")
    (said,) = result["history"].filter(change="evidence")["detail"]
    assert said == "police_resident R2 name; police_resident R2 sex"
    assert only(night(nights, "2026-11-26", ONE, TWO | {"name": "李贰", "sex": "2"}))["status"] == "reopened"


def test_it_is_quiet_again_when_the_record_is_as_it_was_or_it_is_dismissed_again(nights, dismissed):
    changed = TWO | {"name": "李贰"}
    night(nights, "2026-11-25", ONE, changed)
    assert only(night(nights, "2026-11-26", ONE, TWO))["status"] == "dismissed"
    night(nights, "2026-11-27", ONE, changed)
    again = night(nights, "2026-11-28", ONE, changed, answers=[answer(dismissed, "not_an_error", "2026-11-28")])
    assert only(again)["status"] == "dismissed"


def test_a_new_record_is_new_evidence_and_a_record_less_is_none(nights, dismissed):
    grown = only(night(nights, "2026-11-25", ONE, TWO, THREE))
    assert (grown["finding_id"], grown["status"]) == (dismissed, "reopened")
    assert "此后新出现常住人口登记，请重新核实。" in grown["reason"]
    answers = [answer(dismissed, "not_an_error", "2026-11-26")]
    assert only(night(nights, "2026-11-26", ONE, TWO, THREE, answers=answers))["status"] == "dismissed"
    assert only(night(nights, "2026-11-27", TWO, THREE))["status"] == "dismissed"


def test_a_confirmed_group_that_grows_is_a_question_again(nights):
    number = only(night(nights, "2026-11-20", ONE, TWO))["finding_id"]
    night(nights, "2026-11-21", ONE, TWO, answers=[answer(number, "confirmed", "2026-11-21")])
    assert only(night(nights, "2026-11-25", ONE, TWO, THREE))["status"] == "reopened"
    assert only(night(nights, "2026-11-25", ONE, TWO, THREE))["status"] == "reopened"
    assert only(night(nights, "2026-11-26", ONE, TWO))["status"] == "reopened"


def pairs(nights):
    with nights.open() as store:
        return store.frame("SELECT left_key, right_key, verdict FROM ops.judged_pair ORDER BY ALL").rows()


ALL_SAME = {
    "link.registration_pair": [PAIR, {"left_key": "R1", "right_key": "R3"}],
    "link.person": [{"registration_id": key, "person_id": "R1"} for key in ("R1", "R2", "R3")],
}


@pytest.mark.parametrize("on", ["2026-11-20", "2026-11-22"])
def test_an_answer_says_nothing_of_who_joined_on_its_day_or_later(nights, on):
    number = only(night(nights, "2026-11-20", ONE, TWO, link=SAME), "duplicate_registration")["finding_id"]
    night(nights, "2026-11-22", ONE, TWO, THREE, link=ALL_SAME)
    late = [answer(number, "confirmed", on)]
    found = only(night(nights, "2026-11-23", ONE, TWO, THREE, link=ALL_SAME, answers=late), "duplicate_registration")
    assert pairs(nights) == [("R1", "R2", "same")]
    assert (found["finding_id"], found["status"]) == (number, "open")
    assert "此后新出现常住人口登记，请" in found["reason"]
    whole = [*late, answer(number, "confirmed", "2026-11-24") | {"_line": "3"}]
    settled = only(night(nights, "2026-11-24", ONE, TWO, THREE, link=ALL_SAME, answers=whole), "duplicate_registration")
    assert settled["status"] == "confirmed"
    assert set(pairs(nights)) == {("R1", "R2", "same"), ("R1", "R3", "same"), ("R2", "R3", "same")}


def test_nobody_who_joined_since_the_answer_is_called_another_person_by_it(nights):
    number = only(night(nights, "2026-11-20", ONE, TWO, link=SAME), "duplicate_registration")["finding_id"]
    night(nights, "2026-11-22", ONE, TWO, THREE, link=ALL_SAME)
    night(nights, "2026-11-23", ONE, TWO, THREE, link=ALL_SAME, answers=[answer(number, "not_an_error", "2026-11-20")])
    assert pairs(nights) == [("R1", "R2", "different")]


def test_what_a_record_says_since_the_answer_is_not_dismissed_by_it(nights):
    number = only(night(nights, "2026-11-20", ONE, TWO))["finding_id"]
    changed = TWO | {"name": "李贰"}
    night(nights, "2026-11-22", ONE, changed)
    late = only(night(nights, "2026-11-23", ONE, changed, answers=[answer(number, "not_an_error", "2026-11-21")]))
    assert late["status"] == "reopened"
    assert "此后姓名有变化" in late["reason"]


def test_a_dismissed_duplicate_that_only_the_stations_word_keeps_apart_is_dismissed_not_resolved(nights):
    number = only(night(nights, "2026-11-20", ONE, TWO, link=SAME), "duplicate_registration")["finding_id"]
    answers = [answer(number, "not_an_error", "2026-11-21")]
    quiet = only(night(nights, "2026-11-21", ONE, TWO, link=APART, answers=answers), "duplicate_registration")
    assert (quiet["finding_id"], quiet["status"], quiet["last_seen_on"]) == (number, "dismissed", day("2026-11-21"))
    heard = only(night(nights, "2026-11-22", ONE, TWO | {"name": "张一"}, link=APART), "duplicate_registration")
    assert (heard["finding_id"], heard["status"]) == (number, "reopened")
    gone = night(nights, "2026-11-23", ONE, TWO | {"cancel_kind": "duplicate"}, link=APART)
    assert only(gone, "duplicate_registration")["status"] == "resolved"


@pytest.mark.parametrize(
    ("note", "target"),
    [("应由乙县派出所核实", WEST), (f"是{WEST}的", WEST), ("不知道是谁的", None), (None, None), ("甲县派出所或乙县派出所", WEST)],
)
def test_not_ours_sends_a_finding_to_the_station_that_is_named_or_to_nobody(nights, note, target):
    row = ONE | {"citizen_id": VALID[:-1] + "8", "citizen_id_state": "checksum"}
    number = only(night(nights, "2026-11-20", row), "number_invalid")["finding_id"]
    refusal = answer(number, "wrong_station", "2026-11-22") | {"station_code": EAST, "note": note}
    result = night(nights, "2026-11-22", row, answers=[refusal])
    found = only(result, "number_invalid")
    assert (found["station_code"], found["status"]) == (target, "open")
    assert found["due_on"] == (day("2026-12-22") if target else day("2026-12-20"))
    assert result["history"].filter(change="station_code")["detail"].to_list() == [f"{EAST} → {target or ''}"]


def test_two_stations_that_both_refuse_leave_it_with_nobody(nights):
    row = ONE | {"citizen_id": VALID[:-1] + "8", "citizen_id_state": "checksum"}
    number = only(night(nights, "2026-11-20", row), "number_invalid")["finding_id"]
    first = answer(number, "wrong_station", "2026-11-22") | {"station_code": EAST, "note": "乙县派出所"}
    night(nights, "2026-11-22", row, answers=[first])
    second = answer(number, "wrong_station", "2026-11-23") | {"station_code": WEST, "note": "甲县派出所", "_line": "3"}
    assert only(night(nights, "2026-11-23", row, answers=[first, second]), "number_invalid")["station_code"] is None


def test_another_number_is_another_finding(nights, dismissed):
    both = [ONE, TWO, {**THREE, "citizen_id": OTHER}, {**ONE, "registration_id": "R4", "name": "赵四", "citizen_id": OTHER}]
    found = night(nights, "2026-11-22", *both)["finding"].filter(finding_type="shared_number")
    assert dict(found.select("finding_id", "status").iter_rows())[dismissed] == "dismissed"
    assert sorted(found["status"]) == ["dismissed", "open"]
    assert found.filter(pl.col("finding_id") != dismissed).height == 1


def reviews(nights):
    with nights.open() as store:
        return store.frame("SELECT kind, left_key, right_key, other_key FROM find.review ORDER BY ALL").rows()


def test_a_third_registration_that_matches_two_different_persons_is_an_entry_of_the_review_list(nights):
    number = only(night(nights, "2026-11-20", ONE, TWO, link=SAME), "duplicate_registration")["finding_id"]
    answers = [answer(number, "not_an_error", "2026-11-21")]
    between = [{"left_key": "R1", "right_key": "R3"}, {"left_key": "R2", "right_key": "R3", "tier": "C"}]
    pairs = APART["link.registration_pair"] + between
    night(nights, "2026-11-21", ONE, TWO, THREE, link={"link.registration_pair": pairs}, answers=answers)
    assert reviews(nights) == [("between", "R1", "R2", "R3")]
    night(nights, "2026-11-22", ONE, TWO, THREE, link={"link.registration_pair": pairs[:2]})
    assert reviews(nights) == []


def test_stations_that_disagree_about_one_finding_are_an_entry_of_the_review_list(nights):
    number = only(night(nights, "2026-11-20", ONE, TWO))["finding_id"]
    answers = [
        answer(number, "confirmed", "2026-11-21") | {"station_code": EAST},
        answer(number, "not_an_error", "2026-11-22") | {"station_code": WEST, "_line": "3"},
    ]
    night(nights, "2026-11-22", ONE, TWO, answers=answers)
    assert reviews(nights) == [("answers_disagree", None, None, None)]
    settled = answer(number, "not_an_error", "2026-11-23") | {"station_code": EAST, "_line": "4"}
    night(nights, "2026-11-23", ONE, TWO, answers=[*answers, settled])
    assert reviews(nights) == []


def delivered(nights, on, load_id):
    load = {"load_id": load_id, "extract": "police_resident", "delivered_on": day(on), "superseded": False}
    with nights.open() as store:
        store.insert("ops.load", pl.DataFrame([load]))


def test_what_was_corrected_is_asked_again_when_the_next_delivery_shows_it_all_the_same(nights):
    delivered(nights, "2026-11-20", 1)
    number = only(night(nights, "2026-11-20", ONE, TWO))["finding_id"]
    believed = night(nights, "2026-11-21", ONE, TWO, answers=[answer(number, "corrected", "2026-11-20")])
    assert only(believed)["status"] == "confirmed"
    delivered(nights, "2026-11-22", 2)
    again = only(night(nights, "2026-11-22", ONE, TWO))
    assert again["status"] == "reopened"
    assert again["reason"].endswith("此前答复已纠正，但此后送来的数据仍有此问题，请重新核实。")
    assert only(night(nights, "2026-11-23", ONE, TWO))["status"] == "reopened"
    seen = night(nights, "2026-11-24", ONE, TWO, answers=[answer(number, "confirmed", "2026-11-24")])
    assert only(seen)["status"] == "confirmed"


def test_a_finding_about_one_record_is_heard_of_again_when_that_record_changes(nights):
    own_child = ONE | {"father_id": VALID, "father_name": "张一"}
    number = only(night(nights, "2026-11-20", own_child), "kinship_conflict")["finding_id"]
    answers = [answer(number, "not_an_error", "2026-11-21")]
    assert only(night(nights, "2026-11-21", own_child, answers=answers), "kinship_conflict")["status"] == "dismissed"
    moved = own_child | {"address_text": "新街9号"}
    assert only(night(nights, "2026-11-22", moved), "kinship_conflict")["status"] == "dismissed"
    changed = own_child | {"father_name": "张二"}
    assert only(night(nights, "2026-11-23", changed), "kinship_conflict")["status"] == "reopened"


def test_a_date_in_the_future_does_not_outlast_the_answers_that_come_later(nights):
    number = only(night(nights, "2026-11-20", ONE, TWO))["finding_id"]
    with nights.open("2026-11-21", "early") as store:
        store.insert("ops.run", pl.DataFrame([{"run_id": "early", "as_of": day("2026-11-21")}]))
        slip = {"finding_id": number, "outcome": "confirmed", "verified_on": day("2026-12-20"), "load_id": 1, "run_id": "early"}
        store.insert("ops.judgement", pl.DataFrame([slip]))
    assert only(night(nights, "2026-11-22", ONE, TWO))["status"] == "confirmed"
    later = answer(number, "not_an_error", "2026-11-23") | {"_load_id": "2"}
    assert only(night(nights, "2026-11-23", ONE, TWO, answers=[later]))["status"] == "dismissed"


def test_an_agency_that_says_not_ours_is_an_entry_of_the_review_list(nights):
    number = only(night(nights, "2026-11-20", ONE, TWO))["finding_id"]
    refused = {"finding_id": number, "outcome": "wrong_station", "verified_on": day("2026-11-21"), "load_id": 1}
    with nights.open() as store:
        store.insert("ops.judgement", pl.DataFrame([refused]))
    night(nights, "2026-11-21", ONE, TWO)
    assert reviews(nights) == [("not_ours", None, None, None)]
    night(nights, "2026-11-22", ONE, TWO, answers=[answer(number, "confirmed", "2026-11-22")])
    assert reviews(nights) == []


def test_of_two_stations_that_disagree_about_a_pair_the_review_says_what_the_night_says(nights):
    number = only(night(nights, "2026-11-20", ONE, TWO, link=SAME), "duplicate_registration")["finding_id"]
    answers = [
        answer(number, "not_an_error", "2026-11-21") | {"station_code": EAST},
        answer(number, "confirmed", "2026-11-22") | {"station_code": WEST, "_line": "3", "_load_id": "2"},
    ]
    between = [{"left_key": "R1", "right_key": "R3"}, {"left_key": "R2", "right_key": "R3"}]
    held_apart = APART["link.registration_pair"]
    night(nights, "2026-11-22", ONE, TWO, THREE, link={"link.registration_pair": held_apart + between}, answers=answers)
    with nights.open() as store:
        assert store.frame("SELECT verdict, finding_id FROM ops.pair_verdict").rows() == [("different", number)]
    assert reviews(nights) == [("answers_disagree", None, None, None), ("between", "R1", "R2", "R3")]
    agreed = [*answers, answer(number, "confirmed", "2026-11-23") | {"station_code": EAST, "_line": "4", "_load_id": "3"}]
    night(nights, "2026-11-23", ONE, TWO, THREE, link={"link.registration_pair": held_apart}, answers=agreed)
    assert reviews(nights) == [("same_but_apart", "R1", "R2", None)]
