"""What is found when the schedule starts again after a gap: runs whose process is gone, late runs, nights that nobody ran.

Prefect itself waits minutes for what a killed process held, hands out late runs in any order, and knows nothing of hours in
which its server was down, too.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId, FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.server.schemas.schedules import CronSchedule
from prefect.states import Completed, Crashed, Scheduled

from reconcile import lock, pipeline
from reconcile.contract.meanings import ZONE
from reconcile.home import Home
from reconcile.settings import Settings

_log = logging.getLogger("prefect.flows.schedule")

_BEGUN = (StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)


def business_date(scheduled_start: dt.datetime) -> dt.date:
    """Civil date in China of the scheduled start: the schedule, not the clock, says which night it is."""
    return in_china(scheduled_start).date()


def in_china(moment: dt.datetime) -> dt.datetime:
    """The same moment by the clocks of China."""
    return moment.astimezone(ZoneInfo(ZONE))


def starts(cron: str, after: dt.date, until: dt.datetime) -> list[dt.datetime]:
    """Scheduled starts on the days after a day, up to a moment; the last of each day, oldest first."""
    midnight = dt.datetime.combine(after + dt.timedelta(days=1), dt.time(), ZoneInfo(ZONE))
    found = asyncio.run(CronSchedule(cron=cron, timezone=ZONE).get_dates(n=1000, start=midnight, end=until))
    return list({business_date(start): start for start in sorted(found)}.values())


def skipped(why: str) -> State[None]:
    """The end of a run that had nothing to do."""
    return Completed(name="Skipped", message=why)


def close_abandoned(client: SyncPrefectClient, deployment: UUID, home: Home) -> None:
    """Close runs that a killed process left as running: they would keep the next one waiting for minutes.

    What still works holds the home: a process whose parent was killed goes on by itself, and is left alone.
    """
    if lock.holder(home):
        return
    for run in _runs(client, deployment, *_BEGUN):
        why = "The process that ran it is gone. The next start of the schedule closed it."
        client.set_flow_run_state(run.id, Crashed(message=why), force=True)
        _log.warning("%s, of %s: %s", run.name, f"{run.expected_start_time:%Y-%m-%d %H:%M}", why)


def late_runs(client: SyncPrefectClient, deployment: UUID, now: dt.datetime) -> list[FlowRun]:
    """Runs whose hour has passed and that nobody has begun, the oldest first."""
    return sorted((run for run in _runs(client, deployment, StateType.SCHEDULED) if _start(run) <= now), key=_start)


def skip(client: SyncPrefectClient, runs: list[FlowRun], why: str) -> None:
    """End runs that nobody has begun as completed, and say why."""
    for run in runs:
        client.set_flow_run_state(run.id, skipped(why), force=True)


def missed_start(settings: Settings, now: dt.datetime) -> dt.datetime | None:
    """The newest scheduled start whose night nobody ran; None where none was missed, and in a home without any night."""
    tried = pipeline.last_tried(settings)
    missed = starts(settings.schedule.night, tried, now) if tried else []
    return missed[-1] if missed else None


def resume(nightly: UUID, answers: UUID, settings: Settings) -> None:
    """Bring the schedule of a home in order before it is waited for: nothing hangs, and what was missed comes now."""
    now = dt.datetime.now(dt.UTC)
    with get_client(sync_client=True) as client:
        for deployment in (nightly, answers):
            close_abandoned(client, deployment, settings.home)
        skip(client, late_runs(client, answers, now)[:-1], "A later run takes in what waits.")
        late, missed = late_runs(client, nightly, now), missed_start(settings, now)
        if missed is None:
            skip(client, late, "Not needed any more: its night was run already, or a later one.")
            return
        night = business_date(missed)
        kept = [run for run in late if business_date(_start(run)) == night][-1:]
        skip(client, [run for run in late if run not in kept], f"The run of the night of {night} makes it up.")
        if not kept:
            client.create_flow_run_from_deployment(nightly, state=Scheduled(scheduled_time=missed))
    _log.warning("The night of %s did not run at its hour. It runs now, after those missed before it.", night)


def _start(run: FlowRun) -> dt.datetime:
    """Its hour in the schedule, whatever it waited for since."""
    return run.expected_start_time or dt.datetime.max.replace(tzinfo=dt.UTC)


def _runs(client: SyncPrefectClient, deployment: UUID, *states: StateType) -> list[FlowRun]:
    chosen = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states))))
    return client.read_flow_runs(flow_run_filter=chosen, deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])))
