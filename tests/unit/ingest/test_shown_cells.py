"""What a cell shows beyond its value: numbers and months completed by a format, merged cells, hidden rows, days nobody meant."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from reconcile.contract.tables import EXTRACTS
from reconcile.errors import InputRefusedError
from reconcile.ingest import biff, formats, ods, readers
from reconcile.ingest.discover import Delivery
from reconcile.ingest.marks import Merged

FILES = Path(__file__).parents[2] / "files"


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ('"S"00000', "1", "S00001"),
        (r"\S00000", "123456", "S123456"),
        ("000000", "12", "000012"),
        ("000000", "990101", None),
        ('"990101"000000', "12", "990101000012"),
        ("00-0000", "1234567", "123-4567"),
        ("0000-000", "12", "0000-012"),
        ('General"号"', "3", "3号"),
        ('0"岁"', "74", "74岁"),
        ('[=1]"女";[=2]"男"', "1", "女"),
        ('[=1]"女";[=2]"男"', "9", None),
        ('"是";;"否"', "1", "是"),
        ('"是";;"否"', "0", "否"),
        ("0;-0;;@", "0", ""),
        ("0;-0;;@", "5", None),
        (";;;", "5", None),
        ("#,##0", "1234", None),
        ("0.00", "1", None),
        ("0%", "1", None),
        ("#,##0,", "1234", None),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0", None),
        ("[$¥-804]#,##0", "12", None),
        ("[Red]000", "7", "007"),
        ("yyyy-mm-dd", "33001", None),
        ("[h]:mm", "12", None),
        ("General", "12", None),
        ('"S"00000', "1.5", None),
        ('"a;b"0', "7", "a;b7"),
    ],
)
def test_a_number_in_a_format(code, number, shown):
    assert formats.shown_number(code, number) == shown


@pytest.mark.parametrize(
    ("code", "shown"), [('"S"@', "S城东"), (r"@\县", "城东县"), ('0;0;0;"第"@', "第城东"), ("@", None), ("0;;;@", None), ('"S"00000', None)]
)
def test_a_text_in_a_format(code, shown):
    assert formats.shown_text(code, "城东") == shown


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ('yyyy"年"m"月"', "%Y-%m"), ("mmm-yy", "%Y-%m"), (r"[$-1E000804]yyyy\年m\月", "%Y-%m"), ("yyyy", "%Y"),
        ('[$-804]yyyy"年"m"月"d"日";@', ""), ('m"月"d"日"', ""), ("h:mm", ""), ("000000", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_a_format_of_days_leaves_out(code, known):
    assert formats.known_part(code) == known


def read(path):
    source = readers.reader(Delivery(path, EXTRACTS["health_death"], dt.date(2026, 11, 21), "", None), path.parent)
    relation = source.relation(source.head())
    return relation.frame.drop("_line").rows(), relation.notes


def as_shown(**otherwise):
    columns = {
        "key": ("S00001", "S00022", "S00333"),
        "name": ("王伟女士", "李娜女士", "张敏女士"),
        "death": ("2026-01-01", "2026-01-03", "2026-02-01"),
        "reported": ("2026-01-02", "2026-01-04", "2026-02-02"),
        "sex": ("女", "男", "女"),
        "age": ("75", None, "66"),  # a nought that nobody sees is no age
        "birth": ("1950-05", "1960-12", "1959-01"),
        "area": ("990101", "990112", "990101"),
        "address": ("甲县乙镇三村", "甲县乙镇三村", "甲县丁镇"),
    }
    return list(zip(*(columns | otherwise).values(), strict=True))


@pytest.mark.parametrize("file", ["formats.xlsx", "libreoffice_formats.xlsx", "libreoffice_formats.xls", "gnumeric_formats.xls"])
def test_a_workbook_is_read_as_it_is_shown(file):
    rows, notes = read(FILES / file)
    days = {
        "46023": "2026-01-01",
        "46024": "2026-01-02",
        "46025": "2026-01-03",
        "46026": "2026-01-04",
        "46054": "2026-02-01",
        "46055": "2026-02-02",
    }
    assert [tuple(days.get(cell, cell) for cell in row) for row in rows] == as_shown()
    assert notes == ("1 hidden rows are read too",)


@pytest.mark.parametrize("file", ["libreoffice_formats.ods", "gnumeric_formats.ods"])
def test_an_ods_too(file):
    assert read(FILES / file) == (as_shown(), ("1 hidden rows are read too",))


def test_merged_cells_of_an_ods_are_counted_over_what_is_repeated():
    xml = b"""<table:table table:name="a &amp; b"><table:table-column table:number-columns-repeated="9"/>
