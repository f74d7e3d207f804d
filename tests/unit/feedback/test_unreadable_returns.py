"""Lists that no program of ours would write: each is taken in, or refused with a receipt, without harm to the others."""

from __future__ import annotations

from return_desk import DUPLICATE, EAST, INVALID, answer, told
from xlsxwriter import Workbook

from reconcile import feedback
from reconcile.ingest import sheets
from reconcile.worklist.columns import HEADINGS


def test_a_file_that_breaks_the_reader_gets_a_receipt_and_stops_no_other(desk, monkeypatch):
    def broken(*_):
        raise KeyError("张三")

    path = desk.xlsx([answer(DUPLICATE)])
    monkeypatch.setattr(sheets, "Workbook", broken)
    bad, good = desk.take(path, desk.csv([answer(INVALID)]))
    assert (bad.problem, told(bad)) == ("cannot be read (KeyError)", [("", "", "退回")])
    assert good.is_usable
    assert path.exists()


def test_an_unreadable_file_of_the_folder_is_put_aside_and_not_read_again(desk):
    returns = desk.settings.home.returns
    for content in (b"", b"x"):
        path = returns / "east" / "a.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        desk.take(*feedback.waiting(desk.store, desk.settings))
    assert sorted(path.relative_to(returns).as_posix() for path in returns.rglob("*.csv")) == [
        "unreadable/east/a.csv",
        "unreadable/east/a_2.csv",
    ]
    assert feedback.waiting(desk.store, desk.settings) == []


def test_a_list_whose_sheet_begins_in_column_b_is_read(desk):
    path = desk.path(f"worklist_{EAST}_2026-11-21.xlsx")
    row = answer(INVALID, 公民身份号码=990101199001010000)
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 1, HEADINGS)
        for heading, value in row.items():
            sheet.write(3, 1 + HEADINGS.index(heading), value)
    (receipt,) = desk.take(path)
    assert told(receipt) == [("4", INVALID, "采用")]
