"""Each check sees what is wrong, and only then; none of them stops another."""

import datetime as dt
import json
import os
import shutil
import socket
from contextlib import contextmanager

import pytest
from command import command
from warehouses import furnished

from reconcile import committed, doctor, forecast, key, lock
from reconcile.doctor import Level, keeping, machine, nights, sources
from reconcile.doctor.examined import Examined
from reconcile.settings import Settings
from reconcile.store import Store

NOW = dt.datetime.now(dt.UTC)
RUN = "INSERT INTO ops.run (run_id, as_of, status, message, started_at) VALUES ('20261121-01', DATE '2026-11-21', $status, 'why', now())"


def day(ago):
    return (NOW + dt.timedelta(hours=8)).date() - dt.timedelta(days=ago)


@pytest.fixture
def home(tmp_path):
    """A home with one good night, published: its warehouse, copied."""
    home = furnished(tmp_path / "home")
    home.chmod(0o700)
    (home / "keys").mkdir(mode=0o700)
    (home / "keys" / "finding.key").write_text("secret")
    (home / "keys" / "finding.key").chmod(0o600)
    (home / "warehouse.duckdb").chmod(0o600)
    change(home, RUN, status="done")
    change(home, "UPDATE ops.state SET key_check = $check", check=key.check(b"secret"))
    return home


def change(home, statement, **values):
    with Store(Settings(home=home, as_of=dt.date(2026, 11, 21), threads=1)) as store, store.transaction():
        store.execute(statement, **values)


def publish(home):
    folder = home / "published" / "20261121-01"
    folder.mkdir(parents=True)
    shutil.copy(home / "warehouse.duckdb", folder / "latest.duckdb")
    about = {"run_id": "20261121-01", "as_of": "2026-11-21", "bytes": (folder / "latest.duckdb").stat().st_size, "sha256": ""}
    (folder / "publication.json").write_text(json.dumps(about))
    (home / "published" / "current").symlink_to(folder.name)
    (home / "published" / "latest.duckdb").symlink_to("current/latest.duckdb")
    return folder


@contextmanager
def examined(home, now=None, **settings):
    with Examined(Settings(home=home, as_of=dt.date.min, threads=1, **settings), now) as found:
        yield found


def seen(check, home, now=None, **settings):
    with examined(home, now, **settings) as found:
        return check(found)


def level(check, home, now=None, **settings):
    return seen(check, home, now, **settings).level


def results(home):
    return {result.name: result.line for result in doctor.examine(Settings(home=home, as_of=dt.date.min, threads=1))}


def test_a_home_that_is_well_has_no_red_line_and_the_command_says_so(home, capsys):
    publish(home)
    assert {name for name, line in results(home).items() if line.level is not Level.OK} == {"backup", "telling"}
    assert command("doctor", "--home", home) == 0
    assert capsys.readouterr().out.count("ok") >= len(doctor.CHECKS) - 2  # it was never backed up, and nobody is told


def test_a_red_line_has_advice_and_an_exit_code_of_its_own(home, capsys):
    publish(home)
    (home / "keys" / "finding.key").write_text("another")
    assert command("doctor", "--home", home) == 6
    told = capsys.readouterr()
    assert "Copy keys/finding.key back" in told.out
    assert "are red: key." in told.err


def test_a_home_that_is_not_there_is_a_wrong_call(tmp_path):
    assert command("doctor", "--home", tmp_path / "none") == 2


def test_a_new_home_and_one_that_is_being_written_to_are_looked_at_too(home, tmp_path):
    (tmp_path / "new").mkdir(mode=0o700)
    assert {line.level for line in results(tmp_path / "new").values()} == {Level.OK, Level.WARNING}
    publish(home)
    settings = Settings(home=home, as_of=dt.date.min)
    with lock.held(settings.home, "the night", 0):
        assert results(home)["warehouse"].seen.startswith("in use by the night")


def test_a_check_that_cannot_be_made_is_red_and_stops_no_other(home, monkeypatch):
    def broken(_examined):
        msg = "张三 110101199001010000"
        raise RuntimeError(msg)

    monkeypatch.setattr(doctor, "CHECKS", (doctor.Check("broken", broken), doctor.Check("clock", machine.clock)))
    assert results(home)["broken"].seen == "could not be looked at (RuntimeError)"
    assert results(home)["clock"].level is Level.OK


