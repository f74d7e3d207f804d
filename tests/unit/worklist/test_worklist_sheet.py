"""The XLSX as Excel, WPS and our own reader see it."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import fastexcel
import pytest
from worklist_case import AS_OF, EAST

from reconcile import worklist
from reconcile.contract.codes import METHOD, OUTCOME
from reconcile.feedback import returned
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.worklist.columns import HEADINGS, LIST_COLUMNS


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


def test_it_holds_the_rows_of_the_csv_without_guards(xlsx: Path) -> None:
    frame = fastexcel.read_excel(xlsx).load_sheet(0, header_row=1, dtypes="string").to_polars().fill_null("")
    with xlsx.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert tuple(frame.columns) == HEADINGS
    one_line = [{name: cell.replace("\n", "；") for name, cell in row.items()} for row in frame.to_dicts()]
    assert one_line == [{name: cell.rstrip("\t") for name, cell in row.items()} for row in rows]


def test_every_cell_is_text_or_empty_and_none_is_a_formula(sheet: str) -> None:
    cells = re.findall(r'<c r="[A-Z]+\d+" s="\d+"( t="s")?(/?)>', sheet)
    assert len(cells) == 8 * len(HEADINGS) + 1
    assert all(kind == ' t="s"' or empty for kind, empty in cells)
    assert "<f>" not in sheet


def test_text_cells_have_the_text_format_and_the_date_cell_a_date_format(xlsx: Path, sheet: str) -> None:
    styles = part(xlsx, "xl/styles.xml")
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])
    (number_style,) = re.findall(r'<c r="F3" s="(\d+)"', sheet)
    (date_style,) = re.findall(r'<c r="O3" s="(\d+)"', sheet)
    (custom,) = re.findall(r'<numFmt numFmtId="(\d+)" formatCode="yyyy-mm-dd"', styles)
    assert formats[int(number_style)] == "49"  # the built-in text format @
    assert formats[int(date_style)] == custom


def test_answers_are_chosen_from_the_labels_of_the_contract(sheet: str) -> None:
    lists = re.findall(r'type="list".*?sqref="(\w+:\w+)".*?<formula1>"(.*?)"</formula1>', sheet)
    assert lists == [("M3:M9", ",".join(OUTCOME.known.values())), ("N3:N9", ",".join(METHOD.known.values()))]
    assert re.search(r'type="date" errorStyle="warning".*?sqref="O3:O9"', sheet)


def test_it_stands_still_filters_and_prints_on_a4(xlsx: Path, sheet: str) -> None:
    assert '<pane xSplit="1" ySplit="2" topLeftCell="B3"' in sheet
    assert '<autoFilter ref="A2:R9"/>' in sheet
    assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>' in sheet
    assert "第 &amp;P 页，共 &amp;N 页" in sheet
    assert '<definedName name="_xlnm.Print_Titles" localSheetId="0">核查清单!$1:$2<' in part(xlsx, "xl/workbook.xml")
    assert "sheetProtection" not in sheet


def test_it_says_that_it_is_a_question_and_no_order(xlsx: Path) -> None:
    guide = fastexcel.read_excel(xlsx).load_sheet("填写说明", header_row=None, dtypes="string").to_polars()
    text = "".join(guide.to_series(1))
    assert "不得仅凭本清单注销" in text
    assert set(OUTCOME.known.values()) <= set(guide.to_series(0))


def test_on_paper_text_keeps_eight_points() -> None:
    """A digit of 9-point 宋体 is 4.5 points wide; A4 across is 842 points, less a quarter of an inch at each side."""
    printed = [column for column in LIST_COLUMNS if column.is_printed]
    assert printed == list(LIST_COLUMNS[: len(printed)])
    width = sum(column.width + 0.71 for column in printed) * 4.5
    assert 9 * min(1, (842 - 36) / width) >= 8


def test_the_title_says_how_the_rows_stand_and_how_many_findings_wait(store: Store, settings: Settings) -> None:
    store.settings = settings.model_copy(update={"max_rows_per_station": 2})
    worklist.run(store, store.settings)
    path = settings.home.staged_worklists / EAST / f"worklist_{EAST}_{AS_OF}.xlsx"
    (title,) = fastexcel.read_excel(path).load_sheet(0, header_row=None, n_rows=1, dtypes="string").to_polars().row(0)[:1]
    assert title == "东城派出所 户籍登记核查清单　2026-11-21　共 2 行（新增 2）；另有 4 条待后续下发"


def test_a_filled_list_is_read_back_below_its_title(store: Store, xlsx: Path, tmp_path: Path) -> None:
    filled = tmp_path / xlsx.name
    with zipfile.ZipFile(xlsx) as book, zipfile.ZipFile(filled, "w") as copy:
        for name in book.namelist():
            text = book.read(name).decode()
            for cell, value in (("M3", "属实"), ("O3", "2026-11-25")):
                text = re.sub(rf'<c r="{cell}" s="(\d+)"/>', rf'<c r="{cell}" s="\1" t="inlineStr"><is><t>{value}</t></is></c>', text)
            copy.writestr(name, text)
    answers = returned.read(store, filled).rows
    assert answers.select("finding_id", "outcome", "verified_on").rows() == [("X000000022", "属实", "2026-11-25")]
