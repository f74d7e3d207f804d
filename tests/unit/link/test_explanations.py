"""Why two records are one person or two: the numbers shown are those that decided, also for a pair nobody proposed."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from unissued import number

from reconcile import link
from reconcile.errors import UsageError
from reconcile.link import explain
from reconcile.link.jobs import DEATH, REGISTRATION
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.thresholds import Costs

AS_OF = dt.date(2026, 11, 21)
COSTS = Costs()
ONE = {"name": "尹英梅", "citizen_id": number("1980-05-17", 4)}


@pytest.fixture(scope="module")
def linked(before: Path, adding: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after the night that all tests explain."""
    settings = Settings(home=shutil.copytree(before, tmp_path_factory.mktemp("explained") / "home"), as_of=AS_OF, threads=1)
    with Store(settings) as store:
        add = adding(store)
        add(
            "police_resident",
            {"registration_id": "R1", **ONE},
            {"registration_id": "R2", **ONE, "name": "尹瑛梅"},
            {"registration_id": "R3", "name": "马国强", "sex": "1", "birth_date": "1951-02-03", "citizen_id": number("1951-02-03", 1)},
        )
        add(
            "health_death",
            {"death_cert_no": "H1", **ONE},
            # The informant's number: it points at R3, whom everything else contradicts.
            {"death_cert_no": "H2", "name": "尹英梅", "citizen_id": number("1951-02-03", 1)},
            {"death_cert_no": "R3", "name": "古兰", "birth_date": "1999-09-09"},
            {"death_cert_no": "H3", "name": "马国强", "sex": "1", "birth_date": None, "death_date": "2026-10-01"},
            {"death_cert_no": "H4", "name": "马国强", "sex": "1", "birth_date": None, "death_date": "2026-10-01", "age": "75"},
        )
        link.run(store, settings)
    return settings.home.root


@pytest.fixture
def settings(linked: Path, tmp_path: Path) -> Settings:
    return Settings(home=shutil.copytree(linked, tmp_path / "home"), as_of=AS_OF, threads=1)


@pytest.fixture
def night(store: Store) -> Store:
    """The warehouse of a copy of that home."""
    return store


@pytest.mark.parametrize(
    ("left", "right"), [("R1", "R2"), ("R2", "R1"), ("H1", "R1"), ("R1", "H1"), ("H2", "R1"), ("H2", "police_resident:R3")]
)
def test_a_pair_compared_again_shows_what_the_night_stored(night: Store, left: str, right: str) -> None:
    ordered = explain.job_of(explain.record(night, left, "first"), explain.record(night, right, "second"))
    assert ordered is not None
    stored, again = explain.stored(night, *ordered), explain.compared(night, COSTS, *ordered)
    assert stored is not None
    assert stored.fields.equals(again.fields)
    assert replace(stored, fields=again.fields, how=again.how) == again
    assert stored.how == explain.STORED
    assert stored.fields["weight"].sum() == pytest.approx(stored.bits, abs=1e-5)


def test_the_rule_that_decided_is_told(night: Store) -> None:
    same = explain.pair(night, ("police_resident", "R1"), ("health_death", "H1"), COSTS)
    assert (same.decision, same.tier, same.why) == ("match", "A", "number equal; name tolerated; birth date equal; sex equal")
    other = explain.pair(night, ("health_death", "H2"), ("police_resident", "R3"), COSTS)
    assert (other.decision, other.why) == ("conflict", "one number; more than 1 of name, birth date and sex contradict")


def test_levels_stand_beside_the_values_they_compare(night: Store) -> None:
    fields = explain.pair(night, ("police_resident", "R2"), ("police_resident", "R1"), COSTS).fields
    name = next(row for row in fields.iter_rows(named=True) if row["field"] == "name")
    assert (name["level"], name["left_value"], name["right_value"]) == ("sound", "尹英梅", "尹瑛梅")


def test_values_of_one_kind_stand_beside_each_other_or_a_dash(night: Store) -> None:
    """H4 has no birth date but an age, H3 neither."""
    fields = explain.pair(night, ("health_death", "H3"), ("police_resident", "R3"), COSTS).fields
    shown = {row["field"]: (row["left_value"], row["right_value"]) for row in fields.iter_rows(named=True)}
    assert shown["birth_date"] == (explain.EMPTY, "1951-02-03")
    assert shown["sex"] == ("男", "男")
    assert shown["address"] == (explain.EMPTY, explain.EMPTY)
    aged = explain.pair(night, ("health_death", "H4"), ("police_resident", "R3"), COSTS).fields
    born = next(row for row in aged.iter_rows(named=True) if row["field"] == "birth_date")
    assert (born["left_value"], born["right_value"]) == ("aged 75 on 2026-10-01", "1951-02-03")


def test_a_relative_is_shown_by_number_only_where_both_have_one(store: Store, settings: Settings, add: Any) -> None:
    mother = number("1950-05-17", 4)
    add(
        "police_resident",
        {"registration_id": "M1", **ONE, "mother_id": mother, "mother_name": "古兰"},
        {"registration_id": "M2", **ONE, "mother_name": "古兰"},
        {"registration_id": "M3", **ONE, "mother_id": mother},
    )
    link.run(store, settings)

    def mothers(left: str, right: str) -> tuple[str, str]:
        fields = explain.pair(store, ("police_resident", left), ("police_resident", right), COSTS).fields
        return fields.filter(field="mother").select("left_value", "right_value").row(0)

    assert mothers("M1", "M2") == ("古兰", "古兰")
    assert mothers("M1", "M3") == (mother, mother)
    assert mothers("M2", "M3") == ("古兰", explain.EMPTY)


