"""How a night ends when something breaks: before it was published, in the switch, after it; and what the next one makes of it."""

import datetime as dt
import errno
import resource
import signal
import subprocess
import sys

import duckdb
import homes
import pytest
from warehouses import furnished

from reconcile import feedback, forecast, ingest, lock, pipeline, preserve, program, publication, publish
from reconcile.errors import ReconcileError, StoppedError, StorageError, UnexpectedError
from reconcile.pipeline import Stage
from reconcile.settings import Settings
from reconcile.store import Reader, Store, last_night

NIGHT = dt.date(2026, 11, 21)
LISTED = b"file,sha256\n"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """A home whose night writes an empty worklist, publishes, and does what ``breaks`` says."""
    (tmp_path / "inbox").mkdir()
    monkeypatch.setattr(pipeline, "STAGES", (Stage("worklist", "", stage_lists), Stage("publish", "", publish_night)))
    monkeypatch.setattr(pipeline.publish, "figures_of", lambda *_: {("rows", "police_resident"): 7})
    return Settings(home=furnished(tmp_path / "home"), inbox=tmp_path / "inbox", as_of=NIGHT)


def stage_lists(_store, settings):
    settings.home.staged_worklists.mkdir(parents=True)
    (settings.home.staged_worklists / "manifest.csv").write_bytes(LISTED)
    return {}


def publish_night(store, settings):
    publication.switch(publication.write(store, settings), settings)
    return publish.figures_of(store, settings)


def night(settings, **changes):
    return pipeline.run_night(settings.model_copy(update=changes), lambda _: None)


def runs(settings):
    return homes.rows(settings.home, "SELECT run_id, status FROM ops.run ORDER BY ALL")


def broken(monkeypatch, module, name, error):
    """The function raises once it has done its work."""
    whole = getattr(module, name)

    def breaks(*arguments):
        whole(*arguments)
        raise error

    monkeypatch.setattr(module, name, breaks)


def told(settings, capsys):
    code = program.exit_code(lambda: night(settings))
    return code, capsys.readouterr().err


def test_an_error_before_anything_was_published_says_so(settings, capsys, monkeypatch):
    broken(monkeypatch, publication, "write", ValueError())
    assert told(settings, capsys) == (
        1,
        "reconcile: publish: unexpected ValueError. Repeat with --debug to see where. Nothing was published.\n",
    )


def test_an_error_before_the_switch_leaves_the_last_publication_and_says_so(settings, capsys, monkeypatch):
    night(settings)
    broken(monkeypatch, publication, "write", ValueError())
    assert told(settings, capsys)[1].endswith("The last publication is untouched.\n")
    with Reader(settings.home) as reader:
        assert last_night(reader) == ("20261121-01", NIGHT, "done")


@pytest.mark.parametrize("error", [ValueError(), OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), StoppedError()])
def test_an_error_after_the_switch_says_that_the_night_was_published(settings, capsys, monkeypatch, error):
    broken(monkeypatch, publication, "switch", error)
    code, message = told(settings, capsys)
    assert code == 1
    assert message.endswith("Run 20261121-01 was published before that: database and worklists are tonight's.\n")
    assert runs(settings) == [("20261121-01", "done")]


def test_a_night_killed_after_the_switch_is_done_and_the_next_one_is_held_against_its_rows(settings, monkeypatch):
    broken(monkeypatch, publication, "switch", SystemExit())
    monkeypatch.setattr(pipeline, "finish", lambda *_: None)
    with pytest.raises(SystemExit):
        night(settings)
    monkeypatch.undo()
    assert runs(settings) == [("20261121-01", "running")]
    monkeypatch.setattr(pipeline.publish, "figures_of", lambda *_: {("rows", "police_resident"): 7})
    mended = []
    monkeypatch.setattr(pipeline.pages, "mend", lambda _, run_id, only_missing: mended.append((run_id, only_missing)))
    assert pipeline.begin(settings.model_copy(update={"full": True})) == "20261121-02"
    lock.release(settings.home)
    assert runs(settings) == [("20261121-01", "done"), ("20261121-02", "running")]
    with Store(settings) as store:
        rows = store.execute("SELECT run_id, value FROM ops.metric WHERE stage = 'publish' AND subject = 'police_resident'").fetchall()
    assert rows == [("20261121-01", 7)]
    assert mended == [("20261121-01", False)]  # those that are there may be of an earlier run of that night


@pytest.mark.parametrize("full", [False, True])
def test_what_people_wrote_outlives_a_night_that_was_killed_after_the_switch_and_repeated(settings, monkeypatch, full):
    with monkeypatch.context() as killed:
        broken(killed, publication, "switch", SystemExit())
        killed.setattr(pipeline, "finish", lambda *_: None)
        with pytest.raises(SystemExit):
            night(settings)
    notes = settings.home.worklists_of(NIGHT) / "notes.txt"
    notes.write_text("ours")
    assert night(settings, full=full) == "20261121-02"
    assert notes.read_text() == "ours"


def test_the_lock_is_held_from_the_first_to_the_last_step_of_a_night_and_no_longer(settings, monkeypatch):
    seen = []

    def look(_store, settings):
        seen.append(lock.holder(settings.home))
        return {}

    monkeypatch.setattr(pipeline, "STAGES", (Stage("ingest", "", look), Stage("publish", "", look)))
    with pipeline.night(settings) as run_id:
        for stage in pipeline.STAGES:
            seen.append(lock.holder(settings.home))
            pipeline.run_stage(stage, settings, run_id)
    assert len(seen) == 4
    assert all(who.startswith("the night of 2026-11-21 (process ") for who in seen)
    assert lock.holder(settings.home) is None


