"""The schedules: the night at half past one in China, its business date being that of the scheduled start; answers by day.

The two keep apart, because the warehouse has one writer.
"""

from __future__ import annotations

from pathlib import Path

from prefect import serve as serve_deployments
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron

from flows.feedback import returns
from flows.nightly import nightly

SCHEDULE = Cron("30 1 * * *", timezone="Asia/Shanghai")
BY_DAY = Cron("*/15 8-20 * * *", timezone="Asia/Shanghai")


def deployment(inbox: Path, home: Path) -> RunnerDeployment:
    """What is served; one night at a time, since the warehouse has one writer."""
    return RunnerDeployment.from_flow(
        nightly,
        name="nightly",
        schedule=SCHEDULE,
        concurrency_limit=1,
        parameters={"inbox": str(inbox.resolve()), "home": str(home.resolve())},
        description="Reads the deliveries of the day, compares them with the register, publishes worklists and warehouse.",
    )


def feedback_deployment(home: Path) -> RunnerDeployment:
    """What takes in returned worklists by day."""
    return RunnerDeployment.from_flow(
        returns,
        name="feedback",
        schedule=BY_DAY,
        concurrency_limit=1,
        parameters={"home": str(home.resolve())},
        description="Takes in the worklists that stations put into <home>/returns, and writes a receipt for each.",
    )


def serve(inbox: Path, home: Path) -> None:
    """Wait for the schedule, and run both."""
    serve_deployments(deployment(inbox, home), feedback_deployment(home))
