"""A finding from the night it appears to the night it is gone, and back."""

from __future__ import annotations

import polars as pl
import pytest
from life_night import BROKEN, VALID, answer, changes, day, night

from reconcile import feedback, findings
from reconcile.errors import BrakeError


def test_a_new_finding_is_open_and_has_its_dates(nights):
    result = night(nights, "2026-11-21", BROKEN)
    row = result["finding"].row(0, named=True)
    assert row | {"finding_id": "", "reason": "", "suggestion": ""} == {
        "finding_id": "",
        "finding_type": "number_invalid",
        "variant": "checksum",
        "tier": "A",
        "confidence": 0.99,
        "priority": 4,
        "status": "open",
        "agency": "police",
        "station_code": "990101510000",
        "first_seen_on": day("2026-11-21"),
        "last_seen_on": day("2026-11-21"),
        "resolved_on": None,
        "due_on": day("2026-12-21"),
        "reason": "",
        "about": None,
        "suggestion": "",
        "run_id": "run of 2026-11-21",
    }
    assert row["finding_id"].startswith("N")
    assert changes(result) == [(day("2026-11-21"), "open")]
    assert result["counts"]["raised", "number_invalid"] == 1
    assert result["counts"]["raised", "shared_number"] == 0


def test_the_same_problem_tomorrow_is_the_same_finding(nights):
    first = night(nights, "2026-11-21", BROKEN)["finding"]
    result = night(nights, "2026-11-22", BROKEN)
    second = result["finding"]
    kept = ["finding_id", "first_seen_on", "due_on", "status"]
    assert second.select(kept).equals(first.select(kept))
    assert second["last_seen_on"].to_list() == [day("2026-11-22")]
    assert len(result["history"]) == 1


def test_a_repeated_night_changes_nothing(nights):
    night(nights, "2026-11-20", BROKEN)
    once = night(nights, "2026-11-21", run_id="one")
    twice = night(nights, "2026-11-21", run_id="two")
    assert twice["history"].equals(once["history"])
    assert twice["finding"].equals(once["finding"])


def test_gone_is_resolved_and_back_is_reopened_with_new_days_to_answer(nights):
    night(nights, "2026-11-20", BROKEN)
    gone = night(nights, "2026-11-21")
    assert gone["finding"].select("status", "resolved_on", "last_seen_on").row(0) == ("resolved", day("2026-11-21"), day("2026-11-20"))
    assert len(gone["subject"]) == 1
    assert gone["counts"]["raised", "number_invalid"] == 0
    still_gone = night(nights, "2026-11-22")
    assert still_gone["finding"]["resolved_on"].to_list() == [day("2026-11-21")]
    back = night(nights, "2026-11-25", BROKEN)
    assert back["finding"].select("status", "resolved_on", "first_seen_on", "due_on").row(0) == (
        "reopened",
        None,
        day("2026-11-20"),
        day("2026-12-25"),
    )
    assert changes(back) == [(day("2026-11-20"), "open"), (day("2026-11-21"), "resolved"), (day("2026-11-25"), "reopened")]
    assert night(nights, "2026-11-26", BROKEN)["finding"]["status"].to_list() == ["reopened"]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("confirmed", "confirmed"),
        ("corrected", "confirmed"),
        ("not_an_error", "dismissed"),
        ("undetermined", "undetermined"),
        ("wrong_station", "open"),
    ],
)
def test_an_answer_changes_the_status_and_stays(nights, outcome, status):
    number = night(nights, "2026-11-20", BROKEN)["finding"]["finding_id"][0]
    answered = night(nights, "2026-11-21", BROKEN, answers=[answer(number, outcome, "2026-11-21")])
    assert answered["finding"]["status"].to_list() == [status]
    assert night(nights, "2026-11-22", BROKEN)["finding"]["status"].to_list() == [status]


def test_the_latest_answer_counts(nights):
    number = night(nights, "2026-11-20", BROKEN)["finding"]["finding_id"][0]
    answers = [answer(number, "not_an_error", "2026-11-22"), answer(number, "confirmed", "2026-11-21")]
    assert night(nights, "2026-11-23", BROKEN, answers=answers)["finding"]["status"].to_list() == ["dismissed"]