def test_a_night_that_cannot_begin_holds_nothing(settings):
    night(settings)
    with pytest.raises(ReconcileError):
        night(settings, as_of=NIGHT - dt.timedelta(days=1))
    assert lock.holder(settings.home) is None


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device", "/somewhere/x"),
            r"/somewhere/x: the disk is full.* MB are free under .*a night needs",
        ),
        (duckdb.IOException('Could not write file "/x": No space left on device'), r"/x: the disk is full"),
        (duckdb.TransactionException("Failed to commit: No space left on device"), r"home: the disk is full"),
        (OSError(errno.EROFS, "Read-only file system", "/somewhere/x"), r"/somewhere/x: the file system is read-only"),
        (PermissionError(errno.EACCES, "Permission denied", "/somewhere/x"), r"/somewhere/x: permission denied to .*chown"),
        (OSError(errno.EIO, "Input/output error", "/somewhere/x"), r"/somewhere/x: the disk does not answer .*repeat"),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to offload data block"), r"home: more memory is needed.*memory_limit"),
    ],
)
def test_errors_of_the_system_name_the_path_what_is_there_and_what_to_do(settings, monkeypatch, error, says):
    broken(monkeypatch, publication, "write", error)
    with pytest.raises(StorageError, match=says):
        night(settings)


def test_a_night_for_which_memory_does_not_suffice_reads_nothing(settings, monkeypatch):
    monkeypatch.setattr(forecast, "total_memory", lambda: 10**8)
    (settings.inbox / "police_resident_20261120.csv").write_bytes(b"\xff is no text at all")
    with Store(settings) as store, pytest.raises(StorageError, match=r"needs about .* Nothing was read.$"):
        ingest.run(store, settings)


def test_an_error_that_only_quotes_a_value_stays_unexpected(settings, monkeypatch):
    broken(monkeypatch, publication, "write", duckdb.ConversionException("Could not convert '李明' Permission"))
    with pytest.raises(UnexpectedError) as caught:
        night(settings)
    assert "李明" not in str(caught.value)


def limited():
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


def test_a_disk_that_takes_no_more_is_one_message(tmp_path):
    (tmp_path / "inbox").mkdir()
    command = [
        sys.executable,
        "-m",
        "reconcile",
        "run",
        "--inbox",
        tmp_path / "inbox",
        "--home",
        tmp_path / "home",
        "--as-of",
        "2026-11-21",
    ]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, preexec_fn=limited)
    assert ended.returncode == 1
    assert "the disk is full, or a limit on files is reached." in ended.stderr
    assert str(tmp_path) in ended.stderr
    assert ended.stderr.count("\n") == 1


STOPPED = """
import os, signal, sys, threading
from reconcile import program
from reconcile.settings import Settings
from reconcile.store import Store
def work():
    with Store(Settings(home=sys.argv[1], as_of="2026-11-21")) as store, store.transaction():
        (store.settings.home.scratch / "delivered.csv").write_text("plain text")
        threading.Timer(0.5, os.kill, (os.getpid(), int(sys.argv[2]))).start()
        store.execute("SELECT sum(a.i * b.i) FROM range(300000) AS a (i), range(300000) AS b (i) WHERE a.i <> b.i").fetchall()
sys.exit(program.exit_code(work))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_in_the_middle_of_a_query_is_an_orderly_stop(tmp_path, number):
    ended = subprocess.run(
        [sys.executable, "-c", STOPPED, tmp_path / "home", str(int(number))], check=False, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stderr) == (1, "reconcile: stopped.\n")
    assert not (tmp_path / "home" / "tmp").exists()
    assert not (tmp_path / "home" / "warehouse.duckdb.wal").exists()


def test_a_command_that_only_reads_clears_up_after_one_that_was_killed(settings):
    night(settings)
    settings.home.scratch.mkdir()
    (settings.home.scratch / "delivered.csv").write_text("plain text")
    with Reader(settings.home):
        assert not settings.home.scratch.exists()


def test_a_warehouse_that_is_lost_is_restored_from_the_last_publication(settings):
    night(settings)
    for path in (settings.home.warehouse, settings.home.warehouse_state):
        path.write_bytes(b"damaged" * 1000)
    restored = preserve.make_again(settings.home)
    assert restored == ("20261121-01", [], 1)
    assert runs(settings) == [("20261121-01", "done")]
    assert (settings.home.replaced / "1" / "warehouse.duckdb").read_bytes() == b"damaged" * 1000
    assert night(settings) == "20261121-02"


def test_a_sound_warehouse_is_not_overwritten(settings):
    night(settings)
    with pytest.raises(ReconcileError, match="is whole; nothing was restored"):
        preserve.make_again(settings.home)
    assert not settings.home.replaced.exists()


def test_a_publication_that_was_changed_is_passed_over(settings):
    night(settings)
    night(settings)
    settings.home.latest.chmod(0o600)
    with settings.home.latest.open("rb+") as file:
        file.write(b"changed")
    settings.home.warehouse.unlink()
    assert preserve.make_again(settings.home).run_id == "20261121-01"
    with Reader(settings.home) as reader:
        assert last_night(reader).run_id == "20261121-01"
    assert (settings.home.worklists_of(NIGHT) / "manifest.csv").is_file()


def test_what_a_restore_was_not_told_the_next_night_tells(settings, monkeypatch):
    """A restore that was killed before it took the answers in again."""
    taken = []
    monkeypatch.setattr(feedback, "not_told", lambda *_: ["a.csv"])
    monkeypatch.setattr(feedback, "take_in", lambda _store, files: taken.extend(files))
    night(settings)
    assert taken == ["a.csv"]