def test_the_last_night_may_be_so_old(home):
    publish(home)
    assert level(nights.last_night, home, NOW + dt.timedelta(hours=25)) is Level.OK
    assert level(nights.last_night, home, NOW + dt.timedelta(hours=27)) is Level.RED
    assert level(nights.last_night, home, NOW + dt.timedelta(hours=27), schedule={"late_hours": 170}) is Level.OK


@pytest.mark.parametrize(("status", "expected"), [("done", Level.OK), ("failed", Level.RED), ("braked", Level.RED), ("running", Level.RED)])
def test_the_last_run_may_have_ended_otherwise_than_well(home, status, expected):
    change(home, "UPDATE ops.run SET status = $status", status=status)
    assert level(nights.last_run, home) is expected


def test_a_schedule_that_was_waited_for_and_is_not_any_more(home, monkeypatch):
    assert level(nights.schedule, home) is level(nights.server, home) is Level.OK
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # taken, and nobody listens
        monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{nobody.getsockname()[1]}/api")
        with lock.alone(home / "schedule.lock", "the schedule"):
            assert "the schedule (process" in seen(nights.schedule, home).seen
        assert level(nights.schedule, home) is level(nights.server, home) is Level.RED


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ([], Level.RED),
        ([{"expected_start_time": str(NOW + dt.timedelta(hours=3))}], Level.OK),
        ([{"expected_start_time": str(NOW - dt.timedelta(hours=3))}], Level.RED),
    ],
)
def test_a_server_has_the_next_night_planned(home, monkeypatch, planned, expected):
    monkeypatch.setattr(nights, "_asked", lambda _address, _question: planned)
    (home / "schedule.lock").touch()
    assert level(nights.server, home) is expected


def test_a_key_that_is_gone_or_another(home):
    publish(home)
    assert level(keeping.finding_key, home) is Level.OK
    assert level(keeping.finding_key, home, finding_key="another") is Level.RED
    (home / "keys" / "finding.key").unlink()
    assert level(keeping.finding_key, home) is Level.RED


def test_a_warehouse_that_lost_something_is_red_with_what_to_do(home):
    found = Settings(home=home, as_of=dt.date.min).home
    committed.write(found, committed.State(10**6, is_closed=True))
    line = results(home)["warehouse"]
    assert line.level is Level.RED
    assert "transactions are lost" in line.seen
    assert "reconcile restore" in line.advice


@pytest.mark.parametrize("kind", ["short", "written to", "led elsewhere", "ahead"])
def test_a_publication_that_is_not_as_it_was(home, kind):
    folder = publish(home)
    assert level(keeping.publication, home) is Level.OK
    if kind == "short":
        os.truncate(folder / "latest.duckdb", 4096)
    elif kind == "written to":
        (folder / "latest.duckdb.wal").touch()
    elif kind == "led elsewhere":
        (home / "published" / "latest.duckdb").unlink()
        shutil.copy(folder / "latest.duckdb", home / "published" / "latest.duckdb")
    else:
        change(home, "UPDATE ops.run SET run_id = '20261120-01'")
    assert level(keeping.publication, home) is Level.RED


@pytest.mark.parametrize("name", [".", "warehouse.duckdb", "keys/finding.key"])
def test_what_others_may_read_is_named(home, name):
    assert level(keeping.permissions, home) is Level.OK
    (home / name).chmod((home / name).stat().st_mode | 0o040)
    assert level(keeping.permissions, home) is Level.RED


def test_a_group_that_may_pass_to_the_masked_publication_is_no_fault(home):
    home.chmod(0o710)
    assert level(keeping.permissions, home, masked_group="engineers") is Level.OK
    assert level(keeping.permissions, home) is Level.RED


def test_room_for_tonight_is_reckoned_from_warehouse_and_deliveries(home, tmp_path, monkeypatch):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with (inbox / "a.csv").open("wb") as file:
        file.truncate(2**30)
    monkeypatch.setattr(forecast.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(0, 0, 2**30))
    assert level(machine.disk, home) is Level.OK
    assert level(machine.disk, home, inbox=inbox) is Level.RED


