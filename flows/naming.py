"""What a flow run is called, so that a list of runs can be read: the business date and the home; and the tags to filter them by."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prefect.runtime import flow_run

from flows import resuming

PROGRAM = "reconcile"


def tags(home: Path) -> list[str]:
    """Tags of every run of a home."""
    return [PROGRAM, home.resolve().name]


def night() -> str:
    """Name of the run of a night: ``2026-11-21 home``; called by Prefect where a run begins."""
    given = flow_run.parameters
    return _named(given.get("as_of") or resuming.business_date(flow_run.scheduled_start_time), given)


def moment() -> str:
    """Name of any other run: the minute it was to start, by the clocks of China, and the home."""
    return _named(f"{resuming.in_china(flow_run.scheduled_start_time):%Y-%m-%d %H:%M}", flow_run.parameters)


def _named(when: dt.date | str, given: dict[str, object]) -> str:
    return f"{when} {Path(str(given['home'])).resolve().name}"