def test_a_dismissed_finding_that_was_gone_comes_back_dismissed_and_a_confirmed_one_reopened(nights):
    second = {**BROKEN, "registration_id": "R2", "citizen_id": "990102199001010030"}
    found = night(nights, "2026-11-20", BROKEN, second)
    keys = dict(found["subject"].select("record_key", "finding_id").iter_rows())
    answers = [answer(keys["R1"], "not_an_error", "2026-11-21"), answer(keys["R2"], "corrected", "2026-11-21")]
    night(nights, "2026-11-21", BROKEN, second, answers=answers)
    night(nights, "2026-11-22")
    back = dict(night(nights, "2026-11-23", BROKEN, second)["finding"].select("finding_id", "status").iter_rows())
    assert back == {keys["R1"]: "dismissed", keys["R2"]: "reopened"}
    confirmed = night(nights, "2026-11-24", BROKEN, second, answers=[answer(keys["R2"], "confirmed", "2026-11-24")])
    assert dict(confirmed["finding"].select("finding_id", "status").iter_rows())[keys["R2"]] == "confirmed"


def test_a_moved_registration_is_one_row_of_history(nights):
    night(nights, "2026-11-20", BROKEN)
    moved = night(nights, "2026-11-21", {**BROKEN, "station_code": "990102510000"})
    assert moved["history"].filter(pl.col("change") == "station_code")["detail"].to_list() == ["990101510000 → 990102510000"]
    assert moved["subject"]["station_code"].to_list() == ["990102510000"]
    assert moved["finding"]["station_code"].to_list() == ["990102510000"]


def test_a_station_that_nobody_knows_leaves_the_finding_unrouted(nights):
    row = {**BROKEN, "station_code": "990101520000"}
    result = night(nights, "2026-11-21", row)
    assert result["finding"]["station_code"].to_list() == [None]
    assert result["subject"]["station_code"].to_list() == ["990101520000"]


def test_two_registrations_are_one_finding_and_evidence_is_written_anew(nights):
    rows = [{"registration_id": "R1", "citizen_id": VALID}, {"registration_id": "R2", "citizen_id": VALID, "name": "李二"}]
    first = night(nights, "2026-11-20", *rows)
    rows[1]["name"] = "王三"
    second = night(nights, "2026-11-21", *rows)
    assert second["finding"]["finding_id"].to_list() == first["finding"]["finding_id"].to_list()
    assert second["subject"].height == 2
    assert second["evidence"].filter(pl.col("field") == "name").select("register_value", "source_value", "agreement").rows() == [
        ("张一", "王三", "different")
    ]


def test_answers_that_fit_no_finding_are_rejected_once_and_judgements_are_kept_once(nights):
    number = night(nights, "2026-11-20", BROKEN)["finding"]["finding_id"][0]
    unknown = night(type(nights)(nights.home / "other"), "2026-11-20", {**BROKEN, "registration_id": "R9"})["finding"]["finding_id"][0]
    mistyped = number[:-1] + ("2" if number[-1] != "2" else "3")
    answers = [answer(f" {number.lower()} ", "confirmed", "2026-11-21"), answer(mistyped, "confirmed", "2026-11-21")]
    answers.append(answer(unknown, "confirmed", "2026-11-21"))
    night(nights, "2026-11-21", BROKEN, answers=answers)
    night(nights, "2026-11-22", BROKEN, answers=answers)
    with nights.open() as store:
        assert store.frame("SELECT finding_id, outcome FROM ops.judgement").rows() == [(number, "confirmed")]
        assert store.frame("SELECT rule, severity, file FROM ops.reject ORDER BY 1").rows() == [
            ("finding_check", "row", "answers.csv"),
            ("finding_unknown", "row", "answers.csv"),
        ]


def test_no_answers_are_no_counts(store):
    assert feedback.run(store, store.settings) == {"answers": 0, "judgements": 0, "rejects": 0}


def test_a_braked_night_changes_no_finding_and_force_lets_it(nights):
    first = night(nights, "2026-11-21", BROKEN)
    with nights.open("2026-11-22", "braked") as store:
        store.execute("DELETE FROM std.police_resident")
        with pytest.raises(BrakeError, match="no police_resident was ever delivered"):
            findings.run(store, store.settings.model_copy(update={"force": False}))
        for name in ("finding", "history", "subject", "evidence"):
            assert store.frame(f"SELECT * FROM find.{name} ORDER BY ALL").equals(first[name])
        assert findings.run(store, store.settings)["with_status", "resolved"] == 1