def test_what_a_night_has_read_needs_no_room_again(home, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    load = "INSERT INTO ops.load (load_id, run_id, extract, file, sha256) VALUES (1, '20261121-01', 'police_resident', 'read.csv', '')"
    change(home, load)
    publish(home)
    needed = []
    for name in ("read.csv", "new.csv"):
        (inbox / name).write_bytes(bytes(2**20))
        needed.append(seen(lambda found: found.forecast.disk, home, inbox=inbox))
    assert needed[0] < needed[1]


@pytest.mark.parametrize(("limit", "expected"), [("4GB", Level.WARNING), ("2GB", Level.OK), ("1.5GiB", Level.OK)])
def test_memory_has_to_hold_what_duckdb_may_take(home, monkeypatch, limit, expected):
    monkeypatch.setattr(forecast, "total_memory", lambda: 4 * 10**9)
    assert level(machine.memory, home, memory_limit=limit) is expected


@pytest.mark.parametrize(
    ("library", "version", "expected"),
    [("sqlalchemy", "2.1.9", Level.RED), ("sqlalchemy", "2.0.58", Level.OK), ("duckdb", "2.0.1", Level.RED)],
)
def test_versions_that_break_each_other_are_named(home, monkeypatch, library, version, expected):
    monkeypatch.setattr(machine.metadata, "version", lambda name: version if name == library else "0.1")
    assert level(machine.versions, home) is expected


def test_a_clock_behind_the_last_night(home):
    assert level(machine.clock, home) is Level.OK
    assert level(machine.clock, home, NOW - dt.timedelta(days=2)) is Level.RED


@pytest.mark.parametrize(
    ("ages", "expected"), [((100, 69, 40, 31), Level.OK), ((100, 69, 40, 32), Level.RED), ((50, 40), Level.OK), ((40, 40, 39), Level.OK)]
)
def test_a_source_is_overdue_when_it_is_silent_for_longer_than_ever(home, ages, expected):
    for number, ago in enumerate(ages):
        row = {"load_id": number, "delivered_on": day(ago)}
        change(
            home,
            "INSERT INTO ops.load (load_id, run_id, extract, delivered_on) VALUES ($load_id, '1', 'health_death', $delivered_on)",
            **row,
        )
    publish(home)
    assert level(sources.deliveries, home) is expected


def test_files_of_the_last_night_that_fit_nothing(home):
    row = "INSERT INTO ops.metric (run_id, stage, name, value) VALUES ($run_id, 'ingest', 'unmatched_files', 2)"
    change(home, row, run_id="20261121-00")
    folder = publish(home)
    assert level(sources.strangers, home) is Level.OK
    shutil.rmtree(folder.parent)
    change(home, row, run_id="20261121-01")
    publish(home)
    assert level(sources.strangers, home) is Level.WARNING


def test_returned_files_that_wait_too_long_or_cannot_be_read(home):
    folder = home / "returns" / "unreadable"
    folder.mkdir(parents=True)
    (home / "returns" / "list.csv").write_text("a")
    assert seen(sources.returns, home).seen == "1 wait, 0 cannot be read"
    assert level(sources.returns, home) is Level.OK
    assert level(sources.returns, home, NOW + dt.timedelta(days=2)) is Level.RED
    (home / "answers" / "00000001_ca978112ca1b").mkdir(parents=True)  # taken in: the sha256 of "a"
    (home / "answers" / "00000001_ca978112ca1b" / "list.csv").write_text("a")
    assert level(sources.returns, home, NOW + dt.timedelta(days=2)) is Level.OK
    (folder / "broken.xlsx").write_text("b")
    assert level(sources.returns, home) is Level.WARNING
    assert level(sources.answers, home) is Level.OK
    assert level(sources.answers, home, NOW + dt.timedelta(days=2)) is Level.WARNING


def test_a_night_that_begins_warns_of_what_is_red_and_goes_on(home, tmp_path, caplog):
    home.chmod(0o755)
    (tmp_path / "inbox").mkdir()
    doctor.warn(Settings(home=home, as_of=dt.date.min, inbox=tmp_path / "inbox"))
    (record,) = caplog.records
    assert record.getMessage().startswith("permissions: 1 open to others: home")
