"""Timeliness, completeness and signs of urban people on paper only, on events few enough to count by hand."""

import datetime as dt

import pytest
from cases import create_link_tables, insert
from records import of
from warehouses import furnished

from reconcile import statistics
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.thresholds import Statistics

TONIGHT = dt.date(2026, 11, 20)
STATION, COUNTY = "990101510000", "990101"
TABLES = [
    "police_resident",
    "police_birth",
    "police_death",
    "police_move_in",
    "police_move_out",
    "health_birth",
    "health_death",
    "relocation_roll",
]
LINKS = ("link.birth", "link.birth_certificate", "link.death", "link.move", "link.person", "link.relocation")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    home = furnished(tmp_path_factory.mktemp("quality") / "home")
    limits = Statistics(bulk_moves=2, one_way_least=2)
    with Store(Settings(home=home, as_of=TONIGHT, threads=1, statistics=limits)) as opened:
        create_link_tables(opened)
        insert(opened, "ops.load", [{"load_id": 1, "extract": "police_resident", "delivered_on": "2026-11-20", "superseded": "false"}])
        insert(opened, "std.station", [of("station")])
        yield opened


@pytest.fixture
def made(store):
    def make(**tables):
        for name in TABLES:
            store.execute(f"DELETE FROM std.{name}")
        for name in (*LINKS, "stats.village"):
            store.execute(f"DELETE FROM {name}")
        for name, rows in tables.items():
            table = name.replace("__", ".") if "__" in name else f"std.{name}"
            insert(store, table, [of(name) | row if name in TABLES else row for row in rows])
        statistics.run(store, store.settings)
        return store

    return make


def rows(store, query):
    return store.frame(query).rows()


def resident(key, **more):
    return {"registration_id": key, "urban_rural_code": "111", "community_code": f"{STATION}001"} | more


def test_days_to_registration(made):
    births = [{"event_id": str(days), "birth_date": "2026-03-01", "registered_on": str(dt.date(2026, 3, 1 + days))} for days in (0, 10, 30)]
    early = {"event_id": "early", "birth_date": "2026-03-15", "registered_on": "2026-03-10"}
    late = {"event_id": "late", "birth_date": "2026-01-01", "registered_on": "2026-03-20", "registration_kind": "late_birth"}
    void = births[0] | {"event_id": "void", "reversed": "true"}
    made_store = made(police_birth=[*births, early, late, void])
    query = (
        "SELECT registered, registered_before, median_days, limit_days, share_in_time FROM stats.timeliness WHERE county_code = '990101'"
    )
    assert rows(made_store, query) == [(4, 1, 20.0, 30, 0.75)]


def test_a_move_counts_from_the_day_it_left(made):
    left = {"event_id": "O", "station_code": STATION, "moved_out_on": "2026-05-01"}
    landed = {"event_id": "I", "station_code": STATION, "moved_in_on": "2026-06-05"}
    made_store = made(police_move_in=[landed], police_move_out=[left], link__move=[{"move_out_id": "O", "move_in_id": "I", "tier": "A"}])
    assert rows(made_store, "SELECT event, median_days, share_in_time FROM stats.timeliness WHERE county_code = 'all'") == [
        ("move", 35.0, 0.0)
    ]


def test_certificates_and_deaths_that_the_police_know(made):
    certificates = [
        {"birth_cert_no": number, "mother_address_code": code} for number, code in (("A", COUNTY), ("B", COUNTY), ("C", "001102"))
    ]
    void = {"birth_cert_no": "V", "mother_address_code": COUNTY, "voided": "true"}
    deaths = [
        {"death_id": key, "registration_id": key, "death_date": "2026-05-03", "tier": tier}
        for key, tier in (("R", "A"), ("S", "A"), ("T", "D"))
    ]
    made_store = made(
        police_resident=[resident("R"), resident("S", cancel_kind="death", cancelled_on="2026-05-20"), resident("T")],
        health_birth=[*certificates, void],
        link__birth_certificate=[{"birth_cert_no": number, "in_force_no": number} for number in "ABCV"],
        link__birth=[{"birth_cert_no": "A", "registration_id": "R", "tier": "A"}],
        link__death=deaths,
    )
    query = "SELECT measure, expected, found, share FROM stats.completeness WHERE county_code = '990101' AND period_to = DATE '2026-11-20'"
    known = {measure: (expected, found, share) for measure, expected, found, share in rows(made_store, query)}
    assert known["certificates_registered"] == (2.0, 1, 0.5)
    assert known["deaths_cancelled"] == (2.0, 1, 0.5)
    assert known["births_expected"] == (None, None, None)


