"""Databases that nobody reads without the key: the warehouse, its publication, what an older plain home becomes."""

import datetime as dt

import duckdb
import pytest

from reconcile import doctor, encryption, opening, preserve, publication
from reconcile.errors import KeyNeededError, UsageError, WarehouseError
from reconcile.settings import Settings
from reconcile.side_by_side import SideBySide
from reconcile.store import Reader, Store

NIGHT = dt.date(2026, 11, 21)
MARK = "a person in the middle of nowhere"


@pytest.fixture
def keyed(settings, tmp_path, monkeypatch):
    """The settings of a plain home with one judgement, now with a key."""
    (tmp_path / "database.key").write_text("correct horse\n")
    monkeypatch.setenv("RECONCILE_ENCRYPTION_KEY_FILE", str(tmp_path / "database.key"))
    return Settings(home=settings.home, as_of=NIGHT, lock_wait=0)


def fill(settings):
    with Store(settings, "20261121-01") as store, store.transaction():
        store.execute("INSERT INTO ops.run (run_id, status) VALUES ('20261121-01', 'running')")
        store.execute("INSERT INTO ops.judgement (finding_id, note) SELECT 'second', $mark FROM range(1000)", mark=MARK)


def test_a_plain_home_is_encrypted_when_a_key_is_named_and_nothing_is_lost(keyed):
    assert not encryption.is_encrypted(keyed.home.warehouse)
    fill(keyed)
    assert encryption.is_encrypted(keyed.home.warehouse)
    assert keyed.home.warehouse.stat().st_mode & 0o777 == 0o600
    assert MARK.encode() not in keyed.home.warehouse.read_bytes()
    with Store(keyed) as store:
        assert store.value("SELECT count(*) FROM ops.judgement") == 1001
        assert store.value("SELECT current_setting('temp_file_encryption')") is True
        assert sum(frame.height for frame in store.frames("SELECT * FROM ops.judgement")) == 1001


def test_a_publication_is_encrypted_too_and_read_with_the_key_alone(keyed):
    fill(keyed)
    with Store(keyed, "20261121-01") as store:
        store.copy_to(keyed.home.publication("20261121-01"))
    keyed.home.latest.symlink_to("20261121-01/latest.duckdb")
    assert encryption.is_encrypted(keyed.home.latest)
    with Reader(keyed.home) as reader:
        assert reader.frame("SELECT status FROM ops.run").rows() == [("done",)]
        assert reader.frame("SELECT count(*) FROM scope.resident").rows() == [(0,)]
    with SideBySide(keyed.home.latest, keyed.home.warehouse, keyed) as both:
        assert both.frame("SELECT before.status, after.status FROM before.ops.run AS before, after.ops.run AS after").height == 1
    engineer = duckdb.connect()
    engineer.execute(f"ATTACH '{keyed.home.latest}' AS latest (READ_ONLY, ENCRYPTION_KEY 'correct horse')")
    assert engineer.execute("SELECT count(*) FROM latest.ops.judgement").fetchone() == (1001,)


@pytest.mark.parametrize(
    ("key", "problem"),
    [("another", "the key is not the one it was encrypted with"), ("", "is empty"), (None, "cannot be read")],
)
def test_a_wrong_or_missing_key_is_one_sentence_and_exit_code_5(keyed, tmp_path, key, problem):
    fill(keyed)
    before = keyed.home.warehouse.read_bytes()
    path = tmp_path / "database.key"
    path.unlink() if key is None else path.write_text(key)
    with pytest.raises(WarehouseError, match=problem) as refused:
        Store(keyed)
    assert refused.value.exit_code == 5
    assert keyed.home.warehouse.read_bytes() == before


def test_without_any_key_an_encrypted_home_is_refused(keyed, settings):
    fill(keyed)
    with pytest.raises(WarehouseError, match="is encrypted and no key is named"):
        Store(settings)


@pytest.mark.parametrize("key", [None, "another"])
def test_a_warehouse_whose_key_was_forgotten_is_not_taken_for_damaged(keyed, monkeypatch, key):
    monkeypatch.delenv("RECONCILE_ENCRYPTION_KEY_FILE")
    with Store(Settings(home=keyed.home, as_of=NIGHT), "20261121-01") as store:  # published plain, encrypted since
        keyed.home.staged_worklists.mkdir(parents=True)
        (keyed.home.staged_worklists / "manifest.csv").touch()
        publication.write(store, store.settings)
    fill(keyed)
    before = keyed.home.warehouse.read_bytes()
    if key:
        monkeypatch.setenv("RECONCILE_KEY", key)
    with pytest.raises(KeyNeededError, match="key"):
        preserve.make_again(keyed.home)
    assert keyed.home.warehouse.read_bytes() == before
    assert not keyed.home.replaced.exists()


@pytest.mark.parametrize(("key", "advice"), [(None, "Set RECONCILE_KEY"), ("another", "Put that one back")])
def test_the_doctor_has_one_red_line_for_a_key_that_is_missing(keyed, monkeypatch, key, advice):
    fill(keyed)
    assert {name: line.seen for name, line in doctor.examine(keyed)}["encryption"] == "warehouse, with the key that is named"
    monkeypatch.delenv("RECONCILE_ENCRYPTION_KEY_FILE")
    if key:
        monkeypatch.setenv("RECONCILE_KEY", key)
    looked = doctor.examine(Settings(home=keyed.home, as_of=NIGHT))
    assert [(name, line.advice[: len(advice)]) for name, line in looked if "key" in line.seen and line.level == "red"] == [
        ("encryption", advice)
    ]
    assert {name for name, line in looked if line.seen.startswith("not looked at")} >= {"warehouse", "last run"}


def test_a_log_that_was_killed_is_replayed_with_the_key(keyed, other_process):
    program = """
import os, sys
from reconcile.settings import Settings
from reconcile.store import Store
store = Store(Settings(home=sys.argv[1], as_of="2026-11-21"))
with store.transaction():
    store.execute("INSERT INTO ops.judgement (finding_id) VALUES ('killed')")
print("written", flush=True)
os._exit(9)
"""
    fill(keyed)
    with other_process(program) as process:
        assert process.said == "written"
        process.wait(60)
    assert keyed.home.warehouse_log.exists()
    with Store(keyed) as store:
        assert store.value("SELECT count(*) FROM ops.judgement WHERE finding_id = 'killed'") == 1


def test_an_older_plain_publication_is_still_read(keyed, settings):
    with Store(settings, "20261121-01") as store:
        store.copy_to(keyed.home.publication("20261121-01"))
    keyed.home.latest.symlink_to("20261121-01/latest.duckdb")
    with Reader(keyed.home) as reader:
        assert reader.frame("SELECT count(*) FROM ops.judgement").rows() == [(1,)]


def test_a_wheel_of_another_version_is_named(keyed, monkeypatch):
    monkeypatch.setattr(encryption.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="encryption needs the wheel duckdb-extension-httpfs"):
        opening.open_warehouse(keyed)
