"""A station returns its list: what the command says, and what the next night makes of it."""

import csv
import datetime as dt

import duckdb
import pytest
from command import command

from reconcile.store import Reader

MORROW = dt.date(2026, 11, 22)
ANSWERS = {"核实结果": "不属实", "核实方式": "入户核对", "核实日期": "2026-11-22", "核实人": "001234"}
DISMISSED = "SELECT DISTINCT finding_id FROM find.finding WHERE status = 'dismissed' ORDER BY 1"


@pytest.fixture
def returned(after_a_good_night, tmp_path):
    """The first station's list with the first answers filled in, as GBK."""
    listed = min((after_a_good_night.home.root / "worklists" / "2026-11-21").glob("9*/*.csv"))
    with listed.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    seen: set[str] = set()
    for row in rows:
        if row["编号"] not in seen and len(seen) < 5:
            row.update(ANSWERS)
            seen.add(row["编号"])
    path = tmp_path / listed.name
    with path.open("w", encoding="gbk", errors="replace", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path, seen


def feedback(home, *paths):
    return command("feedback", *paths, "--home", home)


def test_answers_are_known_to_the_next_night_and_what_was_dismissed_is_gone_from_the_list(after_a_good_night, good_night, returned, capsys):
    path, answered = returned
    assert feedback(after_a_good_night.home, path) == 0
    after_a_good_night.inbox = good_night.inbox
    assert after_a_good_night.run(MORROW) == 0
    assert "No new delivery since 2026-11-21" in capsys.readouterr().out
    with Reader(after_a_good_night.home) as reader:
        assert set(reader.frame(DISMISSED)["finding_id"]) == answered
    tonight = "".join(
        file.read_text(encoding="utf-8-sig") for file in (after_a_good_night.home.root / "worklists" / str(MORROW)).rglob("w*.csv")
    )
    assert not [number for number in answered if number in tonight]


def test_a_file_without_a_usable_row_ends_in_exit_code_3_after_its_receipt(after_a_good_night, returned, tmp_path, capsys):
    bad = tmp_path / "bad.csv"
    bad.write_text("编号,核实结果,核实日期\nX0000000000,属实,2026-11-22\n", encoding="utf-8")
    assert feedback(after_a_good_night.home, bad) == 3
    assert "no row could be used" in capsys.readouterr().err
    assert list((after_a_good_night.home.root / "receipts").rglob("*.csv"))
    assert feedback(after_a_good_night.home, bad, returned[0]) == 0


def test_a_list_that_was_put_into_the_inbox_is_left_alone_and_the_message_says_where_it_belongs(after_a_good_night, returned, caplog):
    (after_a_good_night.inbox / returned[0].name).write_bytes(returned[0].read_bytes())
    assert after_a_good_night.run(MORROW) == 0
    assert f"{returned[0].name}: is a worklist: take it in with reconcile feedback; left alone" in caplog.text


def test_a_list_that_was_renamed_into_a_delivery_stops_the_night_and_the_message_says_where_it_belongs(
    after_a_good_night, returned, capsys
):
    (after_a_good_night.inbox / "verification_result_20261122.csv").write_bytes(returned[0].read_bytes())
    assert after_a_good_night.run(MORROW) == 3
    assert "take it in with reconcile feedback" in capsys.readouterr().err


def judgements(home):
    with duckdb.connect(str(home.warehouse), read_only=True) as warehouse:
        return warehouse.execute("SELECT * FROM ops.judgement ORDER BY ALL").fetchall()


def test_answers_taken_in_since_the_last_publication_outlive_the_warehouse(after_a_good_night, returned, capsys, monkeypatch):
    home, (path, answered) = after_a_good_night.home, returned
    assert feedback(home, path) == 0
    path.unlink()
    before = judgements(home)
    assert len(before) == len(answered)
    home.warehouse.unlink()
    assert after_a_good_night.run(MORROW) == 5
    assert f"{home.warehouse}: is not there, though nights were run in this home. Restore it: reconcile restore" in capsys.readouterr().err
    with monkeypatch.context() as killed:
        killed.setattr("reconcile.restore.feedback.take_in", None)  # it ends when the warehouse stands and nothing was told to it
        assert command("restore", "--home", home) == 1
    assert judgements(home) == []
    assert command("restore", "--home", home) == 0
    assert judgements(home) == before
    assert "1 returned files taken in again" in capsys.readouterr().out
    assert command("restore", "--home", home) == 2
