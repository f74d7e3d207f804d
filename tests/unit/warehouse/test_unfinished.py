"""A file that could not be written leaves the one before and no other; what is deleted goes whole or not at all."""

from pathlib import Path

import pytest

from reconcile import lock, unfinished
from reconcile.home import Home


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home")
    made.root.mkdir()
    return made


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_the_one_before_when_it_is_whole(home):
    home.last_backup.write_text("before")
    with unfinished.in_place_of(home.last_backup) as fresh:
        fresh.write_text("after")
        assert home.last_backup.read_text() == "before"
    assert (home.last_backup.read_text(), names(home.root)) == ("after", ["backup.json"])


def test_one_that_could_not_be_written_leaves_nothing(home):
    home.last_backup.write_text("before")
    with pytest.raises(UnicodeEncodeError), unfinished.in_place_of(home.last_backup) as fresh:
        fresh.write_text("half\ud800", encoding="utf-8")
    assert (home.last_backup.read_text(), names(home.root)) == ("before", ["backup.json"])


def test_what_cannot_all_be_deleted_stays(home):
    lists = home.root / "lists"
    (lists / "a").mkdir(parents=True)
    (lists / "a" / "list.csv").write_text("list")
    with pytest.raises(FileNotFoundError):
        unfinished.discard(home, lists / "a", lists / "not there")
    assert (lists / "a" / "list.csv").read_text() == "list"
    unfinished.discard(home, lists / "a")
    assert names(lists) == []


def test_one_that_cannot_go_back_keeps_no_other_from_it(home, monkeypatch):
    lists = home.root / "lists"
    lists.mkdir()
    for name in "ab":
        (lists / name).write_text(name)
    rename = Path.rename

    def fails(path, target):
        if target == lists / "a":
            raise PermissionError
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(FileNotFoundError):
        unfinished.discard(home, lists / "a", lists / "b", lists / "not there")
    assert names(lists) == ["b"]


def test_the_next_command_clears_what_a_killed_one_left_and_nothing_of_people(home):
    left = [home.root / ".backup.json.new", home.published / ".latest.duckdb.new", home.worklists / ".2026-11-21.new"]
    kept = [home.worklists / "990101000001" / ".note.new", home.returns / ".list.csv.new", home.root / "settings.toml.new"]
    for path in (*left, *kept):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for folder in (home.scratch, home.published / ".unfinished", home.answers / ".unfinished"):
        (folder / "more").mkdir(parents=True)
    lock.clear_leftovers(home)
    assert unfinished.leftovers(home) == []
    assert all(path.exists() for path in kept)
