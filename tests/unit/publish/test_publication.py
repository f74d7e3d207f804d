"""Database and lists of a night: whole before they are seen, seen together, never changed after."""

import datetime as dt
import grp
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys

import duckdb
import pytest
from publish_case import NIGHT

from reconcile import figures, publication
from reconcile.errors import UsageError
from reconcile.home import Home
from reconcile.settings import Settings

WRITER = "import duckdb, sys; connection = duckdb.connect(sys.argv[1]); connection.execute('CREATE TABLE theirs (i INTEGER)'); "


def seen(home):
    """What a reader finds under the fixed names."""
    with duckdb.connect(str(home.latest), read_only=True) as database:
        runs = database.execute("SELECT run_id, status FROM ops.run ORDER BY ALL").fetchall()
    lists = {night.name: (night / "990101000001" / "list.csv").read_text() for night in home.worklists.glob("[0-9]*") if night.exists()}
    return runs, lists


def test_lists_and_database_have_their_fixed_names(ready):
    counts = ready.publish()
    assert counts["rows", "police_resident"] == 100
    assert {figures.parts(key)[0] for key in counts} <= {figure.name for figure in figures.FIGURES if figure.stage == "publish"}
    assert seen(ready.settings.home) == ([("20261121-01", "done")], {"2026-11-21": "one"})
    assert not ready.settings.home.staged_worklists.exists()
    assert not [path for path in ready.settings.home.root.rglob("*") if path.suffix == ".new" or path.name.startswith(".unfinished")]


def test_only_what_is_switched_says_that_the_run_is_done(ready):
    ready.publish()
    assert ready.sql("SELECT status FROM ops.run") == [("running",)]


def test_a_published_database_is_read_only_and_everything_is_its_owners(ready):
    ready.publish()
    home = ready.settings.home
    assert stat.S_IMODE(home.latest.stat().st_mode) == 0o400
    for root in (home.published, home.worklists_of(NIGHT).resolve()):
        for path in (root, *root.rglob("*")):
            if not path.is_symlink():
                allowed = {0o700} if path.is_dir() else {0o400, 0o600}
                assert stat.S_IMODE(path.stat().st_mode) in allowed, path


def test_no_two_publications_share_a_file(ready):
    ready.publish()
    ready.stage("two")
    ready.publish("20261121-02")
    home = ready.settings.home
    files = [path.stat() for path in home.published.glob("*/latest.duckdb") if not path.parent.is_symlink()]
    assert len(files) == 2
    assert {(one.st_nlink, one.st_dev) for one in files} == {(1, files[0].st_dev)}
    assert len({one.st_ino for one in files}) == 2
    assert home.latest.samefile(home.publication("20261121-02"))


def test_a_second_run_replaces_the_lists_of_its_night_only(ready):
    ready.publish()
    other = ready.settings.home.worklists_of(dt.date(2026, 11, 20)) / "old.csv"
    other.parent.mkdir()
    other.write_text("yesterday")
    ready.stage("two")
    ready.publish("20261121-02")
    assert (ready.settings.home.worklists_of(NIGHT) / "990101000001" / "list.csv").read_text() == "two"
    assert other.read_text() == "yesterday"


def test_lists_of_nights_before_stay_where_they_are(ready):
    ready.publish()
    for day, text in ((22, "two"), (23, "three")):
        ready.stage(text)
        ready.publish(f"202611{day}-01", as_of=dt.date(2026, 11, day), keep_publications=1)
    assert seen(ready.settings.home)[1] == {"2026-11-21": "one", "2026-11-22": "two", "2026-11-23": "three"}
    assert ready.settings.home.published_runs() == ["20261123-01"]


