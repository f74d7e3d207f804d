"""XLSX and Parquet."""

import datetime as dt

import polars as pl
import pytest
import xlsxwriter
from inbox_night import DEATH

from reconcile.errors import InputRefusedError

HEADINGS = ["死亡证明编号", "姓名", "死亡日期", "报告日期", "公民身份号码", "年龄"]
QUERY = "SELECT death_cert_no, name, death_date, reported_on, citizen_id, age, _line FROM raw.health_death ORDER BY _line"


def book(path, sheets, **options):
    """Write sheets of rows; numbers become number cells, text becomes text cells."""
    with xlsxwriter.Workbook(path, options) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(
                            row, column, dt.datetime(cell.year, cell.month, cell.day, tzinfo=dt.UTC).replace(tzinfo=None), day
                        )
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    else:
                        sheet.write(row, column, cell)


def test_text_and_number_cells(night):
    rows = [
        HEADINGS,
        ["D1", "王伟", dt.date(2026, 1, 1), 20260102, 990101199001011000, 81],
        [],
        ["D2", "李\n娜", "2026.1.3", "2026年1月4日", "990101199001011000", "081"],
        ["D3", "张敏", 46025, None, "990101199001010016", 81.5],
        ["合计", 3],
    ]
    book(night.inbox / "health_death_20261121.xlsx", {"Sheet1": rows})
    night.run()
    assert night.rows(QUERY) == [
        ("D1", "王伟", "2026-01-01", "20260102", "990101199001011000", "81", 2),
        ("D2", "李\n娜", "2026.1.3", "2026年1月4日", "990101199001011000", "081", 4),
        ("D3", "张敏", "46025", None, "990101199001010016", "81.5", 5),
    ]
    assert [reject[1:3] for reject in night.rejects()] == [(6, "total_row")]


@pytest.mark.parametrize("digits", ["990101199001010944", "990101199001011072", "990101199001010016"])
def test_a_number_typed_as_text_keeps_every_digit(night, digits):
    # The first is what a number cell that ends in 1000 turns into in floating point.
    book(night.inbox / "health_death_20261121.xlsx", {"a": [HEADINGS, ["D1", "王伟", "20260101", "20260102", digits, 1]]})
    night.run()
    assert night.rows("SELECT citizen_id FROM raw.health_death") == [(digits,)]


def test_a_number_that_went_through_floating_point_shows_the_damage(night):
    row = ["D1", "王伟", "20260101", "20260102", 990101199001010016.0, 1.0]
    pl.DataFrame([row], schema=HEADINGS, orient="row").write_parquet(night.inbox / "health_death_20261121.parquet")
    night.run()
    assert night.rows("SELECT citizen_id, age FROM raw.health_death") == [(str(int(990101199001010016.0)), "1")]


def test_a_certificate_that_lost_digits_shows_it(night):
    """Three certificates of one office differ in their last digits, and in a number cell, or in floating point, are one."""
    rows = [[number, "王伟", "20260101", "20260102", "", 1] for number in (99010120260000001, "99010120260000002", 990101202600003)]
    book(night.inbox / "health_death_20261121_1.xlsx", {"a": [HEADINGS, *rows]})
    frame = pl.DataFrame(rows[:1] + rows[2:], schema=dict.fromkeys(HEADINGS[:1], pl.Float64) | dict.fromkeys(HEADINGS[1:]), orient="row")
    frame.write_parquet(night.inbox / "health_death_20261121_2.parquet")
    night.run()
    numbers = [row[0] for row in night.rows("SELECT death_cert_no FROM raw.health_death ORDER BY _file, _line")]
    assert numbers == ["9.90101E+16", "99010120260000002", "990101202600003", "9.90101E+16", "990101202600003"]


def test_the_sheet_and_the_heading_row_of_a_profile(night):
    rows = [["死亡名单"], ["填报单位：", "甲县"], HEADINGS, ["D1", "王伟", "20260101", "20260102", "", 1]]
    book(night.inbox / "死亡20261121.xlsx", {"说明": [["请看第二页"]], "数据": rows})
    night.put("profiles/a.toml", 'pattern = "死亡*.xlsx"\nextract = "health_death"\nsheet = "数据"\nheader_row = 3\n')
    night.run()
    assert night.deaths() == [("D1", "王伟", 4)]


def test_headings_below_a_title_are_pointed_out(night):
    book(night.inbox / "health_death_20261121.xlsx", {"a": [["死亡名单"], [], HEADINGS, ["D1"]]})
    with pytest.raises(InputRefusedError, match="headings seem to be in line 3"):
        night.run()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04 cut off", "no readable workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no readable workbook"),
    ],
)
@pytest.mark.parametrize("ending", ["xlsx"])
def test_what_is_no_workbook_is_refused(night, content, message, ending):
    night.put(f"health_death_20261121.{ending}", content)
    with pytest.raises(InputRefusedError, match=message):
        night.run()


def test_a_workbook_with_an_empty_sheet_is_refused(night):
    book(night.inbox / "health_death_20261121.xlsx", {"a": []})
    with pytest.raises(InputRefusedError, match="the sheet is empty"):
        night.run()


def test_a_sheet_that_is_not_there_is_refused(night):
    book(night.inbox / "health_death_20261121.xlsx", {"a": [HEADINGS]})
    night.put("profiles/a.toml", 'pattern = "health_death_*.xlsx"\nextract = "health_death"\nsheet = "b"\n')
    with pytest.raises(InputRefusedError, match="no such sheet"):
        night.run()