def test_a_pair_that_blocking_did_not_propose_says_so(night: Store) -> None:
    strangers = explain.pair(night, ("police_resident", "R1"), ("police_resident", "R3"), COSTS)
    assert (strangers.how, strangers.passes, strangers.decision) == (explain.NOT_PROPOSED, (), "non_match")


def test_a_pair_too_light_to_be_kept_says_so(night: Store) -> None:
    night.execute("DELETE FROM link.death_pair")
    light = replace(DEATH, keep_bits=1000.0)
    told = explain.compared(night, COSTS, light, ("health_death", "H1"), ("police_resident", "R1"))
    assert told.how == explain.TOO_LIGHT
    assert "number" in told.passes
    dropped = explain.compared(night, COSTS, DEATH, ("health_death", "H1"), ("police_resident", "R1"))
    assert dropped.how == explain.OVER_BUDGET


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_a_stations_word_outranks_the_rules(night: Store, verdict: str) -> None:
    night.execute("INSERT INTO ops.judged_pair VALUES ('D', 'R1', 'R3', $verdict, DATE '2026-11-01', 1)", verdict=verdict)
    explained = explain.compared(night, COSTS, REGISTRATION, ("police_resident", "R1"), ("police_resident", "R3"))
    assert explained.why.startswith("a station's answer")
    assert explained.decision == ("match" if verdict == "same" else "non_match")


def answer(store: Store, finding_id: str, station: str, outcome: str, day: str) -> None:
    """One station's answer about R1 and R2, as the feedback stage writes it."""
    verdict = "different" if outcome == "not_an_error" else "same"
    store.execute(
        "INSERT INTO ops.judgement (finding_id, outcome, verified_on, station_code, load_id) "
        "VALUES ($finding_id, $outcome, CAST($day AS DATE), $station, 1)",
        finding_id=finding_id, outcome=outcome, day=day, station=station,
    )  # fmt: skip
    store.execute(
        "INSERT INTO ops.judged_pair VALUES ($finding_id, 'R1', 'R2', $verdict, CAST($day AS DATE), 1)",
        finding_id=finding_id, verdict=verdict, day=day,
    )  # fmt: skip


def test_two_stations_that_disagree_keep_a_pair_apart_and_explain_says_so(night: Store, settings: Settings) -> None:
    """The newest answer says one person; what counts is that another station still says two."""
    answer(night, "D1", "990101510000", "not_an_error", "2026-11-01")
    answer(night, "D2", "990102510000", "confirmed", "2026-11-10")
    link.run(night, settings)
    stored = night.execute("SELECT decision, veto, why FROM link.registration_pair WHERE left_key = 'R1' AND right_key = 'R2'").fetchall()
    assert stored == [("non_match", "judged_different", "a station's answer: two persons")]
    pair = ("police_resident", "R1"), ("police_resident", "R2")
    shown = explain.pair(night, *pair, COSTS)
    assert (shown.decision, shown.veto, shown.why, shown.how) == (*stored[0], explain.STORED)
    again = explain.compared(night, COSTS, REGISTRATION, *pair)
    assert (again.decision, again.veto, again.why) == stored[0]


def test_stations_that_agree_make_one_person(night: Store, settings: Settings) -> None:
    answer(night, "D1", "990101510000", "confirmed", "2026-11-01")
    answer(night, "D2", "990102510000", "confirmed", "2026-11-10")
    link.run(night, settings)
    shown = explain.pair(night, ("police_resident", "R1"), ("police_resident", "R2"), COSTS)
    assert (shown.decision, shown.veto, shown.why) == ("match", None, "a station's answer: one person")


def test_a_stored_pair_is_read_and_not_decided_again(night: Store) -> None:
    """Other costs tonight would decide otherwise; what the night decided stands."""
    night.execute("UPDATE link.registration_pair SET why = 'as the night said', tier = 'D' WHERE right_key = 'R2'")
    shown = explain.pair(night, ("police_resident", "R1"), ("police_resident", "R2"), Costs(registration=1_000_000))
    assert (shown.why, shown.tier) == ("as the night said", "D")


def test_an_ambiguous_key_asks_which_and_does_not_repeat_it(night: Store) -> None:
    with pytest.raises(UsageError, match="health_death:KEY or police_resident:KEY") as raised:
        explain.record(night, "R3", "second")
    assert "R3" not in str(raised.value)
    assert explain.record(night, "health_death:R3", "second") == ("health_death", "R3")


@pytest.mark.parametrize("text", ["nowhere", "police_resident:H1", ":", "police_death:R1"])
def test_an_unknown_record_is_a_usage_error(night: Store, text: str) -> None:
    with pytest.raises(UsageError, match="the first record is not among those compared"):
        explain.record(night, text, "first")


def test_what_cannot_be_compared_is_a_usage_error(night: Store) -> None:
    with pytest.raises(UsageError, match="are not compared"):
        explain.pair(night, ("health_death", "H1"), ("health_death", "H2"), COSTS)
    with pytest.raises(UsageError, match="same record"):
        explain.pair(night, ("police_resident", "R1"), ("police_resident", "R1"), COSTS)
