"""What a list says over several nights: new, still open, reopened, overdue; what waits, and what does not become overdue unseen."""

from __future__ import annotations

import csv
import datetime as dt

import polars as pl
import pytest
from worklist_case import AS_OF, EAST, WEST, finding

from reconcile import unfinished, worklist
from reconcile.settings import Settings
from reconcile.store import Store

LATER = 8
"""Findings of one priority made beside the one that is first."""


def rows(settings: Settings, recipient: str = EAST) -> list[tuple[str, str]]:
    (file,) = (settings.home.staged_worklists / recipient).glob("*.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [(row["编号"], row["办理状态"]) for row in csv.DictReader(lines)]


def due(store: Store, number: str) -> dt.date | None:
    return store.value("SELECT due_on FROM find.finding WHERE finding_id = $number", number=number)


class House:
    """Findings on registration R7 of the eastern station; each night with the limit of the settings."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self.settings = store, settings.model_copy(update={"max_rows_per_station": 3})
        store.execute("DELETE FROM find.finding; DELETE FROM find.subject; DELETE FROM find.evidence")
        self.add(*(f"N{number}" for number in range(LATER)))

    def add(self, *numbers: str, priority: int = 4, confidence: float = 0.5, since: dt.date = AS_OF, station: str = EAST) -> None:
        kind = "number_invalid"
        known = [finding((number, kind, priority, "open", "A", station)) for number in numbers]
        self.store.insert("find.finding", pl.DataFrame(known).with_columns(confidence=pl.lit(confidence), first_seen_on=pl.lit(since)))
        subjects = [(number, "police_resident", "R7", station) for number in numbers]
        schema = ["finding_id", "record_type", "record_key", "station_code"]
        self.store.insert("find.subject", pl.DataFrame(subjects, schema=schema, orient="row"))

    def status(self, number: str, status: str) -> None:
        self.store.execute("UPDATE find.finding SET status = $status WHERE finding_id = $number", status=status, number=number)

    def night(self, days: int = 0, **changes: object) -> dict[str, float]:
        self.store.settings = self.settings.model_copy(update={"as_of": AS_OF + dt.timedelta(days=days)} | changes)
        # What the findings stage does for a finding that waited: it has the full time again.
        self.store.execute("UPDATE find.finding SET due_on = coalesce(due_on, cast($as_of AS DATE) + $due_days)")
        return dict(worklist.run(self.store, self.store.settings))


@pytest.fixture
def house(store: Store, settings: Settings) -> House:
    return House(store, settings)


def test_the_most_urgent_are_listed_and_the_rest_waits_and_is_counted(house: House, settings: Settings) -> None:
    house.add("A9", priority=1, confidence=0.1)
    house.add("N9", confidence=0.9)
    counts = house.night()
    assert rows(settings) == [("A9", "新增"), ("N9", "新增"), ("N0", "新增")]
    assert counts["waiting_findings"] == LATER - 1
    assert counts["station_rows"] == counts["standing_rows", "new"] == 3
    manifest = pl.read_csv(settings.home.staged_worklists / "manifest.csv")
    assert set(manifest.select("rows", "waiting").rows()) == {(3, LATER - 1)}


def test_what_waits_is_due_on_no_day_and_has_its_full_time_when_it_is_listed(house: House, settings: Settings) -> None:
    house.night()
    assert due(house.store, "N0") == AS_OF + dt.timedelta(days=30)
    assert due(house.store, "N5") is None
    for number in ("N0", "N1", "N2"):
        house.status(number, "resolved")
    house.night(days=50)
    assert rows(settings) == [("N3", "新增"), ("N4", "新增"), ("N5", "新增")]
    assert due(house.store, "N5") == AS_OF + dt.timedelta(days=80)


def test_a_listed_finding_stays_before_a_surer_one_of_its_priority_but_not_before_a_graver_one(house: House, settings: Settings) -> None:
    house.night()
    house.add("N9", confidence=1.0, since=AS_OF - dt.timedelta(days=99))
    house.night(days=1)
    assert rows(settings) == [("N0", "未办结"), ("N1", "未办结"), ("N2", "未办结")]
    house.add("A9", priority=1)
    house.night(days=2)
    assert rows(settings) == [("A9", "新增"), ("N0", "未办结"), ("N1", "未办结")]
    assert due(house.store, "N2") is None


def test_a_row_is_new_then_open_then_overdue_the_day_after_it_was_due(house: House, settings: Settings) -> None:
    seen = []
    for days in (0, 1, 30, 31):
        house.night(days=days)
        seen.append(dict(rows(settings))["N0"])
    assert seen == ["新增", "未办结", "未办结", "逾期"]


def test_what_came_back_is_reopened_until_it_is_overdue(house: House, settings: Settings) -> None:
    house.night()
    house.status("N0", "resolved")
    house.night(days=40)
    house.status("N0", "reopened")
    house.store.execute("UPDATE find.finding SET priority = 1 WHERE finding_id = 'N0'")
    seen = []
    for days in (41, 42, 72):
        house.night(days=days)
        seen.append(rows(settings)[0])
    assert seen == [("N0", "重新提出"), ("N0", "重新提出"), ("N0", "逾期")]


def test_an_answered_finding_that_comes_back_is_overdue_and_not_new(house: House, settings: Settings) -> None:
    house.night()
    house.status("N1", "confirmed")
    house.night(days=10)
    assert "N1" not in dict(rows(settings))
    house.night(days=31)
    assert dict(rows(settings))["N1"] == "逾期"


def test_each_list_has_its_own_limit_and_its_own_beginning(house: House, settings: Settings) -> None:
    house.add("D1", priority=9)
    house.store.execute("INSERT INTO find.subject VALUES ('D1', 'registration', 'police_resident', 'R2', $west)", west=WEST)
    house.night()
    assert rows(settings, WEST) == [("D1", "新增")]
    assert "D1" not in dict(rows(settings))
    house.night(days=40, max_rows_per_station=50)
    assert rows(settings, WEST) == [("D1", "逾期")]
    assert dict(rows(settings))["D1"] == "新增"


def test_the_rows_of_one_finding_are_not_parted(house: House, settings: Settings) -> None:
    house.add("D1", priority=1)
    house.store.execute("UPDATE find.subject SET station_code = $east", east=EAST)
    for key in ("R1", "R3", "R5", "R6"):
        house.store.execute("INSERT INTO find.subject VALUES ('D1', 'registration', 'police_resident', $key, $east)", key=key, east=EAST)
    house.night()
    assert [number for number, _ in rows(settings)] == ["D1"] * 5


def test_the_list_of_what_nobody_can_be_asked_is_whole(house: House, settings: Settings) -> None:
    house.add(*(f"U{number}" for number in range(5)), station="990199500009")
    house.night()
    assert len(rows(settings, "unrouted")) == 5


def test_an_agency_has_its_own_limit(house: House, settings: Settings) -> None:
    house.store.execute("UPDATE find.finding SET agency = 'civil_affairs'")
    counts = house.night(max_rows_per_agency=5)
    assert len(rows(settings, "civil_affairs")) == 5
    assert counts["waiting_findings"] == LATER - 5


def test_a_night_that_is_repeated_gives_the_same_lists(house: House, settings: Settings) -> None:
    def files() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in settings.home.staged_worklists.rglob("*.csv")}

    house.night()
    house.add("A9", priority=1)
    first_counts, first = house.night(days=1), files()
    assert (house.night(days=1), files()) == (first_counts, first)
    assert house.store.frame("SELECT DISTINCT as_of FROM find.listing ORDER BY 1")["as_of"].to_list() == [
        AS_OF,
        AS_OF + dt.timedelta(days=1),
    ]


def test_lists_of_which_some_were_written_are_none(house, monkeypatch):
    house.add("W", station=WEST)
    lists: list[object] = []

    def killed(*given: object) -> None:
        lists.append(given)
        if len(lists) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("reconcile.worklist.files.sheet.write", killed)
        with pytest.raises(KeyboardInterrupt):
            house.night()
    home = house.settings.home
    assert not home.staged_worklists.exists(), "publishing takes them for all there are"
    unfinished.clear(home)
    assert not list(home.worklists.iterdir())
    house.night()
    assert {path.name for path in home.staged_worklists.iterdir()} == {EAST, WEST, "manifest.csv"}
