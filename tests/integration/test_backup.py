"""A home is lost: what a backup brings back, and what it refuses."""

import csv
import datetime as dt
import json
import os
import shutil

import duckdb
import pytest
from command import command

from reconcile import publication
from reconcile.home import Home

ANSWERS = {"核实结果": "不属实", "核实方式": "入户核对", "核实日期": "2026-11-22", "核实人": "001234"}
NIGHT = dt.date(2026, 11, 21)
KEPT = ("find.finding", "find.history", "find.subject", "ops.judgement", "ops.run", "ops.load")


def answered(home, number, folder, name=None):
    """A list with one finding answered, as a station sends it back."""
    listed = sorted((home.worklists / "2026-11-21").glob("9*/*.csv"))[number]
    with listed.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0].update(ANSWERS)
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / (name or listed.name)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def known(home):
    with duckdb.connect(str(home.warehouse), read_only=True) as warehouse:
        return {name: warehouse.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in KEPT}


@pytest.fixture
def lived(after_a_good_night, tmp_path):
    """A home that was backed up, and taken in one list before and one after; a third waits in its returns."""
    home = after_a_good_night.home
    note = home.worklists / "2026-11-21" / "a note of the clerk.txt"
    note.write_text("note")
    home.settings_file.write_text("due_days = 30\n")
    assert command("feedback", answered(home, 0, tmp_path / "sent"), "--home", home) == 0
    assert command("backup", tmp_path / "safe" / "one", "--home", home, "--keys", tmp_path / "keys") == 0
    assert command("feedback", answered(home, 1, tmp_path / "sent"), "--home", home) == 0
    answered(home, 2, home.returns)
    return home


def test_a_destroyed_home_comes_back_with_findings_history_and_all_answers(lived, tmp_path, capsys):
    backup, old = tmp_path / "safe" / "one", Home(tmp_path / "old")
    capsys.readouterr()
    assert command("feedback", *lived.returns.iterdir(), "--home", lived) == 0
    before, listed = known(lived), {path.name for path in lived.worklists.rglob("*")}
    lived.warehouse.unlink()
    shutil.rmtree(lived.published)
    shutil.rmtree(lived.finding_key.parent)
    lived.root.rename(old.root)
    assert command("restore", "--home", lived, "--from", backup, "--keys", tmp_path / "keys", "--old", old) == 0
    assert "2 returned files taken in again" in capsys.readouterr().out
    assert known(lived) == before
    assert {path.name for path in lived.worklists.rglob("*")} == listed
    assert lived.settings_file.read_text() == "due_days = 30\n"
    assert lived.latest.stat().st_mode & 0o777 == 0o400
    assert not lived.restoring.exists()
    assert command("report", "--home", lived) == 0
    assert command("restore", "--home", lived, "--from", backup, "--keys", tmp_path / "keys") == 2


def test_a_restore_that_was_killed_while_it_wrote_begins_anew(lived, tmp_path, monkeypatch):
    home, backup = Home(tmp_path / "new"), tmp_path / "safe" / "one"
    again = ("restore", "--home", home, "--from", backup, "--keys", tmp_path / "keys", "--old", lived)
    moments = []  # after each link: what readers would be shown

    def pointed(link, target):
        point(link, target)
        moments.append((home.current.exists(), home.latest.exists(), home.worklists_of(NIGHT).exists()))

    point = publication.point
    with monkeypatch.context() as patch:
        patch.setattr(publication, "point", pointed)
        assert command(*again) == 0
    assert set(moments) == {(False, False, False), (True, True, True)}
    before = known(home)
    home.restoring.touch()
    home.warehouse_log.write_bytes(b"of the warehouse that the killed try had put there")
    assert command(*again) == 0
    assert known(home) == before


def test_what_was_returned_and_never_taken_in_is_taken_in_by_the_restore(lived, tmp_path, capsys):
    home = Home(tmp_path / "new")
    capsys.readouterr()
    assert command("restore", "--home", home, "--from", tmp_path / "safe" / "one", "--keys", tmp_path / "keys", "--old", lived) == 0
    assert "2 returned files taken in again" in capsys.readouterr().out
    assert len(known(home)["ops.judgement"]) == 3


def test_a_folder_that_cannot_be_read_is_not_left_out_of_a_backup(lived, tmp_path, monkeypatch, capsys):
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("answers"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert command("backup", tmp_path / "second", "--home", lived, "--keys", tmp_path / "keys") == 1
    assert "permission denied" in capsys.readouterr().err
    assert not (tmp_path / "second").exists()
    assert command("feedback", answered(lived, 2, tmp_path / "sent"), "--home", lived) == 1  # nor is its copy numbered as the first


def test_a_backup_holds_no_key_says_what_it_is_and_is_never_overwritten(lived, tmp_path, capsys):
    backup = tmp_path / "safe" / "one"
    manifest = json.loads((backup / "manifest.json").read_text())
    assert (manifest["run_id"], manifest["as_of"]) == ("20261121-01", "2026-11-21")
    assert {"program", "schema"} < manifest.keys()
    files = {str(path.relative_to(backup / "home")) for path in (backup / "home").rglob("*") if path.is_file()}
    assert files == manifest["files"].keys()
    assert {"warehouse.duckdb", "warehouse.state", "settings.toml"} < files
    key = lived.finding_key.read_bytes()
    assert not [path for path in backup.rglob("*") if path.is_file() and key in path.read_bytes()]
    assert (tmp_path / "keys" / "finding.key").read_bytes() == key
    capsys.readouterr()
    assert command("backup", backup, "--home", lived) == 2
    assert "is there already, and no backup is overwritten" in capsys.readouterr().err
    assert command("backup", lived.root / "inside", "--home", lived) == 2


@pytest.mark.parametrize("spoil", ["other byte", "gone", "no manifest"])
def test_a_spoilt_backup_is_refused_before_anything_is_written(lived, tmp_path, capsys, spoil):
    backup, home = tmp_path / "safe" / "one", Home(tmp_path / "new")
    path = max((backup / "home" / "answers").rglob("*.csv"))
    if spoil == "other byte":
        path.chmod(0o600)
        path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
    else:
        (path if spoil == "gone" else backup / "manifest.json").unlink()
    assert command("restore", "--home", home, "--from", backup, "--keys", tmp_path / "keys") == (2 if spoil == "no manifest" else 5)
    assert not home.warehouse.exists()
    assert not home.answers.exists()
    assert ("is no backup, or not a whole one" if spoil == "no manifest" else "not as it was written") in capsys.readouterr().err


def test_without_its_key_a_restored_home_is_refused_until_the_key_is_there(lived, tmp_path, capsys):
    home = Home(tmp_path / "new")
    assert command("restore", "--home", home, "--from", tmp_path / "safe" / "one", "--keys", tmp_path / "nowhere") == 5
    assert "finding.key: is not there" in capsys.readouterr().err
    assert command("restore", "--home", home, "--from", tmp_path / "safe" / "one", "--keys", tmp_path / "keys") == 0
