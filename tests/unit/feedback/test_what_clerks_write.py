"""Forms in which clerks write answers: understood where there is one reading, left as written where there are two."""

import datetime as dt

import duckdb
import polars as pl
import pytest

from reconcile import query
from reconcile.contract.codes import METHOD, OUTCOME
from reconcile.feedback import understand
from reconcile.standardise import codes

LISTED, LAST = dt.date(2026, 11, 21), dt.date(2026, 12, 26)


def read(text, code_set):
    return codes.read_code(pl.LazyFrame({"text": [text]}), code_set).collect().row(0, named=True)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("属 实", "confirmed"),
        ("属实。", "confirmed"),
        ("是", "confirmed"),
        ("情况属实", "confirmed"),
        ("经核实，属实", None),
        ("属实 ", "confirmed"),
        ("＇属实", "confirmed"),
        ("CONFIRMED", None),
        ("否", "not_an_error"),
        ("不 属 实", "not_an_error"),
        ("已更正", "corrected"),
        ("非本所", "wrong_station"),
        ("不归本所管辖", "wrong_station"),
        ("非本所 管辖", "wrong_station"),
        ("查不清", "undetermined"),
        ("属实/不属实", None),
        ("属实，已纠正", None),
        ("是否", None),
        ("已核实", None),
        ("未核实", None),
        ("√", None),
        ("1", None),
        ("已注销", None),
    ],
)
def test_an_outcome(written, meant):
    assert read(written, OUTCOME)["value"] == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("入户", "household_visit"),
        ("上门", "household_visit"),
        ("入 户 核 对", "household_visit"),
        ("入户走访", "household_visit"),
        ("电话", "phone"),
        ("打电话", "phone"),
        ("查档", "document"),
        ("档案", "document"),
        ("网上核查", "online_check"),
        ("人像", "photo_comparison"),
        ("入户、电话", None),
        ("核对", None),
        ("问了村里", None),
    ],
)
def test_a_method(written, meant):
    assert read(written, METHOD)["value"] == meant


TICKS = "□属实 □已纠正\n□不属实 □无法核实\n□非本所管辖"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (TICKS, None),
        (TICKS.replace("\n", " "), None),
        (TICKS.replace("□不属实", "☑不属实"), "不属实"),
        (TICKS.replace("□属实", "√属实"), "属实"),
        (TICKS.replace("□非本所管辖", "■ 非本所管辖"), "非本所管辖"),
        ("√属实 □已纠正", "属实"),
        ("属实", "属实"),
        (None, None),
    ],
)
def test_a_tick_list(written, said):
    assert pl.select(understand.ticked(pl.lit(written, pl.String))).item() == said


@pytest.mark.parametrize(
    "written",
    ["√属实", TICKS.replace("□属实", "√属实").replace("□不", "√不"), TICKS.replace("□属实", "☒属实"), TICKS + " 属实", "□属实 □别的"],
)
def test_a_tick_list_that_says_two_things_stays_as_it_is_and_is_refused(written):
    left = pl.select(understand.ticked(pl.lit(written))).item()
    assert left == written
    assert read(left, OUTCOME)["rule"] == "code_unknown"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("11月21日", "2026-11-21"),
        ("11月21号", "2026-11-21"),
        ("１１月２１日", "2026-11-21"),
        ("十一月二十一日", "2026-11-21"),
        ("11 月 21 日", "2026-11-21"),
        ("11-21", "2026-11-21"),
        ("11/21", "2026-11-21"),
        ("12/1", "2026-12-01"),
        ("10月30日", "2026-10-30"),
        ("9月30日", "9月30日"),
        ("2月30日", "2月30日"),
        ("13-01", "13-01"),
        ("11.2", "11.2"),
        ("21日", "21日"),
        ("11月", "11月"),
        ("26-11-21", "26-11-21"),
        ("20261121", "20261121"),
        ("昨天", "昨天"),
    ],
)
def test_a_day_without_a_year(written, day):
    rows = pl.DataFrame({"verified_on": [written, None]})
    read_again = understand.with_years(rows, LISTED, dt.timedelta(days=31), LAST)
    assert read_again["verified_on"].to_list() == [day, None]


