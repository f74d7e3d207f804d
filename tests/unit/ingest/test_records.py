"""Rows of a text file: line numbers, quotes, and what is put aside."""

import csv
import datetime as dt
import io

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from inbox_night import DEATH

from reconcile.contract.tables import EXTRACTS
from reconcile.errors import InputRefusedError
from reconcile.ingest import split
from reconcile.ingest.discover import Delivery
from reconcile.ingest.split import Splitter
from reconcile.ingest.texts import TextReader

FILE = "health_death_20261121.csv"


def test_lines_are_those_where_records_start(night):
    first, second = 'D1,"王\n伟",20260101,20260102\n\n', 'D2,"a ""b""",20260101,20260102\r\n  \n'
    night.put(FILE, DEATH + first + second + 'D3,"x\r\n\r\ny",20260101,20260102\nD4,z,,')
    night.run()
    assert night.deaths() == [("D1", "王\n伟", 2), ("D2", 'a "b"', 5), ("D3", "x\r\n\r\ny", 7), ("D4", "z", 10)]
    assert night.rejects() == []


def test_headings_with_line_breaks_shift_the_lines(night):
    night.put(FILE, '"死亡证明\n编号",姓名,死亡日期,报告日期\nD1,王伟,20260101,20260102\n')
    night.run()
    assert night.deaths() == [("D1", "王伟", 3)]


def test_rows_with_too_many_or_too_few_fields_are_put_aside_as_delivered(night):
    night.put(FILE, DEATH + "D1,王伟,20260101,20260102\nD2,李娜,20260101\nD3,张,敏,20260101,20260102\nD4,刘洋,20260101,20260102,,5\n")
    counts = night.run()
    assert night.deaths() == [("D1", "王伟", 2)]
    assert night.rejects() == [
        (FILE, 3, "columns", "row", "D2,李娜,20260101"),
        (FILE, 4, "columns", "row", "D3,张,敏,20260101,20260102"),
        (FILE, 5, "columns", "row", "D4,刘洋,20260101,20260102,,5"),
    ]
    assert counts["rejects"] == 3
    assert night.rows(f"SELECT rows FROM ops.load WHERE file = '{FILE}'") == [(4,)]


@pytest.mark.parametrize("ragged", [",", "D1", ",,,,x", '"D1","x"'])
def test_a_file_of_very_many_ragged_lines_is_refused(night, monkeypatch, ragged):
    monkeypatch.setattr(split, "_MOST_RAGGED", 3)
    night.put(FILE, DEATH + f"{ragged}\n" * 3)
    night.run()
    assert len(night.rejects()) == 3
    night.put(FILE, DEATH + f"{ragged}\n" * 4 + "\n")
    with pytest.raises(InputRefusedError, match=r"csv: more than 3 lines do not have the number of columns of the header"):
        night.run()


@pytest.mark.parametrize("whole", ["", "D1,王伟,20260101,20260102,,", '"D1","a,b",20260101,20260102', '"D1","a\nb",,'])
def test_lines_that_are_whole_are_not_counted_as_ragged(night, monkeypatch, whole):
    monkeypatch.setattr(split, "_MOST_RAGGED", 0)
    night.put(FILE, DEATH + f"{whole}\n" * 4)
    night.run()
    assert night.rejects() == []


def test_surplus_delimiters_with_nothing_behind_them_are_no_fault(night):
    night.put(FILE, DEATH + "D1,王伟,20260101,20260102,\nD2,李娜,20260101,20260102,,\n")
    night.run()
    assert night.deaths() == [("D1", "王伟", 2), ("D2", "李娜", 3)]
    assert night.rejects() == []


def test_a_stray_quote_spoils_its_own_line_only(night):
    open_quote, broken_quote = 'D1,"王伟,20260101,20260102\n', 'D3,"张"敏,20260101,20260102\n'
    night.put(FILE, DEATH + open_quote + "D2,李娜,20260101,20260102\n" + broken_quote + 'D4,刘 5",20260101,20260102\n')
    night.run()
    assert night.deaths() == [("D2", "李娜", 3), ("D4", '刘 5"', 5)]
    assert [reject[1:3] for reject in night.rejects()] == [(2, "quote"), (4, "quote")]


def test_two_stray_quotes_do_not_swallow_what_lies_between(night):
    rows = 'D1,"王伟,20260101,20260102\nD2,李娜,20260101,20260102\nD3,"张敏,20260101,20260102\nD4,刘洋,20260101,20260102\n'
    night.put(FILE, DEATH + rows)
    night.run()
    assert night.deaths() == [("D2", "李娜", 3), ("D4", "刘洋", 5)]


