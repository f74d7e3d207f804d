"""Whether nights come: who waits for the schedule, what the server has planned, how old the last night is and how it ended."""

from __future__ import annotations

import datetime as dt
import json
import os
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener
from zoneinfo import ZoneInfo

from reconcile import events, lock
from reconcile.contract.meanings import ZONE
from reconcile.doctor.examined import Examined, Line, ok, red, warning

SERVER = "http://127.0.0.1:4200/api"
"""Where Prefect's server answers unless ``PREFECT_API_URL`` says otherwise."""
_SECONDS = 2
"""A server that needs longer is as good as none."""
_PLANNED = {
    "flows": {"name": {"any_": ["nightly"]}},
    "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
    "sort": "NEXT_SCHEDULED_START_TIME_ASC",
    "limit": 1,
}
_SERVE = "Start 'python -m flows serve --inbox DIR --home DIR'; what was missed is made up."


def schedule(examined: Examined) -> Line:
    """Whether a process waits for the schedule, where one ever did."""
    if not examined.home.schedule_lock.exists():
        return ok("not Prefect's: cron, systemd or a person start the nights")
    waiting = lock.holder_of(examined.home.schedule_lock)
    return ok(f"waited for by {waiting}") if waiting else red("nobody waits for the schedule", _SERVE)


def server(examined: Examined) -> Line:
    """Whether Prefect's server answers and has a next night planned, where the schedule is Prefect's."""
    if not examined.home.schedule_lock.exists():
        return ok("not needed")
    address = os.environ.get("PREFECT_API_URL", SERVER).rstrip("/")
    try:
        planned = _asked(f"{address}/flow_runs/filter", _PLANNED)
        start = dt.datetime.fromisoformat(planned[0]["expected_start_time"]) if planned else None
    except (OSError, ValueError, KeyError, TypeError):
        return red(f"no answer from {address}", "Start 'python -m flows server --home DIR', or set PREFECT_API_URL to where it is.")
    if start is None:
        return red(f"{address} has no night planned", "Resume the schedule of nightly/nightly there, or restart 'python -m flows serve'.")
    if start < examined.now - dt.timedelta(hours=1):
        return red(f"the night of {start.astimezone(ZoneInfo(ZONE)):%Y-%m-%d %H:%M} waits to be run", _SERVE)
    return ok(f"next night {start.astimezone(ZoneInfo(ZONE)):%Y-%m-%d %H:%M} (China)")


def last_night(examined: Examined) -> Line:
    """How old the last publication is."""
    if examined.published is None:
        return warning("nothing was published yet", "Run the first night: reconcile run, or python -m flows night.")
    age = examined.age(examined.published.folder / "publication.json")
    seen = f"{examined.published.as_of}, published {age.total_seconds() / 3600:,.1f} hours ago"
    if age > dt.timedelta(hours=examined.settings.schedule.late_hours):
        return red(seen, "A night is late or never came: see the lines schedule, server and last run, then run it.")
    return ok(seen)


def last_run(examined: Examined) -> Line:
    """How the newest run ended, published or not."""
    writer = lock.holder(examined.home)
    if writer:
        return ok(f"in use now by {writer}")
    rows = examined.warehouse.file("doctor/newest_run").rows() if examined.warehouse else []
    if not rows:
        return ok("none yet")
    run_id, _, status, message = rows[0]
    if status in ("failed", "braked"):
        return red(f"{run_id} {status}: {message}", "Do what the message says and repeat the night; the last publication stands.")
    if status == "running":
        return red(f"{run_id} was killed", "Repeat the same command: it goes on where the run ended.")
    return ok(f"{run_id} {status}")


def telling(examined: Examined) -> Line:
    """Whether somebody hears of a night that goes wrong, and whether who is to hear of it does."""
    ways = examined.settings.tell.ways()
    if not ways:
        return warning("nobody is told of a night that goes wrong", "Name a way under [tell] in settings.toml: mail, webhook or command.")
    told = [event.told for event in events.read(examined.home)]
    missed = {way: sum(way not in by for by in told) for way in ways}
    by_nobody = sum(not by for by in told)
    seen = ", ".join(f"{way}: {f'{count} not told' if count else 'all told'}" for way, count in missed.items())
    if by_nobody:
        return red(seen, "Look whether the receiver answers (the night's log says how it failed); reconcile doctor --tell tries again.")
    return warning(seen, "The next night, or reconcile doctor --tell, tells of them.") if any(missed.values()) else ok(seen)


def _asked(address: str, question: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """A server's answer, past any proxy."""
    request = Request(address, json.dumps(question).encode(), {"Content-Type": "application/json"})  # noqa: S310 - the operator's address
    with build_opener(ProxyHandler({})).open(request, timeout=_SECONDS) as answer:
        return json.load(answer)
