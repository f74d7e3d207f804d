"""What was committed is in the warehouse, or nobody goes on."""

import subprocess
import sys

import pytest
from duckdb import ConstraintException

from reconcile import key, restore
from reconcile.errors import UsageError, WarehouseError
from reconcile.settings import Settings
from reconcile.store import Store

KILLED = """
import os, sys
from reconcile.settings import Settings
from reconcile.store import Store
store = Store(Settings(home=sys.argv[1], as_of="2026-11-21"))
for number in range(20):
    with store.transaction():
        store.execute("INSERT INTO ops.judgement (finding_id) SELECT 'killed'")
os._exit(9)
"""


def answers(settings):
    with Store(settings) as store:
        return store.value("SELECT count(*) FROM ops.judgement")


@pytest.fixture
def killed(settings):
    """A home whose last command was killed after twenty commits; they are in the log."""
    ended = subprocess.run([sys.executable, "-c", KILLED, str(settings.home)], check=False)
    assert ended.returncode == 9
    assert settings.home.warehouse_log.exists()
    return settings


def test_what_a_killed_command_committed_is_there(killed):
    assert answers(killed) == 21
    assert not killed.home.warehouse_log.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda log: log[: len(log) // 2],
        lambda log: log[:-1],
        lambda _: b"",
        lambda log: b"x" * len(log),
        lambda log: log[:200] + b"\0" * 900,
    ],
    ids=["cut off", "cut by a byte", "empty", "garbage", "zeros"],
)
def test_a_log_that_cannot_be_replayed_is_refused_and_left_as_it_is(killed, spoil):
    spoilt = spoil(killed.home.warehouse_log.read_bytes())
    killed.home.warehouse_log.write_bytes(spoilt)
    for _ in range(2):
        with pytest.raises(WarehouseError, match="reconcile restore") as refused:
            answers(killed)
        assert refused.value.exit_code == 5
        assert killed.home.warehouse_log.read_bytes() == spoilt


def test_a_log_that_is_gone_is_noticed(killed):
    killed.home.warehouse_log.unlink()
    with pytest.raises(WarehouseError, match=r"20 of .* transactions are lost"):
        answers(killed)


def test_an_older_copy_of_the_warehouse_is_noticed(settings, tmp_path):
    older = settings.home.warehouse.read_bytes()
    with Store(settings) as store, store.transaction():
        store.execute("DELETE FROM ops.judgement")
    settings.home.warehouse.write_bytes(older)
    with pytest.raises(WarehouseError, match=r"1 of .* transactions are lost.*an older copy"):
        answers(settings)


@pytest.mark.parametrize("log", [b"", b"anything"])
def test_a_log_beside_a_closed_warehouse_is_not_ours(settings, log):
    settings.home.warehouse_log.write_bytes(log)
    with pytest.raises(WarehouseError, match="is not from a command of this program"):
        answers(settings)
    assert settings.home.warehouse_log.read_bytes() == log


def test_a_kill_between_the_commit_and_the_file_beside_it_loses_nothing(settings, monkeypatch):
    store = Store(settings)
    monkeypatch.setattr("reconcile.committed.write", lambda *_: None)
    with store.transaction():
        store.execute("INSERT INTO ops.judgement (finding_id) VALUES ('second')")
    store.__exit__(None, None, None)
    monkeypatch.undo()
    assert answers(settings) == 2


def test_what_was_rolled_back_is_not_missed(settings):
    with Store(settings) as store, pytest.raises(ConstraintException), store.transaction():
        store.execute("DELETE FROM ops.judgement; INSERT INTO ops.load (load_id) VALUES (1), (1)")
    assert answers(settings) == 1


def test_a_file_beside_it_that_cannot_be_read_is_no_leave_to_go_on(settings):
    settings.home.warehouse_state.write_text("{")
    with pytest.raises(WarehouseError, match="cannot be read"):
        answers(settings)


def test_a_warehouse_of_before_it_was_counted_is_taken_over(settings):
    settings.home.warehouse_state.unlink()
    assert answers(settings) == 1
    assert settings.home.warehouse_state.exists()


@pytest.mark.parametrize("beside", ["published/latest.duckdb", "warehouse.state", "answers/00000001_x/list.csv"])
def test_a_warehouse_that_is_gone_is_not_begun_anew(tmp_path, beside):
    settings = Settings(home=tmp_path / "home", as_of="2026-11-21")
    path = settings.home.root / beside
    path.parent.mkdir(parents=True)
    path.write_text('{"commits": 3, "is_closed": true}')
    with pytest.raises(WarehouseError, match="is not there, though"):
        Store(settings)
    assert not settings.home.warehouse.exists()


def test_nothing_is_restored_where_nothing_was_published(settings):
    with pytest.raises(UsageError, match="no publication that is as it was written"):
        restore.from_publication(settings.home, lambda _: settings)


def numbered(settings):
    with Store(settings) as store:
        made = key.of(store)
        store.execute("INSERT OR IGNORE INTO find.finding (finding_id) VALUES ('D1')")
    return made


def test_a_key_is_made_once_for_a_new_warehouse(settings):
    assert numbered(settings) == numbered(settings)


@pytest.mark.parametrize("with_folder", [True, False])
def test_a_key_that_is_gone_is_never_made_anew(settings, with_folder):
    numbered(settings)
    settings.home.finding_key.unlink()
    if not with_folder:
        settings.home.finding_key.parent.rmdir()
    with Store(settings) as store, pytest.raises(WarehouseError, match=r"is not there, though the warehouse has 1 findings.*backup"):
        key.of(store)
    assert not settings.home.finding_key.exists()


def test_nor_where_findings_were_numbered_before_keys_were_checked(settings):
    with Store(settings) as store:
        store.execute("INSERT INTO find.finding (finding_id) VALUES ('D1')")
        with pytest.raises(WarehouseError, match="1 findings"):
            key.of(store)


@pytest.mark.parametrize("way", ["file", "setting"])
def test_another_key_is_refused(settings, way):
    numbered(settings)
    if way == "file":
        settings.home.finding_key.write_text("another")
        changed = settings
    else:
        changed = Settings(home=settings.home, as_of=settings.as_of, finding_key="another")
    with Store(changed) as store, pytest.raises(WarehouseError, match="is not the key the findings of this warehouse were numbered with"):
        key.of(store)
