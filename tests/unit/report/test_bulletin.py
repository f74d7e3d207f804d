"""The bulletin by county: blanks filled from the database, small numbers withheld, charts that read the cells beside them."""

import dataclasses
import datetime as dt
import html
import io
import re
import zipfile
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from command import command

from reconcile import consult, operate
from reconcile.errors import UsageError
from reconcile.report import area, bulletin, bulletin_book
from reconcile.report.bulletin_words import MEASURES, WITHHELD, County
from reconcile.settings import Settings
from reconcile.store import Reader

SINCE, UNTIL = dt.date(2026, 11, 1), dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def written(good_night):
    return consult.write_bulletin(good_night.home, SINCE)


def county(**figures):
    known = dict.fromkeys(MEASURES, 0) | figures
    numbers = {figure: value for figure, value in known.items() if isinstance(value, int)}
    said = {figure: value if isinstance(value, str) else f"{value:,}" for figure, value in known.items()}
    return County("云岭县", said, numbers, (46.104, 46.5), {"重复户口": 1234, "错号": 5, "应销未销": 4, "重号": 3})


def test_the_blanks_of_the_text_are_filled():
    said = html.unescape(bulletin.text([county(people=12345, urban="（暂缺：没有城乡分类代码）", births=WITHHELD)], SINCE, UNTIL))
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
    assert len(counties) == 5
    together = counties.pop("全市（州）")
    assert {name: one.numbers["open"] for name, one in counties.items()} == dict(found.iter_rows())
    assert {name: one.numbers["people"] for name, one in counties.items()} == dict(people.iter_rows())
    assert (together.numbers["open"], together.numbers["people"]) == (found["number"].sum(), people["number"].sum())


@pytest.mark.parametrize(
    ("name", "said"),
    [("云岭州", "全州"), ("云岭彝族自治州", "全州"), ("云岭市", "全市"), ("云岭地区", "全地区"), ("云岭盟", "全盟"), (None, "全市（州）")],
)
def test_the_prefecture_is_called_what_it_is(name, said):
    assert area.whole(name) == said


def test_the_workbook_and_the_page_follow_the_name_of_the_prefecture():
    one, other = county(), county()
    counties = [
        one,
        dataclasses.replace(other, name="云岭县/[旧]*" + "长" * 40),
        dataclasses.replace(one),
        dataclasses.replace(one, name="云岭盟"),
    ]
    book = fastexcel.read_excel(bulletin_book.workbook(counties, SINCE, UNTIL))
    assert book.sheet_names == ["全盟", "云岭县", "云岭县旧" + "长" * 24, "云岭县 2"]
    assert book.load_sheet("全盟", header_row=None).to_polars().row(0)[0] == "云岭盟人口信息简报 2026-11-01 至 2026-11-21"
    assert "<h1>云岭盟人口信息简报</h1>" in bulletin.text(counties, SINCE, UNTIL)


class Publication:
    """Three counties; the questions of one are small numbers."""

    def file(self, name, **_):
        codes = ["1", "2", "3"]
        if name == "bulletin/people":
            rows = [(code, f"县{code}", number, 40 + number) for code in codes for number in (2, 3, 11, 14, 17, 18, 19, 20)]
            form = pl.DataFrame(rows, schema=["county_code", "county_name", "column_no", "persons"], orient="row")
            few = form.with_columns(pl.when(county_code="1", column_no=11).then(2).otherwise("persons").alias("persons"))
            return few.with_columns(missing=pl.lit(None, pl.String))
        if name == "bulletin/types":
            rows = [("1", "number_invalid", 2), ("2", "number_invalid", 4), ("2", "shared_number", 5), ("3", "number_invalid", 9)]
            types = pl.DataFrame(rows, schema=["county_code", "finding_type", "open"], orient="row")
            return types.with_columns(overdue=0, new=0, resolved=0)
        if name == "bulletin/answers":
            return pl.DataFrame({"county_code": codes, "answered": [0, 0, 0], "confirmed": [0, 0, 0], "refuted": [0, 0, 0]})
        return pl.DataFrame({"county_code": [*codes, "all"], "share": 50.0, "target": None})


