"""Brakes, each with a case that pulls it and a near miss."""

import datetime as dt

import pytest
from publish_case import NIGHT

from reconcile import brakes
from reconcile.errors import BrakeError
from reconcile.store import Store

TWO_MONTHS = dt.timedelta(days=62)


def test_a_mandatory_extract_that_never_came_stops_publication(house):
    assert pulled_brakes(house) == ["no police_resident was ever delivered"]


@pytest.mark.parametrize(
    ("extract", "rows", "stops"), [("police_resident", 0, True), ("police_resident", 1, False), ("health_death", 0, False)]
)
def test_a_mandatory_extract_without_rows_stops_publication_on_the_first_night_too(house, extract, rows, stops):
    house.load("police_resident", on=NIGHT - dt.timedelta(days=1))
    house.sql("UPDATE ops.load SET superseded = TRUE WHERE extract = $extract", extract=extract)
    house.load(extract, rows=rows)
    assert pulled_brakes(house) == ([f"{extract} was delivered without any row"] if stops else [])


@pytest.mark.parametrize(("late", "pulled"), [(1, True), (0, False)])
def test_an_old_register_stops_publication(house, late, pulled):
    house.load("police_resident", on=NIGHT - TWO_MONTHS - dt.timedelta(days=late))
    assert pulled_brakes(house) == (["the newest police_resident is 63 days old at as_of (allowed 62)"] if pulled else [])


@pytest.mark.parametrize(("rows", "pulled"), [(79, True), (80, False), (300, False)])
def test_a_register_that_lost_rows_since_the_last_good_run_stops_publication(house, rows, pulled):
    house.run("20261120-01", "done")
    house.sql("INSERT INTO ops.metric VALUES ('20261120-01', 'publish', 'rows', 'police_resident', 100)")
    house.load("police_resident", rows=rows)
    assert pulled_brakes(house) == (["police_resident lost 21% of its rows since the last good run (allowed 20%)"] if pulled else [])


def test_the_first_night_after_figures_got_subjects_is_held_against_the_rows_of_the_last_one(house):
    house.run("20261120-01", "done")
    old = "INSERT INTO ops.metric (run_id, stage, name, value) VALUES ('20261120-01', 'publish', $name, 100)"
    house.sql(old, name="rows_police_resident")
    house.sql(old, name="review_entries")
    house.sql("ALTER TABLE find.renumbered RENAME TO lineage; DROP TABLE stats.night_total; UPDATE ops.schema_version SET version = 2")
    house.load("police_resident", rows=79)
    assert pulled_brakes(house) == ["police_resident lost 21% of its rows since the last good run (allowed 20%)"]
    assert ("review_entries", None) in house.sql("SELECT name, subject FROM ops.metric")


@pytest.mark.parametrize(("count", "severity", "pulled"), [(21, "row", True), (20, "row", False), (90, "value", False)])
def test_a_file_that_lost_rows_to_rejects_stops_publication(house, count, severity, pulled):
    house.load("police_resident")
    house.rejects(count, severity)
    assert pulled_brakes(house) == (["f.csv: 21% of its rows were rejected (allowed 20%)"] if pulled else [])


def test_a_few_rejects_of_a_small_file_stop_nothing(house):
    house.load("police_resident", rows=4)
    house.rejects(3)
    assert pulled_brakes(house) == []


def test_rejects_of_a_file_that_was_published_before_stop_nothing(house):
    house.run("20261120-01", "done")
    house.load("police_resident", run="20261120-01")
    house.rejects(90)
    assert pulled_brakes(house) == []


@pytest.mark.parametrize(("registrations", "pulled"), [(59, True), (60, False)])
def test_a_rule_that_raises_more_than_its_share_stops_publication(house, registrations, pulled):
    house.load("police_resident")
    house.findings(3)
    house.registrations(registrations)
    assert pulled_brakes(house) == (["number_invalid was raised for 5.1% of the active registrations (allowed 5.0%)"] if pulled else [])


def test_findings_that_are_few_or_of_an_earlier_night_stop_nothing(house):
    house.load("police_resident")
    house.registrations(3)
    house.findings(2)
    assert pulled_brakes(house) == []
    house.sql("DELETE FROM find.finding")
    house.findings(3, seen=NIGHT - dt.timedelta(days=1))
    assert pulled_brakes(house) == []


@pytest.mark.parametrize(("unread", "read", "pulled"), [(21, 79, True), (20, 80, False), (6, 0, True), (5, 0, False)])
def test_a_flag_that_nobody_can_read(house, unread, read, pulled):
    house.load("police_resident")
    house.load("police_death")
    house.flags(unread, read)
    counts = f"{unread} of {unread + read} filled cells cannot be read"
    sentence = f"f.csv: reversed (冲销标志): {counts} (1 different code, most often '/' in {unread})"
    assert pulled_brakes(house) == ([sentence] if pulled else [])


def test_every_brake_is_named_and_force_publishes_all_the_same(house):
    house.sql("DELETE FROM ops.load")
    house.stage()
    with Store(house.settings) as store, pytest.raises(BrakeError, match=r"no police_resident .*; no station .*--force"):
        brakes.check(store, house.settings)
    forced = house.settings.model_copy(update={"force": True})
    with Store(forced) as store:
        brakes.check(store, forced)
    assert house.publish(force=True)["brakes_overruled"] == 2
    assert (house.settings.home.published / "latest.duckdb").is_file()


def pulled_brakes(house):
    with Store(house.settings) as store:
        return brakes.pulled(store, house.settings)
