"""What Prefect calls when a night has ended: who is to be told, is told. What is told is in ``reconcile.tell``.

The names of the parameters are Prefect's: the process of a run passes them by position, the one that waits for the schedule by name.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, cast

from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow

from flows import resuming
from reconcile import operate, tell
from reconcile.settings import Settings


def failed(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 - see above
    """Tell of a night that failed or was braked."""
    error = state.result(raise_on_failure=False)
    tell.failed(_settings(flow_run), error if isinstance(error, BaseException) else None)


def crashed(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 - see above
    """Tell of a night whose process was killed; Prefect calls this in the process that waits for the schedule."""
    settings = _settings(flow_run)
    tell.ended(settings, settings.as_of, "killed", "Its process is gone. The next start of the schedule runs it again.")


def completed(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 - see above
    """Tell of warnings, where the night was published and not skipped."""
    if state.name != "Skipped":
        tell.published(_settings(flow_run))


def _settings(run: FlowRun) -> Settings:
    """Settings of the night that a run was of."""
    given = run.parameters
    as_of = given.get("as_of") or resuming.business_date(cast("dt.datetime", run.expected_start_time))
    return operate.settings_of(home=Path(given["home"]), as_of=as_of)
