"""One table as LibreOffice, Gnumeric, pandas, SheetJS, xlwt and DBF writers save it: the same values, or a refusal that says what to do."""

import datetime as dt
from pathlib import Path

import duckdb
import polars as pl
import pytest

from reconcile.contract.tables import EXTRACTS
from reconcile.errors import InputRefusedError, Place
from reconcile.ingest import header, readers
from reconcile.ingest.discover import Delivery
from reconcile.standardise.table import standardised

FILES = Path(__file__).parents[2] / "files"
DEATH = EXTRACTS["health_death"]
CUT = ("990104195010010000", "excel_tail")
LOST = (None, "scientific")
"""What is left of a number cell in a workbook, and in a CSV saved from one."""


def deaths(lost=CUT, long_name="古丽巴哈尔买买提"):
    return [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 2), "990104194103050018", "valid", "王伟", 84),
        (dt.date(2024, 2, 29), dt.date(2026, 1, 4), *lost, "慕容小兰", 73),
        (dt.date(2026, 8, 31), dt.date(2026, 9, 1), None, "missing", long_name, 87),
        (dt.date(1999, 12, 31), dt.date(2000, 1, 5), "990104193812310017", "valid", "欧阳娜", 61),
    ]


def read(path, scratch, ignore=()):
    """What becomes of the rows of a file, and their lines."""
    source = readers.reader(Delivery(path, DEATH, dt.date(2026, 11, 21), "", None), scratch)
    head = source.head()
    relation = source.relation(head)
    columns = header.audit(DEATH, head.headings, Place(path.name, 1), {}, ignore).columns
    with duckdb.connect() as connection:
        if relation.frame is not None:
            connection.register("_delivered", relation.frame)
        cells = ", ".join(f"c{position} AS {name}" for name, position in columns.items())
        raw = connection.execute(
            f"SELECT {cells}, _line, '' AS _file, CAST(1 AS BIGINT) AS _load_id FROM {relation.sql} ORDER BY _line"
        ).pl()
    result = standardised(raw.with_columns(pl.lit(None, pl.String).alias(name) for name in DEATH.fields if name not in raw.columns), DEATH)
    assert result.rejects.is_empty()
    rows = result.rows.select("death_date", "reported_on", "citizen_id", "citizen_id_state", "name_key", "age").rows()
    return rows, result.rows["_line"].to_list()


@pytest.mark.parametrize(
    "file",
    [
        "base.xlsx",
        "libreoffice.xlsx",
        "libreoffice.xls",
        "libreoffice.ods",
        "gnumeric.xls",
        "gnumeric.ods",  # with blanks between its cells
        "sheetjs.xls",
        "sheetjs.ods",
        "pandas_odfpy.ods",
        "pandas_utc.parquet",
        "pandas_utf16.txt",
        "pandas_named.xls",  # text that is only called a workbook
        "xlwt.xls",
        "xlwt_1904.xls",
        "dbf_utf8.dbf",
    ],
)
def test_every_program_says_the_same(file, tmp_path):
    assert read(FILES / file, tmp_path) == (deaths(), [2, 3, 4, 5])


@pytest.mark.parametrize("file", ["libreoffice_gbk.csv", "sheetjs.txt"])
def test_a_number_that_a_program_shortened_is_damaged(file, tmp_path):
    assert read(FILES / file, tmp_path)[0] == deaths(LOST)


@pytest.mark.parametrize("file", ["dbf_gbk.dbf", "dbf_no_code_page.dbf"])
def test_a_dbf_in_gbk_with_headings_and_a_name_cut_in_the_middle(file, tmp_path):
    assert read(FILES / file, tmp_path) == (deaths(long_name="古丽巴哈尔买□"), [2, 3, 4, 5])


def test_a_deleted_record_and_a_memo_that_nobody_needs_are_passed_over(tmp_path):
    assert read(FILES / "dbf_library.dbf", tmp_path, ignore=["BZ"]) == (deaths(), [2, 3, 4, 5])


def test_all_sheets_with_the_same_headings_are_read_and_the_others_named(tmp_path):
    path = FILES / "openpyxl_months.xlsx"
    assert read(path, tmp_path) == (deaths(), [2, 3, 5, 6])
    source = readers.reader(Delivery(path, DEATH, dt.date(2026, 11, 21), "", None), tmp_path)
    relation = source.relation(source.head())
    assert (relation.sheets, relation.left_out) == ((("1月", 1), ("2月", 4)), ("填表说明",))


def test_what_an_office_calls_a_file_does_not_matter(tmp_path):
    for file, name in (("xlwt.xls", "a.xlsx"), ("base.xlsx", "a.xls"), ("libreoffice.ods", "b.xlsx"), ("base.xlsx", "a.csv")):
        (tmp_path / name).write_bytes((FILES / file).read_bytes())
        assert read(tmp_path / name, tmp_path)[0] == deaths()


@pytest.mark.parametrize(
    ("file", "problem", "remedy"),
    [
        ("pandas_html.xls", "only called .xls", "save it as XLSX"),
        ("sheetjs_xml.xls", "only called .xls", "save it as XLSX"),
        ("pandas_bytes.parquet", "姓名.*type that is no text", "as text"),
        ("openpyxl_rival.xlsx", "sheets 1月, 补报 have headings", "sheet = "),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_right_advice(file, problem, remedy, tmp_path):
    with pytest.raises(InputRefusedError, match=f"{problem}.*{remedy}"):
        read(FILES / file, tmp_path)


def test_visual_foxpro_says_in_bits_which_cells_are_empty_and_which_texts_are_short(tmp_path):
    """An age of nought is one; what was never filled in is nought as well, in the cell."""
    source = readers.reader(Delivery(FILES / "dbf_library_null.dbf", DEATH, dt.date(2026, 11, 21), "", None), tmp_path)
    rows = source.relation(source.head()).frame.select("c0", "c4", "c5").rows()
    assert rows == [("D1", "84", "甲县乙镇三村"), ("D2", None, None), ("D3", "0", "甲县丁镇")]
    source = readers.reader(Delivery(FILES / "visual_foxpro_varchar.dbf", DEATH, dt.date(2026, 11, 21), "", None), tmp_path)
    rows = source.relation(source.head()).frame.select("c0", "c1", "c3", "c4").rows()
    assert rows[:2] == [("D1", "王伟", "2026-01-02 00:00:00", "84"), ("D2", "慕容小兰", "2026-01-04 00:00:00", "73")]


@pytest.mark.parametrize("kept", [40, 300, 520])
def test_a_dbf_that_is_cut_off_is_refused(kept, tmp_path):
    (tmp_path / "a.dbf").write_bytes((FILES / "dbf_gbk.dbf").read_bytes()[:kept])
    with pytest.raises(InputRefusedError, match=r"cut off|no readable DBF"):
        read(tmp_path / "a.dbf", tmp_path)


def test_a_memo_that_is_needed_is_refused_by_name(tmp_path):
    content = (FILES / "dbf_library.dbf").read_bytes().replace(b"BZ\0", b"NL\0").replace(b"NL\0", b"BZ\0", 1)
    (tmp_path / "a.dbf").write_bytes(content)
    with pytest.raises(InputRefusedError, match="NL: a column of memo"):
        read(tmp_path / "a.dbf", tmp_path, ignore=["BZ"])
