"""The XLSX as Excel, WPS and our own reader see it."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from worklist_case import AS_OF, EAST

from reconcile import worklist
from reconcile.contract.codes import METHOD, OUTCOME
from reconcile.feedback import returned
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.worklist import layout
from reconcile.worklist.audience import STATION
from reconcile.worklist.columns import RECORDS, SHEET_COLUMNS


@pytest.fixture
def xlsx(store: Store, settings: Settings) -> Path:
    worklist.run(store, settings)
    return settings.home.staged_worklists / EAST / f"worklist_{EAST}_{AS_OF}.xlsx"


@pytest.fixture
def sheet(xlsx: Path) -> str:
    return part(xlsx, "xl/worksheets/sheet1.xml")


def part(xlsx: Path, name: str) -> str:
    with zipfile.ZipFile(xlsx) as book:
        return book.read(name).decode()


def rows_of(xlsx: Path) -> list[dict[str, str]]:
    return fastexcel.read_excel(xlsx).load_sheet(0, header_row=1, dtypes="string").to_polars().fill_null("").to_dicts()


def test_it_holds_the_rows_of_the_csv_in_their_order(xlsx: Path) -> None:
    with xlsx.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as lines:
        listed = list(csv.DictReader(lines))
    laid_out = rows_of(xlsx)
    assert list(laid_out[0]) == [column.heading for column in SHEET_COLUMNS]
    same = ("编号", "问题类型", "村（居）委会", "姓名", "办理状态", "人员编号", "公民身份号码", "判断依据", "建议核查", "优先级")
    assert [[row[name] for name in same] for row in laid_out] == [[row[name].rstrip("\t") for name in same] for row in listed]


def test_a_record_stands_above_its_counterpart_and_what_differs(xlsx: Path) -> None:
    (row,) = (row for row in rows_of(xlsx) if row["编号"] == "D000000011")
    assert row[RECORDS].split("\n") == [
        "990101195003020014 R1 男，1950-03-02出生；东城街1号；户号 0012；在册，2001-05-06出生登记",
        "对方：常住人口登记（西城派出所） R2",
        "不一致：姓名 张三／张叁；号码 990101195003020014／990102195003020011",
    ]


def test_a_row_says_why_it_is_there_where_no_other_record_does(xlsx: Path) -> None:
    (row,) = (row for row in rows_of(xlsx) if row["编号"] == "N000000044")
    assert row[RECORDS].split("\n")[1:] == [row["判断依据"]]


def test_every_cell_is_text_or_empty_or_the_day_it_is_due_and_none_is_a_formula(sheet: str) -> None:
    cells = re.findall(r'<c r="([A-Z]+)\d+" s="\d+"( t="s")?(/?)>', sheet)
    assert len(cells) == 8 * len(SHEET_COLUMNS) + 1
    assert {column for column, kind, empty in cells if not kind and not empty} == {"F"}
    assert "<f>" not in sheet


def test_text_cells_have_the_text_format_and_days_a_date_format(xlsx: Path, sheet: str) -> None:
    styles = part(xlsx, "xl/styles.xml")
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])
    (custom,) = re.findall(r'<numFmt numFmtId="(\d+)" formatCode="mm-dd"', styles)
    style = {cell: formats[int(number)] for cell, number in re.findall(r'<c r="([EFI]3)" s="(\d+)"', sheet)}
    assert style == {"E3": "49", "F3": custom, "I3": custom}  # 49: the built-in text format @
    assert fastexcel.read_excel(xlsx).load_sheet(0, header_row=1).to_polars()["截止日期"].dtype.is_temporal()


def test_answers_are_chosen_from_the_labels_of_the_contract(sheet: str) -> None:
    lists = re.findall(r'type="list".*?sqref="(\w+:\w+)".*?<formula1>"(.*?)"</formula1>', sheet)
    assert lists == [("G3:G9", ",".join(OUTCOME.known.values())), ("H3:H9", ",".join(METHOD.known.values()))]
    assert re.search(r'type="date" errorStyle="warning".*?sqref="I3:I9"', sheet)


def test_it_stands_still_filters_and_prints_on_a4(xlsx: Path, sheet: str) -> None:
    assert '<pane xSplit="1" ySplit="2" topLeftCell="B3"' in sheet
    assert '<autoFilter ref="A2:Q9"/>' in sheet
    assert '<pageSetup paperSize="9" orientation="landscape"/>' in sheet
    assert "第 &amp;P 页，共 &amp;N 页" in sheet
    assert '<definedName name="_xlnm.Print_Titles" localSheetId="0">核查清单!$1:$2<' in part(xlsx, "xl/workbook.xml")
    assert "sheetProtection" not in sheet


def test_it_says_that_it_is_a_question_and_no_order(xlsx: Path) -> None:
    guide = fastexcel.read_excel(xlsx).load_sheet("填写说明", header_row=None, dtypes="string").to_polars()
    text = "".join(guide.to_series(1))
    assert "不得仅凭本清单注销" in text
    assert set(OUTCOME.known.values()) <= set(guide.to_series(0))


def test_what_is_printed_fits_an_a4_page_across_without_being_made_smaller() -> None:
    """A4 across is 842 points, less a fifth of an inch at each side; 35 mm are 99 points; LibreOffice makes columns 3 % narrower."""
    printed = [column for column in SHEET_COLUMNS if column.is_printed]
    assert printed == list(SHEET_COLUMNS[: len(printed)])
    assert sum(column.width for column in printed) <= 842 - 29
    assert layout.FONT_SIZE >= 8
    width = {column.heading: column.width * 0.97 for column in printed}
    assert width["备注"] >= 99
    assert width["核实结果"] >= 8 * 9 + 3, "nine signs and a blank in the longest line of the tick list"


@pytest.mark.parametrize(
    ("text", "lines"), [("短", 3), ("长" * 39 + "\n短", 3), ("长" * 120, 4), ("1" * 59 + "\n2\n3\n4", 4), ("2001-05-06 " * 6 + "\n2\n3", 3)]
)
def test_a_row_is_as_high_as_its_text(text: str, lines: int) -> None:
    """The tick list has three lines, and no row is lower."""
    empty = dict.fromkeys((column.heading for column in SHEET_COLUMNS), "")
    (height,) = layout.heights(pl.DataFrame([empty | {RECORDS: text, "核实结果": layout.ticks(STATION.outcomes)}]))
    assert height == pytest.approx(lines * layout.LINE_HEIGHT + 2)


def test_the_title_says_how_the_rows_stand_and_how_many_findings_wait(store: Store, settings: Settings) -> None:
    store.settings = settings.model_copy(update={"max_rows_per_station": 2})
    worklist.run(store, store.settings)
    path = settings.home.staged_worklists / EAST / f"worklist_{EAST}_{AS_OF}.xlsx"
    (title,) = fastexcel.read_excel(path).load_sheet(0, header_row=None, n_rows=1, dtypes="string").to_polars().row(0)[:1]
    assert title == "东城派出所 户籍登记核查清单　2026-11-21　共 2 条（新增 2）；另有 4 条待后续下发"


def test_a_filled_list_is_read_back_below_its_title(store: Store, xlsx: Path, tmp_path: Path) -> None:
    filled = tmp_path / xlsx.name
    with zipfile.ZipFile(xlsx) as book, zipfile.ZipFile(filled, "w") as copy:
        for name in book.namelist():
            text = book.read(name).decode()
            for cell, value in (("G3", "属实"), ("I3", "2026-11-25")):
                text = re.sub(
                    rf'<c r="{cell}" s="(\d+)"(?:/>| t="s"><v>\d+</v></c>)',
                    rf'<c r="{cell}" s="\1" t="inlineStr"><is><t>{value}</t></is></c>',
                    text,
                )
            copy.writestr(name, text)
    answers = returned.read(store, filled).rows
    assert answers.select("finding_id", "outcome", "verified_on").rows() == [("X000000022", "属实", "2026-11-25")]


def test_an_office_is_asked_about_its_own_records_in_its_own_words(store: Store, settings: Settings) -> None:
    worklist.run(store, settings)
    path = settings.home.staged_worklists / "health" / f"worklist_health_{AS_OF}.xlsx"
    sheet, guide = part(path, "xl/worksheets/sheet1.xml"), fastexcel.read_excel(path).load_sheet("填写说明", header_row=None).to_polars()
    outcomes, methods = re.findall(r'type="list".*?<formula1>"(.*?)"</formula1>', sheet)
    assert "非本部门职责" in outcomes
    assert not {"非本所管辖", "入户核对", "人像比对"} & {*outcomes.split(","), *methods.split(",")}
    said = " ".join(str(cell) for row in guide.rows() for cell in row)
    assert "不需要走访" in said
    assert not [word for word in ("警号", "非本所管辖", "便于走访") if word in said]


def test_the_guide_says_what_to_check_for_each_type_of_the_list(xlsx: Path) -> None:
    guide = fastexcel.read_excel(xlsx).load_sheet("填写说明", header_row=None, dtypes="string").to_polars().rows()
    types = {listed["问题类型"] for listed in rows_of(xlsx)}
    assert next(row for row in guide if row[0] in types) == ("应销未销", "请核实。")