def test_parquet_reads_as_text(night):
    frame = pl.DataFrame(
        {
            "death_cert_no": ["D1", "D2"],
            "name": ["王伟", None],
            "death_date": [dt.date(2026, 1, 1), None],
            "reported_on": [20260102, 20260103],
            "citizen_id": ["a", "b"],
            "age": [81.0, None],
            "voided": [True, False],
            "民族": ["甲", "乙"],
        }
    )
    frame.write_parquet(night.inbox / "health_death_20261121_[1].parquet")
    night.run()
    assert night.rows(QUERY) == [("D1", "王伟", "2026-01-01", "20260102", "a", "81", 2), ("D2", None, None, "20260103", "b", None, 3)]
    assert night.rows("SELECT voided FROM raw.health_death ORDER BY _line") == [("true",), ("false",)]
    assert night.rows("SELECT refused_columns FROM ops.load WHERE extract = 'health_death'") == [("民族",)]


def test_what_is_no_parquet_is_refused(night):
    night.put("health_death_20261121.parquet", DEATH)
    with pytest.raises(InputRefusedError, match="no readable Parquet file"):
        night.run()


DAYS = [dt.date(1930, 5, 17), dt.date(1999, 12, 31), dt.date(2024, 2, 29), dt.date(2026, 1, 1)]


@pytest.mark.parametrize("as_cell", [lambda day: day, lambda day: (day - dt.date(1904, 1, 1)).days], ids=["date cells", "bare numbers"])
def test_a_workbook_that_counts_from_1904_has_the_right_days(night, as_cell):
    rows = [[f"D{number}", "王伟", as_cell(day), "20260102", "", 45_000] for number, day in enumerate(DAYS)]
    book(night.inbox / "health_death_20261121.xlsx", {"a": [HEADINGS, *rows]}, date_1904=True)
    night.run()
    assert night.rows("SELECT death_date, age FROM raw.health_death ORDER BY _line") == [(f"{day}", "45000") for day in DAYS]


def test_in_a_workbook_that_counts_from_1904_a_year_stays_a_year(night):
    book(night.inbox / "health_death_20261121.xlsx", {"a": [HEADINGS, ["D1", "王伟", 1980, 20260102, "", 1]]}, date_1904=True)
    night.run()
    assert night.rows("SELECT death_date, reported_on FROM raw.health_death") == [("1980", "20260102")]


@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
@pytest.mark.parametrize("number", [20241225, 19801231])
def test_a_number_in_a_cell_formatted_as_a_date_is_the_number(night, number, options):
    path = night.inbox / "health_death_20261121.xlsx"
    with xlsxwriter.Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ["D1", "王伟"])
        sheet.write_number(1, 2, number, workbook.add_format({"num_format": "yyyy-mm-dd"}))
    night.run()
    assert night.rows("SELECT death_date FROM raw.health_death") == [(str(number),)]


@pytest.mark.parametrize("number", [99991231, 99999999, 20241225153000])
@pytest.mark.parametrize("corner", [(0, 0), (2, 1)])
def test_a_number_beyond_every_calendar_in_a_cell_formatted_as_a_date_is_the_number(night, number, corner):
    down, right = corner
    with xlsxwriter.Workbook(night.inbox / "health_death_20261121.xlsx") as workbook:
        workbook.add_worksheet("别的").write_number(1, 2, 88888888)
        sheet = workbook.add_worksheet("死亡&火化")
        sheet.write_row(down, right, HEADINGS)
        sheet.write_row(down + 1, right, ["D1", "王伟", None, "20260102", 990101199001010000])
        sheet.write_number(down + 1, right + 2, number, workbook.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_row(down + 2, right, ["D2", "李娜", None, "20260102"])
    night.put("profiles/health_death.toml", 'pattern = "health_death_*.xlsx"\nextract = "health_death"\nsheet = "死亡&火化"\n')
    night.run()
    days = night.rows("SELECT death_cert_no, death_date, _line FROM raw.health_death ORDER BY _line")
    assert days == [("D1", str(number), down + 2), ("D2", None, down + 3)]


def test_a_sheet_that_begins_in_column_b_is_read(night):
    rows = [[], ["", *HEADINGS], ["", "D1", "王伟", dt.date(2026, 1, 1), 20260102, 990101199001011000, 81]]
    book(night.inbox / "health_death_20261121.xlsx", {"a": [[cell or None for cell in row] for row in rows]})
    night.run()
    assert night.rows(QUERY) == [("D1", "王伟", "2026-01-01", "20260102", "990101199001011000", "81", 3)]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_a_moment_in_parquet_is_the_civil_time_of_china(night, zone):
    moments = (
        pl.Series(["2026-01-01", "1988-07-01"]).str.to_datetime("%Y-%m-%d").dt.replace_time_zone("Asia/Shanghai").dt.convert_time_zone(zone)
    )
    frame = pl.DataFrame({"death_cert_no": ["D1", "D2"], "name": ["王伟"] * 2, "death_date": moments, "reported_on": moments})
    frame.write_parquet(night.inbox / "health_death_20261121.parquet")
    night.run()
    assert night.rows("SELECT death_date FROM raw.health_death ORDER BY _line") == [("2026-01-01 00:00:00",), ("1988-07-01 00:00:00",)]