def test_an_open_quote_hidden_by_an_even_count_is_found_on_the_second_look(night):
    rows = 'D1,王 5"伟,"20260101,20260102\nD2,李娜,20260101,20260102\nD3,张敏,20260101,20260102\n'
    night.put(FILE, DEATH + rows)
    night.run()
    assert night.deaths() == [("D2", "李娜", 3), ("D3", "张敏", 4)]
    assert [reject[1:3] for reject in night.rejects()] == [(2, "quote")]


def test_empty_and_total_rows(night):
    night.put(FILE, DEATH + "D1,王伟,20260101,20260102\n,,,\n合\u3000计：,1,,\n")
    counts = night.run()
    assert night.deaths() == [("D1", "王伟", 2)]
    assert night.rejects() == [(FILE, 4, "total_row", "row", "合\u3000计：,1,,")]
    assert (counts["rows"], counts["rejects"]) == (4, 1)  # with one registration and one station


def test_a_person_whose_name_begins_like_a_total_stays(night):
    night.put(FILE, "name,death_cert_no,death_date,reported_on\n总计划,D1,20260101,20260102\n")
    night.run()
    assert night.deaths() == [("D1", "总计划", 2)]


def test_headings_without_rows_load_nothing(night):
    night.put(FILE, DEATH)
    assert night.run()["files"] == 3
    assert night.deaths() == []


def test_empty_cells_are_empty(night):
    night.put(FILE, DEATH + 'D1,,"",20260102\n')
    night.run()
    assert night.rows("SELECT coalesce(name, ''), coalesce(death_date, '') FROM raw.health_death") == [("", "")]


def _records(data: bytes, size: int, *, careful: bool = False) -> tuple[list[bytes], Splitter]:
    splitter = Splitter("f.csv", b",", 2, 1, careful)
    blocks = [data[start : start + size] for start in range(0, len(data), size)]
    return b"".join(splitter.split(blocks)).splitlines(keepends=True), splitter


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 1000])
@pytest.mark.parametrize("careful", [False, True])
def test_the_size_of_blocks_does_not_show(size, careful):
    records, splitter = _records(b'a,b\r\n1,"x\r\ny"\r\n\r\n2,z\r3,"q\n4,w\n', size, careful=careful)
    assert b"".join(records) == b'2,1,"x\r\ny"\n5,2,z\n7,4,w\n'
    assert [(item.line, item.rule) for item in splitter.spoiled] == [(6, "quote")]
    assert splitter.records == 3


def test_a_quoted_field_may_not_reach_over_the_whole_file():
    records, splitter = _records(b'a,b\n1,"x\n' + b"2,y\n" * 300 + b'z",3\n', 50)
    assert len(records) == 301
    assert [item.line for item in splitter.spoiled] == [2]


STYLES = [("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL)]
# Not ("\n", QUOTE_MINIMAL): there csv.writer leaves a carriage return unquoted, which no reader can tell from a line break.
CODED = st.characters(codec="gb18030", exclude_characters="\0\ufeff")
CELL = st.text(CODED, max_size=6) | st.text(st.sampled_from('",\n\r|a王·\u3000 '), max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(CELL, CELL), max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    delimiter=st.sampled_from(",\t|^"),
    style=st.sampled_from(STYLES),
    careful=st.booleans(),
)
@example(rows=[('"', "\r"), (" ", '\n"\n')], encoding="utf-8", delimiter=",", style=STYLES[2], careful=False)
def test_what_was_written_is_what_is_read(tmp_path_factory, rows, encoding, delimiter, style, careful):  # noqa: PLR0917 - drawn by name
    folder = tmp_path_factory.getbasetemp()
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=style[0], quoting=style[1])
    writer.writerow(DEATH.strip().split(","))
    expected = []
    for number, (left, right) in enumerate(rows):
        line = 1 + text.getvalue().replace("\r\n", "\n").replace("\r", "\n").count("\n")
        writer.writerow([f"D{number}", left, right, "20260101"])
        expected.append((line, f"D{number}", left, right))
    path = folder / FILE
    path.write_bytes(text.getvalue().encode(encoding))
    reader = TextReader(Delivery(path, EXTRACTS["health_death"], dt.date(2026, 11, 21), "", None), folder)
    relation = reader.relation(reader.head(), careful=careful)
    query = f"SELECT _line, c0, coalesce(c1, ''), coalesce(c2, '') FROM {relation.sql} ORDER BY _line"
    assert duckdb.execute(query).fetchall() == expected
    assert (relation.records, relation.spoiled) == (len(rows), [])
