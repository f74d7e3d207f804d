"""The balance: on the sample nothing is left unexplained; on a small register every gap is found under its cause."""

import datetime as dt

import polars as pl
import pytest
from cases import create_link_tables, insert
from records import of
from warehouses import furnished

from reconcile import statistics
from reconcile.settings import Settings
from reconcile.store import Reader, Store

HERE, THERE = "990101510000", "990102510000"
DAY = "2026-11-20"


def resident(key, **more):
    return of("police_resident", registration_id=key, household_no=key, urban_rural_code="111") | more


def event(kind, key, registration=None, **more):
    return of(f"police_{kind}", event_id=key, registration_id=registration) | more


def new(key, kind, **more):
    return resident(key, registered_on="2026-03-20", registration_kind=kind, **more)


def gone(key, kind, on="2026-05-20", **more):
    return resident(key, cancel_kind=kind, cancelled_on=on, **more)


GAPS = [
    # cause, persons, registrations, events, finding type with its record
    ("late_registration", 1, [new("A", "late_birth")], [], None),
    ("late_registration", 1, [new("A", "birth")], [event("birth", "E", "A", registration_kind="late_birth")], None),
    ("restored", 1, [new("A", "restored")], [], None),
    ("naturalised", 1, [new("A", "naturalised")], [], None),
    ("adoption", 1, [new("A", "adoption")], [], None),
    ("other_registration", 1, [new("A", "other")], [], None),
    ("cancelled_duplicate", -1, [gone("A", "duplicate")], [], None),
    ("cancelled_military", -1, [gone("A", "military")], [], None),
    ("cancelled_emigrated", -1, [gone("A", "emigrated")], [], None),
    ("cancelled_fictitious", -1, [gone("A", "fictitious")], [], None),
    (
        "place_not_stated",
        -1,
        [gone("A", "moved_out")],
        [event("move_out", "E", "A", moved_out_on="2026-05-20", destination_code=None)],
        None,
    ),
    ("other_period", -1, [gone("A", "death")], [event("death", "E", "A", registered_on="2025-12-30")], None),
    ("other_county", -1, [gone("A", "moved_out")], [event("move_out", "E", "A", moved_out_on="2026-05-20", station_code=THERE)], None),
    ("on_its_way", 1, [resident("A")], [event("move_out", "E", "A", moved_out_on="2026-11-18")], None),
    ("undated", -1, [resident("A", registered_on=None)], [event("birth", "E", "A")], None),
    ("move_in_origin_active", 1, [resident("A")], [event("move_out", "E", "A")], ("move_in_origin_active", "police_resident", "A")),
    ("duplicate_registration", 1, [new("A", "birth")], [], ("duplicate_registration", "police_resident", "A")),
    ("duplicate_registration", 1, [new("A", "other")], [], ("duplicate_registration", "police_resident", "A")),
    ("birth_certificate_reused", -1, [], [event("birth", "E")], ("birth_certificate_reused", "police_birth", "E")),
    ("registration_without_event", 1, [new("A", "move_in")], [], ("household_head_invalid", "police_resident", "A")),
    ("cancellation_without_event", -1, [gone("A", "death")], [], None),
    # The first birth of which an event tells is of 1 March: who was born before it can have none.
    ("before_first_event", 1, [new("A", "birth", birth_date="2026-02-28")], [], None),
    ("registration_without_event", 1, [new("A", "birth", birth_date="2026-03-01")], [], None),
    ("late_without_event", 1, [new("A", "birth", birth_date="2025-03-19")], [], None),
    ("before_first_event", 1, [new("A", "birth", birth_date="2025-03-20")], [], None),
    ("duplicate_registration", 1, [new("A", "birth", birth_date="2025-03-19")], [], ("duplicate_registration", "police_resident", "A")),
    ("event_without_change", 1, [resident("A")], [event("death", "E", "A")], None),
    (
        "event_repeated",
        -1,
        [new("A", "birth")],
        [event("birth", "E", "A"), event("birth", "F", "A", registered_on="2026-03-22")],
        None,
    ),
]

UNEXPLAINED = {"registration_without_event", "cancellation_without_event", "event_without_change", "event_repeated"}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    home = furnished(tmp_path_factory.mktemp("balance") / "home")
    with Store(Settings(home=home, as_of=dt.date(2026, 11, 20), threads=1)) as store:
        create_link_tables(store)
        yield store


