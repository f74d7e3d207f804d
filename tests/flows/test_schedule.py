"""A real server and the schedule as documented: the night comes by itself, also after its process was killed, and stops in order."""

import contextlib
import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from warehouses import furnished

from reconcile import publication
from reconcile.home import Home
from reconcile.settings import Settings
from reconcile.store import Store

ROOT = Path(__file__).parents[2]
PATIENCE = 240
"""Seconds after which a thing that has not happened never will, on a machine that is busy with something else."""
STATION = "station_code,station_name,county_code,county_name\n990101000001,甲所,990101,甲县\n"
RESIDENT = "人员编号,姓名,性别,出生日期,户号,派出所代码\nR1,王伟,1,19900101,H1,990101000001\n"


def until(found, what, process):
    """What ``found`` gives as soon as that is something, while a process lives."""
    limit = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < limit:
        if value := found():
            return value
        time.sleep(0.2)
    raise AssertionError(what)


@contextlib.contextmanager
def running(log, *tokens, **environment):
    """``python -m flows`` in a process group of its own, of which nothing is left when the block ends."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows", *map(str, tokens)],
            cwd=ROOT,
            env=clean | environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("scheduled") / "home")


@pytest.fixture(scope="module")
def server(home):
    """Address of a server whose database is in the home."""
    log = home.root.parent / "server.log"
    with running(log, "server", "--home", home, "--port", 0) as process:
        found = until(lambda: re.search(r"Uvicorn running on (http://[\d.:]+)", log.read_text()), "no server", process)
        assert (home.prefect / "prefect.db").exists()
        yield f"{found[1]}/api"


@pytest.fixture
def client(prefect_home, server):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - after Prefect's home is set
    from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415

    with temporary_settings({PREFECT_API_URL: server}), get_client(sync_client=True) as client:
        yield client


def runs(client):
    return sorted(client.read_flow_runs(), key=lambda run: run.expected_start_time)


def worker(home):
    """Process that is in the middle of a night."""
    signed = home.writer_lock.read_text() if home.writer_lock.exists() else ""
    return json.loads(signed)["pid"] if signed.startswith("{") and "the night" in signed else None


def test_the_night_comes_by_itself_also_after_its_process_was_killed(home, server, client):
    inbox = home.root.parent / "inbox"
    inbox.mkdir()
    today = dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()
    (inbox / f"station_{today:%Y%m%d}.csv").write_text(STATION)
    (inbox / f"police_resident_{today:%Y%m%d}.csv").write_text(RESIDENT)
    heard = home.root.parent / "heard.txt"
    heard.touch()
    program = f"import sys; open({str(heard)!r}, 'a', encoding='utf-8').write(sys.stdin.buffer.read().decode())"
    often = {"RECONCILE_TELL_COMMAND": json.dumps([sys.executable, "-c", program])} | {
        "RECONCILE_SCHEDULE_NIGHT": "* * * * * */15",
        "RECONCILE_SCHEDULE_ANSWERS": "0 0 1 1 *",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }
    log = home.root.parent / "serve.log"
    with running(log, "serve", "--inbox", inbox, "--home", home, PREFECT_API_URL=server, **often) as served:
        os.kill(until(lambda: worker(home), "no night began", served), signal.SIGKILL)
        until(lambda: [run for run in runs(client) if run.state_name == "Crashed"], "the killed night is not told as crashed", served)
        until(lambda: "was killed before its end" in heard.read_text(), "nobody was told of the killed night", served)
        published = until(lambda: publication.read(home.current), "no night was published", served)
        until(lambda: [run for run in runs(client) if run.state_name == "Completed"], "no night is told as completed", served)
        until(lambda: worker(home), "no night follows", served)
        served.send_signal(signal.SIGTERM)
        assert served.wait(PATIENCE) == 0
        with pytest.raises(ProcessLookupError):
            os.killpg(served.pid, 0)
    assert dt.date.fromisoformat(published.as_of) >= today
    assert not any(deployment.paused for deployment in client.read_deployments())
    assert all(schedule.active for deployment in client.read_deployments() for schedule in deployment.schedules)
    assert "Traceback" not in log.read_text()


def test_what_a_gap_left_is_closed_skipped_or_run(server, client, tmp_path):
    from prefect.states import Pending, Running, Scheduled  # noqa: PLC0415 - after Prefect's home is set

    from flows import resuming  # noqa: PLC0415
    from flows.deployments import deployment, feedback_deployment  # noqa: PLC0415

    settings = Settings(home=furnished(tmp_path / "home"), as_of=dt.date.min)
    with Store(settings) as store:
        store.execute("INSERT INTO ops.run (run_id, as_of, status) VALUES ('1', current_date - 4, 'done')")
    night = deployment(tmp_path, tmp_path / "home", settings.schedule)
    night.name = "gap"
    night_id, answers_id = night.apply(), feedback_deployment(tmp_path / "home", settings.schedule).apply()
    now = dt.datetime.now(dt.UTC)
    newest = resuming.starts(settings.schedule.night, now.date() - dt.timedelta(days=4), now)[-1]
    made = {}
    for name, state in (
        ("killed", Running()),
        ("submitted", Pending()),
        ("late", Scheduled(scheduled_time=newest - dt.timedelta(days=1))),
        ("newest", Scheduled(scheduled_time=newest)),
    ):
        made[name] = client.create_flow_run_from_deployment(night_id, state=state, name=name).id
    resuming.resume(night_id, answers_id, settings)
    states = {name: client.read_flow_run(run_id).state for name, run_id in made.items()}
    # The server calls a run "Late" that waits longer than it likes.
    assert {name: state.name.replace("Late", "Scheduled") for name, state in states.items()} == {
        "killed": "Crashed",
        "submitted": "Crashed",
        "late": "Skipped",
        "newest": "Scheduled",
    }
    assert "makes it up" in states["late"].message
    # And where the server knows of no late run, because it was down as well:
    client.delete_flow_run(made["newest"])
    resuming.resume(night_id, answers_id, settings)
    (missed,) = (
        run for run in runs(client) if run.deployment_id == night_id and run.state_name in ("Scheduled", "Late") and not run.auto_scheduled
    )
    assert missed.expected_start_time == newest
