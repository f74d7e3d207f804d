"""The schedules: the night at half past one in China, its business date being that of the scheduled start; answers by day.

The two keep apart, because the warehouse has one writer.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import suppress
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron

from flows import naming, resuming
from flows.feedback import returns
from flows.nightly import nightly
from reconcile import doctor, lock, operate
from reconcile.contract.meanings import ZONE
from reconcile.home import Home
from reconcile.settings import Schedule


def deployment(inbox: Path, home: Path, schedule: Schedule) -> RunnerDeployment:
    """What is served; one night at a time, since the warehouse has one writer."""
    return RunnerDeployment.from_flow(
        nightly,
        name="nightly",
        schedule=Cron(schedule.night, timezone=ZONE),
        concurrency_limit=1,
        parameters={"inbox": str(inbox.resolve()), "home": str(home.resolve())},
        tags=naming.tags(home),
        description="Reads the deliveries of the day, compares them with the register, publishes worklists and warehouse.",
    )


def feedback_deployment(home: Path, schedule: Schedule) -> RunnerDeployment:
    """What takes in returned worklists by day."""
    return RunnerDeployment.from_flow(
        returns,
        name="feedback",
        schedule=Cron(schedule.answers, timezone=ZONE),
        concurrency_limit=1,
        parameters={"home": str(home.resolve())},
        tags=naming.tags(home),
        description="Takes in the worklists that stations put into <home>/returns, and writes a receipt for each.",
    )


def serve(inbox: Path, home: Path) -> None:
    """Wait for the schedule, and run both; what was missed while nobody waited comes first.

    Raises:
        LockedError: when another process waits for the schedule of this home already.
        UsageError: when a setting is wrong.

    """
    settings = operate.settings_of(home=home, inbox=inbox, as_of=dt.date.min)
    doctor.warn(settings)
    served = deployment(inbox, home, settings.schedule), feedback_deployment(home, settings.schedule)
    with lock.alone(Home(home).schedule_lock, "the schedule"), suppress(asyncio.CancelledError):
        # Prefect would pause the schedule when it is stopped, and what is paused leaves no trace of a night it missed.
        waiting = _Waiting(pause_on_shutdown=False)
        night, answers = (cast("UUID", waiting.add_deployment(one)) for one in served)
        resuming.resume(night, answers, settings)
        asyncio.run(waiting.start())


class _Waiting(Runner):
    """What waits for the schedule, and ends in order when it is told to.

    Prefect's own answer to SIGTERM (3.8.8) ends the process inside its loop, without waiting for anything and with tracebacks.
    """

    async def start(self, run_once: bool = False, webserver: bool | None = None) -> None:  # noqa: FBT001, FBT002 - Prefect's signature
        """Wait until told to end."""
        self._loop, self._wait = asyncio.get_running_loop(), asyncio.current_task()
        await super().start(run_once, webserver)

    def handle_sigterm(self, *args: object, **kwargs: object) -> None:  # noqa: ARG002 - Prefect's signature
        """End the wait from within."""
        if self._wait and self._loop:
            self._loop.call_soon_threadsafe(self._wait.cancel)