def test_a_reader_never_sees_lists_of_one_night_beside_the_database_of_another(ready, monkeypatch):
    """After each file operation of the switch, what the fixed names show is the night before or tonight."""
    ready.publish()
    ready.run("20261121-02")
    home, states = ready.settings.home, []

    def watched(operation):
        def wrapper(*arguments, **options):
            result = operation(*arguments, **options)
            states.append(shown(home))
            return result

        return wrapper

    def shown(home):
        current = json.loads((home.current / "publication.json").read_text())["run_id"]
        assert home.latest.samefile(home.publication(current))
        return current, seen(home)[1]

    for name in ("symlink_to", "replace", "rename", "unlink", "rmdir"):
        monkeypatch.setattr(f"pathlib.Path.{name}", watched(getattr(publication.Path, name)))
    ready.stage("two")
    ready.publish("20261121-02")
    ready.run("20261122-01")
    ready.stage("three")
    ready.publish("20261122-01", as_of=dt.date(2026, 11, 22))
    kinds = [
        ("20261121-01", {"2026-11-21": "one"}),
        ("20261121-02", {"2026-11-21": "two"}),
        ("20261122-01", {"2026-11-21": "two", "2026-11-22": "three"}),
    ]
    assert [state for position, state in enumerate(states) if state not in states[:position]] == kinds


@pytest.mark.parametrize("moment", ["place", "switch"])
def test_a_publication_that_was_not_switched_leaves_the_one_before(ready, monkeypatch, moment):
    ready.publish()
    before = seen(ready.settings.home)
    ready.stage("two")
    ready.run("20261121-02")
    with monkeypatch.context() as broken:
        broken.setattr(publication if moment == "switch" else publication.lists, moment, cut)
        with pytest.raises(OSError, match="cut"):
            ready.publish("20261121-02")
    assert seen(ready.settings.home) == before
    monkeypatch.setattr("reconcile.worklist.run", lambda *_: ready.stage("two"))
    ready.publish("20261121-02")
    assert seen(ready.settings.home) == ([("20261121-01", "running"), ("20261121-02", "done")], {"2026-11-21": "two"})


def cut(*_arguments, **_options):
    raise OSError("cut")


def test_a_run_published_twice_never_touches_what_readers_see(ready):
    ready.publish()
    ready.stage("two")
    ready.publish()
    assert seen(ready.settings.home)[1] == {"2026-11-21": "two"}
    assert len(ready.settings.home.published_runs()) == 2