def test_every_record_is_expected_on_some_day(made):
    made_store = made(health_death=[{"death_cert_no": str(day), "death_date": f"2026-05-{day:02}", "age": "30"} for day in range(1, 32)])
    query = "SELECT measure, sum(expected), max(ratio) FROM stats.heaping GROUP BY measure ORDER BY measure"
    (days, ages) = rows(made_store, query)
    assert days[:2] == ("day_of_death", pytest.approx(31))
    assert ages[1:] == (pytest.approx(3.1), pytest.approx(10))


def moves(count, **more):
    return [
        {"event_id": f"I{index}", "registration_id": f"M{index}", "station_code": STATION, "household_no": "7", "move_reason": "house"}
        | more
        for index in range(count)
    ]


def signs(store):
    query = "SELECT check_name, community_code, found, is_question, missing FROM stats.urban_check WHERE check_name <> 'special_area_small'"
    return {row[0]: row[1:] for row in rows(store, query)}


def test_moves_in_bulk_are_a_question_from_the_limit_on(made):
    assert signs(made(police_move_in=moves(3)))["bulk_moves"] == (None, 3.0, True, None)
    assert "bulk_moves" not in signs(made(police_move_in=moves(2)))
    assert "bulk_moves" not in signs(made(police_move_in=[*moves(2), *moves(2, event_id="other", move_reason="kin")[:1]]))


def test_who_comes_before_a_cut_off_day_and_goes_after_it(made):
    came = moves(1, moved_in_on="2025-11-20")
    gone = {"event_id": "O", "registration_id": "M0", "station_code": STATION}
    assert signs(made(police_move_in=came, police_move_out=[gone | {"moved_out_on": "2025-12-20"}]))["round_trips"] == (
        None,
        1.0,
        True,
        None,
    )
    assert "round_trips" not in signs(made(police_move_in=came, police_move_out=[gone | {"moved_out_on": "2025-11-29"}]))
    assert "round_trips" not in signs(made(police_move_in=came, police_move_out=[gone | {"moved_out_on": "2026-02-19"}]))


def test_corrections_that_all_go_one_way(made):
    gained = [resident(key, registration_kind="restored", registered_on="2026-02-01") for key in "RS"]
    lost = resident("T", cancel_kind="duplicate", cancelled_on="2026-03-01")
    assert signs(made(police_resident=gained))["one_way"] == (None, 1.0, True, None)
    assert signs(made(police_resident=[*gained, lost]))["one_way"] == (None, pytest.approx(2 / 3), False, None)


def test_a_village_that_became_urban_without_a_move(made):
    before = {"as_of": "2026-10-31", "station_code": STATION, "community_code": f"{STATION}001"}
    codes = [before | {"urban_rural_code": code, "persons": persons} for code, persons in (("111", "1"), ("220", "2"))]
    first = signs(made(police_resident=[resident("R"), resident("S"), resident("T")]))
    assert first["village_recoded"] == (None, None, False, "no_earlier_night")
    then = signs(made(police_resident=[resident("R"), resident("S"), resident("T")], stats__village=codes))
    assert then["village_recoded"] == (f"{STATION}001", 2.0, True, None)
    same = [resident("R"), resident("S", urban_rural_code="220"), resident("T", urban_rural_code="220")]
    assert "village_recoded" not in signs(made(police_resident=same, stats__village=codes))


def test_a_rise_that_comes_from_changed_codes(made):
    people = [resident(key, registered_on="2020-01-01") for key in "RST"] + [resident("U", urban_rural_code="220")]
    old = resident("old", cancel_kind="death", cancelled_on="2019-01-01")
    came = [resident("M0", registered_on="2026-05-10"), resident("M1", registered_on="2026-05-10")]
    early = {"event_id": "early", "station_code": STATION}
    moved = [
        *moves(2, moved_in_on="2026-05-10", origin_code=COUNTY, origin_text="某村", urban_rural_code="111", move_reason="code_change"),
        early | {"moved_in_on": "2023-01-02"},
    ]
    events = {
        "police_move_out": [early | {"moved_out_on": "2023-01-02"}],
        "police_birth": [early | {"registered_on": "2023-01-02"}],
        "police_death": [early | {"registered_on": "2023-01-02"}],
    }
    made_store = made(police_resident=[*people, old, *came], police_move_in=moved, **events)
    assert signs(made_store)["rise_from_codes"] == (None, pytest.approx(1), True, None)
    others = [move | {"move_reason": "house"} for move in moved]
    assert signs(made(police_resident=[*people, old, *came], police_move_in=others, **events))["rise_from_codes"] == (None, 0, False, None)


def test_of_each_month_the_last_night_is_kept(made):
    store = made(
        police_resident=[resident("R")],
        stats__village=[
            {"as_of": day, "station_code": STATION, "community_code": "1", "persons": "1"} for day in ("2026-10-31", "2026-11-05")
        ],
    )
    assert rows(store, "SELECT DISTINCT as_of FROM stats.village ORDER BY as_of") == [(dt.date(2026, 10, 31),), (TONIGHT,)]