def test_no_sum_of_the_bulletin_tells_what_is_withheld(tmp_path):
    """Births of one county and the questions of one: another county's go with them, and of that one a type, since its types add up."""
    counties = {one.name: one for one in bulletin.read(Publication(), Settings(home=tmp_path, as_of=UNTIL), SINCE)}
    assert [name for name, one in counties.items() if "births" not in one.numbers] == ["县1", "县2"]
    assert [name for name, one in counties.items() if "open" not in one.numbers] == ["县1", "县2"]
    assert counties["全市（州）"].numbers["births"] == 104
    assert counties["全市（州）"].numbers["open"] == 20
    assert [one.types for one in counties.values()] == [{}, {"重号": 5}, {"错号": 9}, {"错号": 15, "重号": 5}]


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
    cells = fastexcel.read_excel(book).load_sheet("全市（州）", header_row=2).to_polars()
    assert not [cell for row in cells.rows() for cell in row if isinstance(cell, (int, float)) and 0 < cell < 3]


def test_the_workbook_has_a_sheet_a_county_and_native_charts(written):
    book, _ = written
    read = fastexcel.read_excel(book)
    overview = read.load_sheet("全市（州）", header_row=2).to_polars()
    figures = [f"{label}\n（{'人' if place < 6 else '个'}）" for place, label in enumerate(MEASURES.values())]
    assert overview.columns == ["县（市、区）", *figures, "户籍人口城镇化率\n（%）", "年度目标\n（%）"]
    assert read.sheet_names == ["全市（州）", *overview["县（市、区）"].to_list()[:4]]
    assert overview["县（市、区）"][4] == "全市（州）"
    with zipfile.ZipFile(book) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3 + 4
    assert all("<c:f>" in chart for chart in charts)
    assert "'全市（州）'!$A$4:$A$7" in charts[0]  # the counties, without all together


def parts_of(book):
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")}


def test_the_workbook_prints_on_a4_with_heads_on_every_page_and_says_what_it_counts():
    one = dataclasses.replace(county(births=WITHHELD, deaths="（暂缺：没有城乡分类代码）"), share=(None, None))
    parts = parts_of(bulletin_book.workbook([one, county(), dataclasses.replace(county(), name="云岭市")], SINCE, UNTIL))
    overview, sheet = parts["xl/worksheets/sheet1.xml"], parts["xl/worksheets/sheet2.xml"]
    assert 'paperSize="9"' in overview
    assert 'orientation="landscape"' in overview
    assert 'fitToHeight="0"' in overview
    assert "fitToHeight" not in sheet
    assert "第 &amp;P 页，共 &amp;N 页" in overview
    names = re.findall(r'<definedName name="_xlnm.(\w+)" localSheetId="0"[^>]*>([^<]*)<', parts["xl/workbook.xml"])
    assert names == [("Print_Area", "全市!$A$1:$P$24"), ("Print_Titles", "全市!$3:$3")]
    heights = {int(row): float(height) for row, height in re.findall(r'<row r="(\d+)"[^>]*? ht="([\d.]+)"', overview)}
    assert heights[4] == 60  # a county with a reason of three lines
    assert heights[5] == 20.25  # whole points of a screen: three quarters of a pixel
    titles = [re.findall(r"<a:t>([^<]+)</a:t>", parts[f"xl/charts/chart{number}.xml"]) for number in (1, 2, 3)]
    assert titles == [["待核查问题（个）", "个"], ["本年人口变动（人）", "人"], ["户籍人口城镇化率（%）", "%"]]
    assert "<c:lineChart>" in parts["xl/charts/chart3.xml"]  # the target
    said = parts["xl/sharedStrings.xml"]
    assert "截至2026-11-21；本年指2026年1月1日至2026-11-21，本期指2026-11-01至2026-11-21。" in said
    assert "类型之和小于待核查问题数的，其余类型数量过少。" in said


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
        consult.write_bulletin(good_night.home, dt.date(2026, 12, 1))
    assert command("bulletin", "--home", good_night.home) == 0
    assert "bulletin_2026-11-21.xlsx" in capsys.readouterr().out.replace("\n", "")


PAGES = [*sorted(Path(bulletin.__file__).parent.glob("*.html")), "bulletin"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: getattr(page, "stem", page))
def test_every_page_has_one_main_part_a_language_and_fits_a_phone(page):
    text = page.read_text(encoding="utf-8") if isinstance(page, Path) else bulletin.text([county()], SINCE, UNTIL)
    assert (text.count("<main>"), text.count("</main>"), text.count("<html lang=")) == (1, 1, 1)
    assert text.index("<main>") < text.index("<h1>") < text.index("</main>")
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in text
    assert text.count('class="wide"') == text.count('class="wide" tabindex="0" role="region" aria-labelledby=')