def test_a_session_that_wrote_to_a_publication_spoils_neither_tonights_nor_the_restore(ready, caplog):
    """Nothing hinders root from writing to a file that nobody may write to."""
    ready.publish()
    home = ready.settings.home
    home.latest.chmod(0o600)
    command = [sys.executable, "-c", f"{WRITER} print('open', flush=True); sys.stdin.read()", str(home.latest)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as session:
        assert session.stdout.readline() == b"open\n"
        ready.run("20261121-02")
        ready.stage("two")
        ready.publish("20261121-02")
        assert "opened the publication for writing" in caplog.text
        runs, lists = seen(home)
        assert (runs[-1], lists) == (("20261121-02", "done"), {"2026-11-21": "two"})
        with duckdb.connect(str(home.latest), read_only=True) as database:
            assert database.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'theirs'").fetchall() == [(0,)]
        session.stdin.close()
    newest, older = publication.newest_first(home)
    assert newest.is_intact()
    assert not older.is_intact()


def test_a_log_beside_the_fixed_name_is_removed_and_told(ready, caplog):
    ready.settings.home.published.mkdir()
    stale = ready.settings.home.latest.with_suffix(".duckdb.wal")
    stale.write_bytes(b"left")
    ready.publish()
    assert not stale.exists()
    assert str(stale) in caplog.text


def test_old_publications_go(ready):
    for number in range(1, 5):
        ready.settings.home.staged_worklists.mkdir(parents=True, exist_ok=True)
        ready.publish(f"20261121-{number:02d}", keep_publications=2)
    assert ready.settings.home.published_runs() == ["20261121-03", "20261121-04"]


def test_a_masked_file_that_is_not_as_it_was_written_is_not_taken_over(tmp_path):
    home = Home(tmp_path)
    folder = home.published / "20261121-01"
    folder.mkdir(parents=True)
    home.current.symlink_to(folder.name)
    shown = home.current / "latest_masked.duckdb"
    shown.write_bytes(b"as written")
    about = {"masked_sha256": hashlib.sha256(b"as written").hexdigest()}
    (folder / "publication.json").write_text(json.dumps(about))
    assert publication._masked_before(home) == shown
    shown.write_bytes(b"another's")
    assert publication._masked_before(home) is None
    shown.unlink()
    assert publication._masked_before(home) is None


def test_what_readers_see_stays_however_old_it_is(tmp_path):
    home = Home(tmp_path)
    for run_id in ("20261119-01", "20261120-01", "20261121-01"):
        home.publication(run_id).parent.mkdir(parents=True)
        home.publication(run_id).touch()
        about = {"run_id": run_id, "as_of": str(NIGHT), "bytes": 0, "sha256": ""}
        (home.publication(run_id).parent / "publication.json").write_text(json.dumps(about))
    home.current.symlink_to("20261119-01")  # as after a restore from a publication that was still intact
    publication.prune(home, keep=1)
    assert home.published_runs() == ["20261119-01", "20261121-01"]


def test_lists_that_a_killed_try_had_moved_are_written_again(ready, monkeypatch):
    monkeypatch.setattr(publication.copying, "make_durable", cut)
    with pytest.raises(OSError, match="cut"):
        ready.publish()
    monkeypatch.undo()
    assert not ready.settings.home.staged_worklists.exists()
    monkeypatch.setattr("reconcile.worklist.run", lambda *_: ready.stage("again"))
    ready.publish()
    assert seen(ready.settings.home) == ([("20261121-01", "done")], {"2026-11-21": "again"})
    assert [path.name for path in (ready.settings.home.worklists / ".runs").iterdir()] == ["20261121-01.2"]


@pytest.mark.parametrize("follows", [False, True])
def test_a_home_can_be_moved_and_copied(ready, tmp_path, follows):
    ready.publish()
    copied = tmp_path / "copied"
    shutil.copytree(ready.settings.home, copied, symlinks=not follows)
    shutil.rmtree(ready.settings.home)
    ready.settings = Settings(home=copied, as_of=NIGHT)
    before = seen(ready.settings.home)
    assert before == ([("20261121-01", "done")], {"2026-11-21": "one"})
    notes = ready.settings.home.worklists_of(NIGHT) / "notes.txt"
    notes.write_text("ours")
    ready.run("20261121-02")
    ready.stage("two")
    ready.publish("20261121-02")
    assert seen(ready.settings.home) == ([("20261121-01", "running"), ("20261121-02", "done")], {"2026-11-21": "two"})
    assert notes.read_text() == "ours"
    assert ready.settings.home.current.is_symlink()


def test_those_who_may_not_see_persons_have_a_file_of_their_own(ready):
    ready.publish(masked_publication=True)
    home = ready.settings.home
    assert home.latest_masked.resolve().parent == home.latest.resolve().parent
    assert home.latest_masked.stat().st_mode & 0o777 == 0o400
    with duckdb.connect(str(home.latest_masked), read_only=True) as shown:
        assert shown.execute("SELECT status FROM ops.run").fetchall() == [("done",)]
    ready.stage("two")
    ready.publish("20261121-02", masked_publication=False)
    assert not home.latest_masked.exists()


def test_a_group_may_read_it_and_nothing_else(ready):
    group = grp.getgrgid(os.getgid()).gr_name
    ready.publish(masked_publication=True, masked_group=group)
    home = ready.settings.home
    assert home.latest_masked.stat().st_mode & 0o777 == 0o440
    for folder in (home.root, home.published, home.latest.resolve().parent):
        assert folder.stat().st_mode & 0o777 == 0o710
    open_to_others = {path.name for path in home.root.rglob("*") if path.is_file() and path.stat().st_mode & 0o077}
    assert open_to_others <= {home.latest_masked.name, "list.csv", "manifest.csv", "warehouse.duckdb"}  # the others are this test's own


def test_a_group_that_is_not_there_is_named_and_nothing_is_switched(ready):
    with pytest.raises(UsageError, match="masked_group"):
        ready.publish(masked_publication=True, masked_group="nobody-is-in-it")
    assert not ready.settings.home.latest.exists()
