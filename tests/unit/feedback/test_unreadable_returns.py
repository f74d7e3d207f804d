"""Lists that no program of ours would write: each is taken in, or refused with a receipt, without harm to the others."""

from __future__ import annotations

import os
from functools import partial

import pytest
from return_desk import DUPLICATE, EAST, INVALID, answer, told
from xlsxwriter import Workbook

from reconcile import checksum, doctor, feedback
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


NAMES = {
    "as long as a file system allows": f"worklist_{EAST}_2026-11-21_{'清' * 72}".encode() + b".csv",
    "without an ending": b"x" * 255,
    "as unzip leaves names of China": "东所核查清单.csv".encode("gb18030"),
    "in no encoding": b"\xff\xfe\xff.csv",
    "with a line break": b"a\nb.csv",
    "like a pattern": b"list[1]?*.csv",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("is_a_list", [True, False], ids=["a list", "no list"])
def test_a_name_that_no_program_of_ours_would_give_stops_no_other_list(desk, name, is_a_list):
    returns = desk.settings.home.returns
    returns.mkdir(parents=True, exist_ok=True)
    content = desk.csv([answer(INVALID)]).read_bytes() if is_a_list else b"nothing"
    (returns / os.fsdecode(name)).write_bytes(content)
    (returns / f"worklist_{EAST}_2026-11-21.csv").write_bytes(desk.csv([answer(DUPLICATE)]).read_bytes())
    receipts = desk.take(*feedback.waiting(desk.store, desk.settings))
    assert sorted((receipt.is_usable, len(told(receipt))) for receipt in receipts) == [(is_a_list, 1), (True, 1)]
    assert feedback.waiting(desk.store, desk.settings) == []
    shown = {NAMES["as unzip leaves names of China"]: "东所核查清单.csv", b"a\nb.csv": "a\ufffdb.csv"}
    assert shown.get(name, os.fsdecode(name)) in {receipt.file for receipt in receipts} or name.startswith(b"\xff")
    assert not list(desk.settings.home.scratch.glob("*清单*"))


def test_a_file_that_this_account_may_not_open_is_told_and_stops_no_other(desk, monkeypatch, caplog):
    returns = desk.settings.home.returns
    returns.mkdir(parents=True, exist_ok=True)
    for name in ("a.csv", "b.csv"):
        (returns / name).write_bytes(desk.csv([answer(INVALID)]).read_bytes())
    sha256 = checksum.sha256
    monkeypatch.setattr(checksum, "sha256", partial(_shut, sha256))
    assert [path.name for path in feedback.waiting(desk.store, desk.settings)] == ["b.csv"]
    assert "a.csv cannot be opened (PermissionError)" in caplog.text
    (line,) = [line for name, line in doctor.examine(desk.settings) if name == "returned files"]
    assert (line.level, line.seen) == (doctor.Level.RED, "1 wait, 0 cannot be read, 1 cannot be opened")


def _shut(sha256, path):
    if path.name == "a.csv":
        raise PermissionError
    return sha256(path)
