"""Completed years where a month has no such day, and where the birthday of the month of the register is still to come."""

import datetime as dt

import pytest
from cases import create_link_tables, insert
from records import of
from warehouses import furnished

from reconcile import statistics
from reconcile.settings import Settings
from reconcile.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    home = furnished(tmp_path_factory.mktemp("ages") / "home")
    with Store(Settings(home=home, as_of=dt.date(2026, 3, 31), threads=1)) as opened:
        create_link_tables(opened)
        insert(opened, "std.station", [of("station", station_code="990101510000")])
        yield opened


@pytest.mark.parametrize(
    ("born", "seen_on", "band"),
    [
        ("2008-02-29", "2026-02-27", "0-17"),
        ("2008-02-29", "2026-02-28", "18-34"),
        ("2008-03-01", "2026-02-28", "0-17"),
        ("2008-03-20", "2026-03-19", "0-17"),
        ("2008-03-20", "2026-03-20", "18-34"),
        ("1991-03-20", "2026-03-19", "18-34"),
        ("1966-03-20", "2026-03-19", "35-59"),
        ("1966-03-20", "2026-03-20", "60+"),
    ],
)
def test_the_form_and_the_population_of_a_day_know_the_same_age(store, born, seen_on, band):
    store.execute("DELETE FROM std.police_resident; DELETE FROM ops.load")
    insert(store, "ops.load", [{"load_id": 1, "extract": "police_resident", "delivered_on": seen_on, "superseded": "false"}])
    old = of("police_resident", registration_id="old", cancel_kind="death", cancelled_on="2020-01-01")
    insert(store, "std.police_resident", [of("police_resident", registration_id="A", birth_date=born, registered_on=born), old])
    statistics.run(store, store.settings)
    assert store.frame("SELECT age_band FROM stats.population").rows() == [(band,)]
    form = store.frame(
        "SELECT column_no FROM stats.form_57 WHERE county_code = 'all' AND period_to = $day AND persons = 1 AND column_no BETWEEN 7 AND 10",
        day=dt.date.fromisoformat(seen_on),
    )
    assert form.rows() == [(7 + ["0-17", "18-34", "35-59", "60+"].index(band),)]
