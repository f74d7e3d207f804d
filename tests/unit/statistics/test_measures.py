"""Measures of a night: every figure on a warehouse small enough to count by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from warehouses import furnished

from reconcile.settings import Settings
from reconcile.store import Store

AS_OF = dt.date(2026, 11, 21)
STATION = "990101500001"


def before(days: int) -> dt.date:
    return AS_OF - dt.timedelta(days=days)


def finding(number: str, status: str = "open", **more: Any) -> dict[str, Any]:
    row = {
        "finding_id": number,
        "finding_type": "death_not_cancelled",
        "tier": "A",
        "status": status,
        "station_code": STATION,
        "first_seen_on": before(20),
        "last_seen_on": AS_OF,
        "resolved_on": None,
        "due_on": AS_OF + dt.timedelta(days=10),
    }
    return row | more


def answer(number: str, outcome: str, days_ago: int) -> dict[str, Any]:
    return {"finding_id": number, "outcome": outcome, "verified_on": before(days_ago), "station_code": STATION, "load_id": 1}


FINDINGS = [
    finding("new", first_seen_on=AS_OF),
    finding("late", due_on=before(1)),
    finding("weak", tier="D", due_on=before(1)),
    finding("waiting", due_on=None),
    finding("reopened", "reopened"),
    finding("confirmed", "confirmed"),
    finding("undetermined", "undetermined"),
    finding("dismissed", "dismissed"),
    finding("corrected", "resolved", resolved_on=AS_OF, last_seen_on=before(1)),
    finding("gone before", "resolved", resolved_on=before(3), last_seen_on=before(4)),
    finding("nobody's", finding_type="number_invalid", station_code="990199500009"),
]
ANSWERS = [
    answer("confirmed", "confirmed", 10),
    answer("undetermined", "undetermined", 12),
    answer("dismissed", "undetermined", 16),
    answer("dismissed", "not_an_error", 2),
    answer("corrected", "corrected", 25),
    answer("late", "wrong_station", 1),
]
CHANGES = [("dismissed", AS_OF), ("reopened", AS_OF), ("confirmed", before(9)), ("undetermined", before(11))]


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Store]:
    with Store(Settings(home=furnished(tmp_path / "home"), as_of=AS_OF)) as store:
        history = [{"finding_id": number, "change": number, "as_of": day} for number, day in CHANGES]
        store.insert("std.station", pl.DataFrame([{"station_code": STATION, "station_name": "甲", "county_code": "990101"}]))
        store.insert("find.finding", pl.DataFrame(FINDINGS, infer_schema_length=None))
        store.insert("find.history", pl.DataFrame(history))
        store.insert("ops.judgement", pl.DataFrame(ANSWERS))
        store.run_file("publish/night")
        yield store


def figures(store: Store, finding_type: str, station_code: str) -> dict[str, Any]:
    text = "SELECT * EXCLUDE (as_of, finding_type, station_code) FROM stats.night WHERE finding_type = $one AND station_code = $other"
    return store.frame(text, one=finding_type, other=station_code).row(0, named=True)


def test_each_finding_is_counted_where_it_stands(night: Store) -> None:
    counted = figures(night, "death_not_cancelled", STATION)
    assert {name: counted[name] for name in ("found", "open", "analysts_only", "overdue", "waiting", "closed")} == {
        "found": 8,
        "open": 4,
        "waiting": 1,
        "analysts_only": 1,
        "overdue": 1,
        "closed": 5,
    }
    assert {name: counted[name] for name in ("new", "reopened", "resolved", "dismissed")} == dict.fromkeys(
        ("new", "reopened", "resolved", "dismissed"), 1
    )


def test_precision_is_measured_on_the_newest_answers_that_say_right_or_wrong(night: Store) -> None:
    """Confirmed and corrected are right, the dismissed one is wrong; undetermined says neither, another station's answer is none."""
    counted = figures(night, "death_not_cancelled", STATION)
    assert counted["answered"] == 4
    assert counted["confirmed_share"] == pytest.approx(2 / 3)
    assert counted["dismissed_share"] == pytest.approx(1 / 4)


def test_days_count_to_the_first_answer_and_never_below_zero(night: Store) -> None:
    assert figures(night, "death_not_cancelled", STATION)["median_days_to_answer"] == 6.0  # of 0, 4, 8, 10


def test_without_answers_there_are_no_shares(night: Store) -> None:
    counted = figures(night, "number_invalid", "unrouted")
    assert counted["open"] == 1
    assert (counted["median_days_to_answer"], counted["confirmed_share"], counted["dismissed_share"]) == (None, None, None)


def test_totals_count_every_finding_once(night: Store) -> None:
    parts = night.frame("SELECT sum(found) AS found FROM stats.night")
    by_type = night.frame("SELECT sum(found) AS found FROM stats.night_total WHERE station_code = 'all'")
    by_station = night.frame("SELECT sum(found) AS found FROM stats.night_total WHERE finding_type = 'all'")
    assert parts.item() == by_type.item() == by_station.item() == 9


def test_a_repeated_night_replaces_its_row_and_keeps_the_others(night: Store) -> None:
    night.execute("UPDATE stats.night SET as_of = as_of - 1")
    night.run_file("publish/night")
    once = night.frame("FROM stats.night ORDER BY ALL")
    night.run_file("publish/night")
    assert night.frame("FROM stats.night ORDER BY ALL").equals(once)
    assert once["as_of"].n_unique() == 2