def balance(store, registrations, events, finding):
    for table in ("police_resident", "police_birth", "police_death", "police_move_in", "police_move_out", "station"):
        store.execute(f"DELETE FROM std.{table}")
    for table in ("ops.load", "find.finding", "find.subject", "link.event", "link.move"):
        store.execute(f"DELETE FROM {table}")
    insert(store, "ops.load", [{"load_id": 1, "extract": "police_resident", "delivered_on": DAY, "superseded": "false"}])
    insert(store, "std.station", [of("station", station_code=code, county_code=code[:6]) for code in (HERE, THERE)])
    long_gone = resident("old", cancel_kind="death", cancelled_on="2020-01-01")
    insert(store, "std.police_resident", [resident("stays"), long_gone, *registrations])
    told = [
        event("birth", "b", registered_on="2023-01-05"),
        event("death", "d", registered_on="2023-01-05"),
        event("move_in", "i", moved_in_on="2023-01-05"),
        event("move_out", "o", moved_out_on="2023-01-05"),
        *events,
    ]
    for kind in ("birth", "death", "move_in", "move_out"):
        day = {"move_in": "moved_in_on", "move_out": "moved_out_on", "birth": "birth_date", "death": "death_date"}[kind]
        insert(
            store, f"std.police_{kind}", [row for row in told if day in row and ("registered_on" in row) == (kind in ("birth", "death"))]
        )
    if finding:
        finding_type, record_type, key = finding
        asked = {"finding_id": "1", "finding_type": finding_type, "status": "open", "tier": "A", "priority": 1}
        insert(store, "find.finding", [asked])
        insert(store, "find.subject", [{"finding_id": "1", "record_type": record_type, "record_key": key}])
    statistics.run(store, store.settings)
    made = store.frame(
        "SELECT kind, part, persons FROM stats.balance WHERE county_code = 'all' AND period_to = $day", day=dt.date(2026, 11, 20)
    )
    return {(kind, part): persons for kind, part, persons in made.rows()}


@pytest.mark.parametrize("gap", GAPS, ids=lambda gap: gap[0])
def test_every_gap_is_found_under_its_cause(small, gap):
    cause, persons, registrations, events, finding = gap
    made = balance(small, registrations, events, finding)
    parts = {part: value for (kind, part), value in made.items() if kind != "official"}
    # What lies in another county is a gap of two counties, and none of the prefecture.
    assert parts == ({} if cause == "other_county" else {cause: persons})
    assert made["official", "residual"] == sum(parts.values())
    kinds = {kind for kind, part in made if part == cause}
    expected = "open" if finding and finding[0] == cause else "unexplained" if cause in UNEXPLAINED else "known"
    assert kinds <= {expected}


def test_a_county_that_the_event_names_wrongly_is_told(small):
    balance(small, *next((registrations, events, finding) for cause, _, registrations, events, finding in GAPS if cause == "other_county"))
    made = small.frame(
        "SELECT county_code, persons FROM stats.balance WHERE part = 'other_county' AND period_to = $day ORDER BY ALL",
        day=dt.date(2026, 11, 20),
    )
    assert made.rows() == [("990101", -1), ("990102", 1)]


def test_nothing_is_left_unexplained_on_the_sample(good_night):
    with Reader(good_night.home) as reader:
        made = reader.frame("SELECT * FROM stats.balance")
    assert made.filter(pl.col("kind") == "unexplained").is_empty()
    whole = made.group_by("period_to", "county_code").agg(
        pl.col("persons").filter(pl.col("part") == "residual").sum().alias("residual"),
        pl.col("persons").filter(pl.col("kind") != "official").sum().alias("explained"),
    )
    assert whole.height > 150
    assert whole.filter(pl.col("residual") != pl.col("explained")).is_empty()


def test_moves_between_counties_meet_or_say_why_not(good_night):
    with Reader(good_night.home) as reader:
        made = reader.frame("SELECT * FROM stats.transfer")
    parts = ("other_period", "other_county", "restored", "on_its_way", "open_questions", "unexplained")
    assert made.filter(pl.col("gap") != pl.sum_horizontal(parts)).is_empty()
    assert made.filter(pl.col("gap") != pl.col("moved_out") - pl.col("moved_in")).is_empty()
    assert made["gap"].abs().sum() > 0
    assert made["unexplained"].abs().sum() == 0


def test_the_estimate_is_the_reported_figure_and_its_parts(good_night):
    with Reader(good_night.home) as reader:
        made = reader.frame("SELECT * FROM stats.corrected WHERE county_code = 'all'")
    by_part = {row["part"]: row for row in made.to_dicts()}
    corrected = by_part.pop("corrected")
    for column in ("estimate", "low", "high"):
        assert corrected[column] == pytest.approx(sum(row[column] for row in by_part.values()))
    assert corrected["low"] <= corrected["estimate"] <= corrected["high"]
    assert by_part["death_not_cancelled"]["persons"] < 0 < by_part["birth_not_registered"]["persons"]
