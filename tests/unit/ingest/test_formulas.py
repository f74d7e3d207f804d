"""A formula that nobody calculated is no empty cell and no nought; what a workbook hides is not delivered."""

import datetime as dt
import zipfile

import pytest
import xlsxwriter

from reconcile.contract.tables import EXTRACTS
from reconcile.errors import InputRefusedError
from reconcile.ingest import discover, formulas, guess, readers
from reconcile.ingest.discover import Delivery

HEADINGS = ("死亡证明编号", "姓名", "死亡日期", "年龄", "备用")


def book(path, *, formulas_in="", value=0, hidden=(), others=()):
    """A sheet of two deaths; a column may be formulas whose value is stored as given; more sheets, some of them hidden."""
    with xlsxwriter.Workbook(path) as made:
        for name in ("死亡", *others):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, HEADINGS[:4])
            for row in (1, 2):
                sheet.write_row(row, 0, [f"{name}{row}", "王伟", "2026-01-01", 80])
                if formulas_in:
                    sheet.write_formula(row, HEADINGS.index(formulas_in), "=Z1", None, value)
            if name in hidden:
                sheet.hide()
    return path


def changed(path, old, new):
    """The same with other words in its parts."""
    with zipfile.ZipFile(path) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content.replace(old, new))
    return path


def rows(path, tmp_path):
    source = readers.reader(Delivery(path, EXTRACTS["health_death"], dt.date(2026, 11, 21), "", None), tmp_path)
    relation = source.relation(source.head())
    return relation.frame["c0"].to_list(), relation.left_out


@pytest.mark.parametrize("heading", ["姓名", "死亡日期", "年龄"])
def test_formulas_without_a_value_are_refused_by_name(tmp_path, heading):
    path = changed(book(tmp_path / "a.xlsx", formulas_in=heading), b"</f><v>0</v>", b"</f><v />")
    with pytest.raises(InputRefusedError, match=f"{heading}: the formulas.*save it"):
        rows(path, tmp_path)


@pytest.mark.parametrize("heading", ["姓名", "死亡日期"])
def test_so_are_noughts_for_names_and_days(tmp_path, heading):
    with pytest.raises(InputRefusedError, match=f"{heading}: the formulas"):
        rows(book(tmp_path / "a.xlsx", formulas_in=heading), tmp_path)


@pytest.mark.parametrize(("heading", "value"), [("年龄", 81), ("姓名", "王伟"), ("死亡日期", 46023)])
def test_what_was_calculated_is_read(tmp_path, heading, value):
    assert rows(book(tmp_path / "a.xlsx", formulas_in=heading, value=value), tmp_path)[0] == ["死亡1", "死亡2"]


def test_noughts_of_a_program_that_calculates_are_ages(tmp_path):
    path = changed(book(tmp_path / "a.xlsx", formulas_in="年龄"), b' fullCalcOnLoad="1"', b"")  # as LibreOffice writes it
    assert rows(path, tmp_path)[0] == ["死亡1", "死亡2"]


def test_what_a_spreadsheet_program_calculated_is_not_searched(tmp_path):
    path = book(tmp_path / "a.xlsx", formulas_in="姓名")
    assert formulas.uncalculated(path, "死亡").nought == {1}
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("xl/calcChain.xml", "<calcChain/>")
    assert formulas.uncalculated(path, "死亡") == formulas.NONE


def test_a_hidden_sheet_is_named_and_not_read(tmp_path):
    path = book(tmp_path / "a.xlsx", others=("去年",), hidden=("去年",))
    assert rows(path, tmp_path) == (["死亡1", "死亡2"], ("去年 (hidden)",))
    assert rows(book(tmp_path / "b.xlsx", others=("补报",)), tmp_path) == (["死亡1", "死亡2", "补报1", "补报2"], ())


@pytest.mark.parametrize(
    ("name", "seems"),
    [
        ("health_death_20261121.csv.xz", "packed by xz"),
        ("health_death_20261121.tar.gz", "matches no extract and no profile"),
        ("health_death_20261121.dta", "of a kind that is not read: ask for CSV or XLSX"),
        ("health_death_20261121_2.html", "a web page: save it as XLSX"),
        ("health_death_20261121.md5", None),
        ("health_death_20261121.fpt", None),
        ("notes.dta", None),
    ],
)
def test_what_is_named_like_a_delivery_is_never_passed_over_without_a_word(tmp_path, name, seems):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / name).write_bytes(b"\x01\x02")
    found = discover.look(inbox, [], tmp_path / "scratch", 10**6).unmatched
    assert [path.name for path in found] == ([name] if seems else [])
    assert all(seems in guess.sentence(path, tmp_path) for path in found)
