"""The bulletin by county: blanks filled from the database, small numbers withheld, charts that read the cells beside them."""

import datetime as dt
import html
import re
import zipfile

import fastexcel
import polars as pl
import pytest
from command import command

from reconcile import operate
from reconcile.errors import UsageError
from reconcile.report import bulletin
from reconcile.report.bulletin import County
from reconcile.store import Reader

SINCE, UNTIL = dt.date(2026, 11, 1), dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def written(good_night):
    return operate.write_bulletin(good_night.home, SINCE)


def county(**figures):
    known = dict.fromkeys(bulletin.MEASURES, 0) | figures
    numbers = {figure: value for figure, value in known.items() if isinstance(value, int)}
    said = {figure: value if isinstance(value, str) else f"{value:,}" for figure, value in known.items()}
    return County("云岭县", said, numbers, (46.104, 46.5), {"重复户口": 1234, "错号": 5, "应销未销": 4, "重号": 3})


def test_the_blanks_of_the_text_are_filled():
    said = html.unescape(bulletin.text([county(people=12345, urban="（暂缺：没有城乡分类代码）", births=bulletin.WITHHELD)], SINCE, UNTIL))
    assert "户籍人口12,345人，其中城镇（暂缺：没有城乡分类代码）人，户籍人口城镇化率46.10%，年度目标46.50%。" in said
    assert "本年登记出生（数量过少，不公布）人" in said
    assert "待核查较多的是：重复户口（1,234）、错号（5）、应销未销（4）。" in said
    assert "{" not in re.sub(r"<style>.*?</style>", "", said)


def test_figures_are_those_of_the_database(good_night, written):
    with Reader(good_night.home) as reader:
        counties = {one.name: one for one in bulletin.read(reader, operate.settings_of_last_night(good_night.home)[1], SINCE)}
        found = reader.frame(
            "SELECT station.county_name, count(*) AS number FROM find.open_finding AS finding INNER JOIN std.station AS station "
            "ON finding.station_code = station.station_code GROUP BY station.county_name"
        )
        people = reader.frame(
            "SELECT station.county_name, count(*) AS number FROM std.police_resident AS resident INNER JOIN std.station AS station "
            "ON resident.station_code = station.station_code INNER JOIN scope.registration AS registration "
            "ON resident.registration_id = registration.registration_id AND registration.is_active GROUP BY station.county_name"
        )
    assert len(counties) == 4
    assert {name: one.numbers["open"] for name, one in counties.items()} == dict(found.iter_rows())
    assert {name: one.numbers["people"] for name, one in counties.items()} == dict(people.iter_rows())


def test_small_numbers_are_withheld_in_both_files(good_night, written):
    book, _ = written
    with Reader(good_night.home) as reader:
        counties = bulletin.read(reader, operate.settings_of_last_night(good_night.home)[1], SINCE)
    shown = [number for one in counties for number in [*one.numbers.values(), *one.types.values()]]
    assert not [number for number in shown if 0 < number < 3]
    with Reader(good_night.home) as reader:
        few = reader.file("bulletin/types", as_of=UNTIL, since=SINCE).filter(pl.col("open").is_between(1, 2))
    assert few.height > 0
    left_out = 22 * len(counties) - sum(len(one.types) for one in counties)
    assert left_out >= few.height
    cells = fastexcel.read_excel(book).load_sheet("全部县", header_row=2).to_polars()
    assert not [cell for row in cells.rows() for cell in row if isinstance(cell, (int, float)) and 0 < cell < 3]


def test_the_workbook_has_a_sheet_a_county_and_native_charts(written):
    book, _ = written
    read = fastexcel.read_excel(book)
    assert read.sheet_names == ["全部县", "1", "2", "3", "4"]
    overview = read.load_sheet("全部县", header_row=2).to_polars()
    assert overview.columns == ["县", *bulletin.MEASURES.values()]
    assert overview.height == 4
    with zipfile.ZipFile(book) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2 + 4
    assert all("<c:f>" in chart for chart in charts)
    assert "'全部县'!$A$4:$A$7" in charts[0] or "全部县!$A$4:$A$7" in charts[0]


def test_nobody_is_named_and_nothing_is_loaded(good_night, written):
    book, page = written
    text = page.read_text(encoding="utf-8")
    with zipfile.ZipFile(book) as parts:
        text += "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(("sharedStrings.xml",)))
    with Reader(good_night.home) as reader:
        names = reader.frame("SELECT DISTINCT name AS word FROM std.police_resident WHERE length(name) > 2")["word"].to_list()
    assert [name for name in names if name in text] == []
    assert "http" not in page.read_text(encoding="utf-8")
    assert "<script" not in text


def test_a_period_that_begins_after_the_night_is_refused(good_night, capsys):
    with pytest.raises(UsageError, match="after the last night, 2026-11-21"):
        operate.write_bulletin(good_night.home, dt.date(2026, 12, 1))
    assert command("bulletin", "--home", good_night.home) == 0
    assert "bulletin_2026-11-21.xlsx" in capsys.readouterr().out.replace("\n", "")
