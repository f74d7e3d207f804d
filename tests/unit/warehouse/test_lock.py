"""One writer at a time, for as long as its work takes; others are told who it is."""

import os
import signal
import subprocess
import sys

import duckdb
import pytest

from reconcile import copying, lock
from reconcile.errors import LockedError, UsageError
from reconcile.home import Home
from reconcile.settings import Settings
from reconcile.store import Store

HOLDER = """
import sys
from pathlib import Path
from reconcile import lock
from reconcile.home import Home
home = Home(Path(sys.argv[1]))
lock.acquire(home, "training", 0)
home.scratch.mkdir()
(home.scratch / "delivered.csv").write_text("plain text")
print("held", flush=True)
sys.stdin.read()
"""
READER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1] + "/warehouse.duckdb", read_only=True)
print("open", flush=True)
sys.stdin.read()
"""
WRITER = """
import duckdb, sys
try:
    duckdb.connect(sys.argv[1] + "/warehouse.duckdb")
    print("in", flush=True)
except duckdb.IOException:
    print("refused", flush=True)
"""


def tried(home):
    """What a DuckDB shell is told that opens the warehouse for writing now."""
    return subprocess.run([sys.executable, "-c", WRITER, str(home)], check=True, capture_output=True, text=True).stdout.strip()


def test_a_second_writer_is_told_who_writes_and_since_when(settings, other_process):
    with other_process(HOLDER) as holder, pytest.raises(LockedError) as told:
        Store(settings)
    assert f"training (process {holder.pid} of " in str(told.value)
    assert ", since 20" in str(told.value)
    assert told.value.exit_code == 5
    with Store(settings) as store:
        assert store.value("SELECT 1") == 1


def test_a_second_writer_waits_as_long_as_is_set(settings, other_process, caplog):
    with other_process(HOLDER) as holder:
        holder.stdin.close()
        with Store(settings.model_copy(update={"lock_wait": 60})) as store:
            assert store.value("SELECT 1") == 1


def test_a_writer_that_was_killed_holds_nothing_and_its_scratch_files_go(settings, other_process):
    with other_process(HOLDER) as holder:
        assert lock.holder(settings.home).startswith("training")
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        assert lock.holder(settings.home) is None
        lock.clear_leftovers(settings.home)
    assert not settings.home.scratch.exists()


def test_scratch_files_of_a_writer_at_work_stay(settings, other_process):
    with other_process(HOLDER):
        lock.clear_leftovers(settings.home)
        assert (settings.home.scratch / "delivered.csv").exists()


def test_within_one_process_the_lock_is_joined_until_the_last_one_gives_it_back(settings, other_process):
    with lock.held(settings.home, "the night", 0):
        with Store(settings), Store(settings):
            pass
        assert lock.holder(settings.home).startswith("the night")
    assert lock.holder(settings.home) is None


def test_a_child_that_outlives_its_parent_keeps_the_lock(settings):
    """What a night started may still write when the night was killed."""
    program = HOLDER.replace('print("held", flush=True)', "import os\nif os.fork():\n    os._exit(9)\nprint('held', flush=True)")
    with subprocess.Popen([sys.executable, "-c", program, str(settings.home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout.readline() == b"held\n"
        assert parent.wait() == 9
        with pytest.raises(LockedError):
            lock.acquire(settings.home, "another", 0)
        parent.stdin.close()
        lock.acquire(settings.home, "another", 60)
        lock.release(settings.home)


def test_a_reader_of_the_warehouse_is_waited_for(settings, other_process):
    with other_process(READER) as reader:
        assert reader.said == "open"
        with pytest.raises(LockedError, match="in use by another program"):
            Store(settings)
        reader.stdin.close()
        with Store(settings.model_copy(update={"lock_wait": 60})) as store:
            assert store.value("SELECT 1") == 1


def test_no_other_client_can_write_before_during_and_after_the_copy(settings, tmp_path, monkeypatch):
    home, seen = settings.home, []
    copy_file = copying.copy_file

    def watched(source, target):
        seen.append(tried(home))
        copy_file(source, target)
        seen.append(tried(home))

    monkeypatch.setattr(copying, "copy_file", watched)
    with Store(settings) as store:
        seen.append(tried(home))
        store.copy_to(tmp_path / "copy" / "latest.duckdb")
        seen.append(tried(home))
    assert seen == ["refused"] * 4
    assert tried(home) == "in"


def test_the_copy_is_whole_and_its_owners(settings, tmp_path):
    copy = tmp_path / "copy.duckdb"
    with Store(settings) as store:
        store.copy_to(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not copy.with_suffix(".duckdb.wal").exists()
    with duckdb.connect(str(copy), read_only=True) as copied:
        assert copied.execute("SELECT finding_id FROM ops.judgement").fetchall() == [("first",)]


def test_a_copy_that_fails_leaves_nothing_and_says_why(tmp_path):
    (tmp_path / "source").write_text("x")
    with pytest.raises(FileNotFoundError):
        copying.copy_file(tmp_path / "source", tmp_path / "nowhere" / "copy")
    with pytest.raises(IsADirectoryError):
        copying.copy_file(tmp_path, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("name", ["H[1]", "H*", "H's", "户 籍"])
def test_a_home_may_have_any_name_a_directory_has(tmp_path, name):
    settings = Settings(home=tmp_path / name, as_of="2026-11-21")
    with Store(settings) as store:
        store.copy_to(settings.home.latest)
    assert settings.home.latest.is_file()


def test_but_for_one_that_duckdb_would_cut_off(tmp_path):
    with pytest.raises(UsageError, match=r"H\?: has a question mark"):
        Store(Settings(home=tmp_path / "H?", as_of="2026-11-21"))
    assert not list(tmp_path.iterdir())


def test_a_home_nobody_may_write_to_is_left_alone_by_readers(tmp_path, monkeypatch):
    home = Home(tmp_path)
    home.scratch.mkdir()
    monkeypatch.setattr(os, "open", denied)
    lock.clear_leftovers(home)
    assert home.scratch.exists()


def denied(path, *_):
    raise PermissionError(13, "Permission denied", str(path))