def test_a_year_is_added_where_only_one_fits():
    rows = pl.DataFrame({"verified_on": ["1月5日", "12月25日"]})
    long_ago = understand.with_years(rows, dt.date(2025, 12, 24), dt.timedelta(days=31), dt.date(2026, 12, 26))
    assert long_ago["verified_on"].to_list() == ["2026-01-05", "12月25日"]
    assert understand.with_years(rows, None, dt.timedelta(days=31), LAST).equals(rows)


STATIONS = [
    ("990101501000", "云岭县公安局城关派出所", "990101", "云岭县"),
    ("990101502000", "云岭县公安局城东派出所", "990101", "云岭县"),
    ("990101503000", "云岭县公安局新城东派出所", "990101", "云岭县"),
    ("990102501000", "青溪县公安局城关派出所", "990102", "青溪县"),
    ("990102502000", "青溪县公安局城东派出所", "990102", "青溪县"),
    ("990102503000", "青溪县公安局龙山派出所", "990102", "青溪县"),
    ("990102504000", "青溪县公安局（一）派出所", "990102", "青溪县"),
    ("990103501000", "石坪镇派出所", "990103", "石坪县"),
]
WRITER = "990101501000"
EAST_HERE, NEW_EAST, EAST_THERE, GATE_THERE, HILL = "990101502000", "990101503000", "990102502000", "990102501000", "990102503000"


@pytest.fixture(scope="module")
def stations():
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA std; CREATE SCHEMA ops; CREATE SCHEMA scope")
        connection.execute("CREATE TABLE std.station (station_code TEXT, station_name TEXT, county_code TEXT, county_name TEXT)")
        connection.executemany("INSERT INTO std.station VALUES (?, ?, ?, ?)", STATIONS)
        connection.execute("CREATE TABLE ops.judgement (station_code TEXT, outcome TEXT, note TEXT)")
        for view in ("scope/name_of_station", "scope/noted_station"):
            connection.execute(query.sql(view))
        yield connection


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("转城东所", (EAST_HERE, 1)),
        ("应由城东派出所核实", (EAST_HERE, 1)),
        ("城东所", (EAST_HERE, 1)),
        ("转新城东所", (NEW_EAST, 1)),
        ("转云岭县公安局城东派出所", (EAST_HERE, 1)),
        ("此人已转青溪城东所", (EAST_THERE, 1)),
        ("青溪县城东派出所", (EAST_THERE, 1)),
        ("青溪县公安局城关派出所", (GATE_THERE, 1)),
        ("人在龙山，转龙山所", (HILL, 1)),
        (f"应由{EAST_THERE}核实", (EAST_THERE, 1)),
        ("不属城东所，应属青溪县城东所", (EAST_THERE, 1)),
        ("非城关所管辖,转城东所", (EAST_HERE, 1)),
        ("转石坪镇派出所", ("990103501000", 1)),
        ("转石坪镇所", ("990103501000", 1)),
        ("城东所或新城东所", (None, 2)),
        ("青溪县城东所或青溪县城关所", (None, 2)),
        ("石坪县城东所", None),
        ("旧城东所", None),
        ("不是城东所", None),
        ("转城东", None),
        ("不知道", None),
        ("转城关所", (GATE_THERE, 1)),
        ("本所无此人", None),
        ("转（一）所", ("990102504000", 1)),
    ],
)
def test_the_station_that_a_note_names(stations, note, found):
    stations.execute("DELETE FROM ops.judgement; INSERT INTO ops.judgement VALUES (?, 'wrong_station', ?)", [WRITER, note])
    assert stations.execute("SELECT to_station, stations FROM scope.noted_station").fetchone() == found


def test_a_short_name_of_several_other_counties_is_nobodys(stations):
    stations.execute("DELETE FROM ops.judgement; INSERT INTO ops.judgement VALUES ('990103501000', 'wrong_station', '转城东所')")
    assert stations.execute("SELECT to_station, stations FROM scope.noted_station").fetchone() == (None, 2)
