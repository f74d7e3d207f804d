"""The flow runs the same stages, tries again only where that can help, and tells Prefect nothing about persons."""

import datetime as dt
import os
import shutil
import sqlite3
import stat

import pytest
from installation import NIGHT, Installation

from flows import environment
from reconcile.errors import InputRefusedError, Place, UnexpectedError, UsageError, WarehouseError
from reconcile.home import Home
from reconcile.pipeline import STAGES
from reconcile.program import exit_code
from reconcile.store import Reader

FOUND = "SELECT finding_type, record_key FROM find.finding INNER JOIN find.subject USING (finding_id) ORDER BY ALL"


@pytest.fixture(scope="session")
def ran(nightly, good_night, tmp_path_factory):
    made = Installation(good_night.inbox, tmp_path_factory.mktemp("flow") / "home")
    made.take_over_models(good_night)
    nightly.nightly(inbox=made.inbox, home=made.home.root, as_of=NIGHT)
    return made.home


def table(prefect_home, query):
    with sqlite3.connect(prefect_home / "prefect.db") as database:
        return database.execute(query).fetchall()


def test_it_finds_what_the_command_finds(ran, good_night):
    with Reader(ran) as flow, Reader(good_night.home) as command:
        assert flow.frame(FOUND).equals(command.frame(FOUND))
    assert (ran.root / "worklists" / "2026-11-21").is_dir()


def test_its_run_is_named_by_business_date_and_home(ran, prefect_home):
    assert ("2026-11-21 home",) in table(prefect_home, "SELECT name FROM flow_run")


@pytest.mark.parametrize(
    ("given", "host", "port", "page"),
    [
        ({}, "127.0.0.1", 4321, "http://127.0.0.1:4321/api"),
        ({}, "0.0.0.0", 4200, "http://127.0.0.1:4200/api"),  # noqa: S104 - compared
        ({}, "::1", 4200, "http://[::1]:4200/api"),
        ({"PREFECT_API_URL": "http://other:1/api"}, "10.0.0.7", 80, "http://10.0.0.7:80/api"),
        ({"PREFECT_UI_API_URL": "http://name:80/api"}, "127.0.0.1", 4200, "http://name:80/api"),
        ({}, "127.0.0.1", 0, None),
    ],
)
def test_the_page_asks_the_server_that_shows_it(monkeypatch, given, host, port, page):
    for name in environment.PAGE:
        monkeypatch.setenv(name, "")
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    environment.show_page(host, port)
    assert (os.environ["PREFECT_UI_API_URL"] or None) == page


def test_every_stage_is_a_task(ran, prefect_home):
    named = {name.rpartition("-")[0] for (name,) in table(prefect_home, "SELECT name FROM task_run")}
    assert named <= {"begin", *(stage.name for stage in STAGES)}


def test_the_artifact_has_counts_and_no_person(ran, prefect_home):
    ((text,),) = table(prefect_home, "SELECT data FROM artifact WHERE key = 'night'")
    assert "police_resident" in text
    assert "duplicate_registration" in text
    assert not names_in(text, ran)


def test_prefect_keeps_no_result_and_no_name(ran, prefect_home):
    assert not (prefect_home / "storage").exists()
    for (parameters,) in table(prefect_home, "SELECT parameters FROM flow_run"):
        assert not names_in(parameters, ran)
    for (message,) in table(prefect_home, "SELECT message FROM log"):
        assert not names_in(message, ran)


def test_a_refused_file_fails_at_once_and_the_error_comes_through(nightly, after_a_good_night):
    (after_a_good_night.inbox / "civil_cremation_20261122.csv").write_text("")
    before = after_a_good_night.published()
    with pytest.raises(InputRefusedError):
        nightly.nightly(inbox=after_a_good_night.inbox, home=after_a_good_night.home.root, as_of=dt.date(2026, 11, 22))
    assert after_a_good_night.published() == before


def test_the_beginning_waits_for_others_and_ends_for_good_where_waiting_does_not_help(nightly):
    assert (nightly.begin.retries, nightly.begin.retry_delay_seconds) == (3, 300)
    assert nightly.begin.retry_condition_fn is nightly.may_pass


def test_only_ingest_is_tried_again(nightly):
    assert {stage.name: nightly.stage_task(stage).retries for stage in STAGES if nightly.stage_task(stage).retries} == {"ingest": 2}


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (InputRefusedError(Place("a.csv"), "is empty", "Ask again"), False),
        (UsageError("no such directory"), False),
        (WarehouseError("in use"), True),
        (UnexpectedError("ingest", OSError()), True),
    ],
)
def test_what_stays_wrong_is_not_tried_again(nightly, error, again):
    from prefect.states import Failed  # noqa: PLC0415 - after Prefect's home is set

    assert nightly.may_pass(None, None, Failed(data=error)) is again


def test_returned_worklists_are_taken_in_once(nightly, after_a_good_night):
    from flows.feedback import returns  # noqa: PLC0415 - after Prefect's home is set

    assert returns(after_a_good_night.home.root) == 0
    listed = min((after_a_good_night.home.root / "worklists" / "2026-11-21").glob("9*/*.csv"))
    (after_a_good_night.home.root / "returns").mkdir()
    shutil.copy(listed, after_a_good_night.home.root / "returns")
    assert returns(after_a_good_night.home.root) == 1
    assert returns(after_a_good_night.home.root) == 0
    assert len(list((after_a_good_night.home.root / "receipts").rglob("*.csv"))) == 1


def test_telemetry_is_off_whatever_the_environment_says(monkeypatch):
    for name in environment.ALWAYS:
        monkeypatch.setenv(name, "changed")
    environment.prepare()
    assert {name: os.environ[name] for name in environment.ALWAYS} == environment.ALWAYS


def test_the_local_server_is_reached_past_a_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "intranet")
    monkeypatch.delenv("no_proxy", raising=False)
    environment.prepare()
    environment.prepare()
    assert os.environ["NO_PROXY"] == f"intranet,{environment.LOCAL}"
    assert os.environ["no_proxy"] == environment.LOCAL


def test_prefects_home_is_made_for_a_home_that_is_new(monkeypatch, tmp_path):
    monkeypatch.setenv("PREFECT_HOME", "")
    monkeypatch.delenv("PREFECT_HOME")
    environment.prepare(Home(tmp_path / "new" / "home"))
    assert stat.S_IMODE((tmp_path / "new" / "home" / "prefect").stat().st_mode) == 0o700
    (tmp_path / "file").write_text("")
    monkeypatch.delenv("PREFECT_HOME")
    with pytest.raises(UsageError, match="is a file, or lies below one"):
        environment.prepare(Home(tmp_path / "file"))


def names_in(text, home):
    with Reader(home) as reader:
        names = reader.frame("SELECT DISTINCT name FROM std.police_resident WHERE length(name) > 2")["name"]
    return {name for name in names if name in (text or "")}


def test_a_server_that_does_not_answer_is_one_message(monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    with pytest.raises(UsageError, match=r"http://127\.0\.0\.1:9/api': no Prefect server there"):
        environment.reach_server()


@pytest.mark.parametrize("tokens", [["serv"], ["serve", "--inbox", "a"]])
def test_a_wrong_call_names_the_program_that_was_called(tokens, capsys):
    from flows.__main__ import PROGRAM, app  # noqa: PLC0415 - after Prefect's home is set

    assert exit_code(lambda: app(tokens, exit_on_error=False, print_error=False, result_action="return_value"), program=PROGRAM) == 2
    assert "See python -m flows --help." in capsys.readouterr().err