<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="9"/></table:table-row>
<table:table-row><table:table-cell/><table:covered-table-cell table:number-columns-repeated="2"/>
<table:table-cell table:number-columns-spanned="1" table:number-rows-spanned="4"></table:table-cell></table:table-row></table:table>
<table:table table:name="c"><table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2"/>"""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("content.xml", xml)
    assert ods.beside(content.getvalue()).merged == {"a & b": [Merged(3, 6, 3, 3)], "c": [Merged(0, 1, 0, 2)]}


@pytest.mark.parametrize("file", ["libreoffice_formats.xls", "gnumeric_formats.xls"])
def test_an_xls_whose_records_are_damaged_is_told_from_one_that_says_nothing(file, tmp_path):
    content = (FILES / file).read_bytes()
    assert biff.records(content).styles
    for kept in (0, 40, 600, len(content) - 700):
        biff.records(content[:kept])
    for plain in ("xlwt.xls", "libreoffice.xls", "gnumeric.xls"):
        assert read(FILES / plain)[1] == ()


def test_noughts_that_a_sheet_does_not_show_are_told(tmp_path):
    for file, ending in (("libreoffice_noughts.xlsx", "xlsx"), ("libreoffice_noughts.xls", "xls"), ("libreoffice_noughts.ods", "ods")):
        assert read(FILES / file)[1] == ("1 noughts are read, which the sheet does not show",), ending


def book(path, headings, rows, codes=(), values=None):
    """A sheet of rows; ``codes`` are the formats of its columns; a text that begins with = is a formula of the value ``values``."""
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, headings)
        for column, code in enumerate(codes):
            sheet.set_column(column, column, None, made.add_format({"num_format": code}))
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                style = made.add_format({"num_format": codes[column]}) if column < len(codes) else None
                if str(cell).startswith("="):
                    sheet.write_formula(line, column, cell, style, values)
                else:
                    sheet.write(line, column, cell, style)
    return path


DEATH = ("死亡证明编号", "姓名", "死亡日期", "报告日期", "户籍地址")


def test_a_column_of_whole_days_stays_one_whatever_its_format_hides(tmp_path):
    codes = ("General", "General", "yyyy-mm", "General", "General")
    for days, said in (((46023, 46054), ["2026-01", "2026-02"]), ((46023, 46055), ["2026-01-01", "2026-02-02"])):
        path = book(tmp_path / "a.xlsx", DEATH, [(f"D{day}", "王伟", day, "20260301", "甲") for day in days], codes)
        assert [row[2] for row in read(path)[0]] == said


def test_days_where_none_are_expected_are_told(tmp_path):
    path = book(tmp_path / "a.xlsx", DEATH, [("D1", "王伟", "20260101", "20260102", 46093)], ("General",) * 4 + ("yyyy-mm-dd",))
    assert read(path)[1] == ("户籍地址: 1 days where no day is expected; a typed 3-12 becomes one",)


def test_cells_merged_over_columns_are_told(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, DEATH)
        sheet.write_row(1, 0, ["D1", "王伟", "20260101"])
        sheet.merge_range(1, 3, 1, 4, "20260102")
    assert read(path)[1] == ("1 cells are merged over several columns, of which only the first has the value",)


@pytest.mark.parametrize(("value", "is_read"), [(0, False), ("", False), (75, True)])
def test_formulas_that_a_library_left_to_be_calculated_are_refused(tmp_path, value, is_read):
    path = book(tmp_path / "a.xlsx", (*DEATH[:4], "年龄"), [("D1", "王伟", "20260101", "20260102", "=1+1")], values=value)
    if is_read:
        assert read(path)[0][0][4] == "75"
    else:
        with pytest.raises(InputRefusedError, match="年龄: the formulas of the column"):
            read(path)


def test_a_formula_of_an_ods_that_nobody_calculated_is_refused(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(FILES / "libreoffice_formats.ods") as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            uncalculated = rb'<table:table-cell table:formula="of:=[.A1]"/>'
            made.writestr(name, re.sub(rb'<table:table-cell[^>]*office:value="75".*?</table:table-cell>', uncalculated, given.read(name)))
    with pytest.raises(InputRefusedError, match="年龄: the formulas of the column"):
        read(path)
