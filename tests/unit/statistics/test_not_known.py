"""Bad input: what a register or its events do not say is empty with its reason beside it, never zero."""

import datetime as dt

import pytest
from cases import create_link_tables, insert
from records import of
from warehouses import furnished

from reconcile import statistics
from reconcile.settings import Settings
from reconcile.store import Store

TONIGHT = dt.date(2026, 11, 20)
STATION = "990101510000"
OLD = {"registration_id": "old", "cancel_kind": "death", "cancelled_on": "2020-01-01"}
MOVE = {"registration_id": "R", "station_code": STATION, "urban_rural_code": "111", "origin_text": "某村", "moved_in_on": "2026-05-01"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    home = furnished(tmp_path_factory.mktemp("unknown") / "home")
    with Store(Settings(home=home, as_of=TONIGHT, threads=1)) as opened:
        create_link_tables(opened)
        insert(opened, "ops.load", [{"load_id": 1, "extract": "police_resident", "delivered_on": "2026-11-20", "superseded": "false"}])
        insert(opened, "std.station", [of("station")])
        yield opened


def told(store, residents=(), moves=()):
    """Column of 公业57 or 58 → figure and reason, for the prefecture on the day of the register."""
    for table in ("std.police_resident", "std.police_move_in", "std.police_birth"):
        store.execute(f"DELETE FROM {table}")
    insert(store, "std.police_resident", [of("police_resident", registration_id="R") | more for more in residents])
    early = of("police_move_in", event_id="early", moved_in_on="2023-01-02", station_code=STATION)
    insert(store, "std.police_move_in", [early, *(of("police_move_in", event_id="now") | move for move in moves)] if moves else [])
    statistics.run(store, store.settings)
    query = "SELECT {form} AS form, column_no, persons, missing FROM stats.form_{form} WHERE county_code = 'all' AND period_to = $day"
    rows = [row for form in (57, 58) for row in store.frame(query.format(form=form), day=TONIGHT).rows()]
    return {(form, column): (persons, missing) for form, column, persons, missing in rows}


def test_without_urban_codes_nobody_is_rural_or_urban(store):
    figures = told(store, [{}])
    assert figures[57, 2] == (1, None)
    assert figures[57, 3] == figures[57, 4] == figures[58, 1] == (None, "no_urban_code")
    assert store.frame("SELECT DISTINCT share, missing FROM stats.urbanisation WHERE period_to = $day", day=TONIGHT).rows() == [
        (None, "no_urban_code")
    ]


def test_with_one_code_the_others_show_as_a_difference(store):
    figures = told(store, [{"urban_rural_code": "111"}, {"registration_id": "S"}])
    assert figures[57, 3] == (1, None)
    check = store.frame(
        "SELECT difference FROM stats.form_check WHERE check_name = '57.c2 = 57.c3 + 57.c4' AND period_to = $day", day=TONIGHT
    )
    assert set(check["difference"]) == {1}


def test_a_first_night_has_no_year_before(store):
    told(store, [{}])
    balance = store.frame(
        "SELECT part, persons, missing FROM stats.balance "
        "WHERE county_code = 'all' AND period_to = $day AND part IN ('before', 'after', 'residual')",
        day=TONIGHT,
    )
    assert sorted(balance.rows()) == [("after", 1, None), ("before", None, "no_year_before"), ("residual", None, "no_year_before")]
    assert store.frame("SELECT count(*) AS rows FROM stats.balance WHERE kind <> 'official'").item() == 0
    scores = store.frame(
        "SELECT DISTINCT points, missing FROM stats.assessment WHERE score = 'urbanisation' AND period_to = $day", day=TONIGHT
    )
    assert scores.rows() == [(None, "no_urban_code")]


def test_with_a_year_before_it_is_told(store):
    told(store, [{}, OLD])
    balance = store.frame(
        "SELECT persons FROM stats.balance WHERE county_code = 'all' AND period_to = $day AND part = 'before'", day=TONIGHT
    )
    assert balance.rows() == [(1,)]


def test_events_that_never_came_are_no_zero(store):
    figures = told(store, [{"urban_rural_code": "111"}, OLD])
    assert figures[57, 11] == figures[58, 3] == figures[58, 8] == (None, "not_delivered")
    assert figures[58, 2] == (None, "not_delivered")
    assert figures[58, 25] == (0, None)


def test_moves_without_a_reason_are_no_zero_in_every_reason(store):
    residents = [{"urban_rural_code": "111"}, OLD]
    figures = told(store, residents, [MOVE])
    assert figures[58, 8] == (1, None)
    assert {figures[58, column] for column in range(12, 22)} == {(None, "no_move_reason")}
    figures = told(store, residents, [MOVE, MOVE | {"event_id": "then", "move_reason": "kin"}])
    assert figures[58, 17] == (1, None)
    assert figures[58, 12] == (0, None)
