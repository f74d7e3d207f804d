"""The night as a Prefect flow: order, retries, progress, one artifact. What happens is in ``reconcile.pipeline``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from prefect import Task, flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import flow_run

from reconcile import operate, pipeline
from reconcile.errors import InputRefusedError, UsageError
from reconcile.report import summary
from reconcile.settings import Settings


def may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again can help: a share may come back, a refused file stays refused."""
    return not isinstance(state.result(raise_on_failure=False), InputRefusedError | UsageError)


def stage_task(stage: pipeline.Stage) -> Task[..., pipeline.Progress]:
    """One task for a stage; only ingest, which waits for others' files, is tried again."""
    return task(
        name=stage.name,
        description=stage.sentence,
        persist_result=False,
        cache_policy=NO_CACHE,
        retries=2 if stage is pipeline.STAGES[0] else 0,
        retry_delay_seconds=120,
        retry_condition_fn=may_pass,
    )(pipeline.run_stage)


@task(name="begin", persist_result=False, cache_policy=NO_CACHE, retries=3, retry_delay_seconds=300, retry_condition_fn=may_pass)
def begin(settings: Settings) -> str:
    """Begin the run; tried again while another command holds the home, or a reader the warehouse."""
    return pipeline.begin(settings)


def business_date(scheduled_start: dt.datetime) -> dt.date:
    """Civil date in China of the scheduled start: the schedule, not the clock, says which night it is."""
    return scheduled_start.astimezone(ZoneInfo("Asia/Shanghai")).date()


@flow(name="nightly", persist_result=False)
def nightly(inbox: Path, home: Path, as_of: dt.date | None = None, *, full: bool = False, force: bool = False) -> None:
    """Run the night of ``as_of``, or of the scheduled start's date."""
    night = as_of or business_date(flow_run.scheduled_start_time)
    settings = operate.settings_of(inbox=inbox, home=home, as_of=night, full=full, force=force)
    log = get_run_logger()
    with pipeline.night(settings, begin) as run_id:
        for stage in pipeline.STAGES:
            log.info("%-12s %s", stage.name, stage_task(stage)(stage, settings, run_id))
    create_markdown_artifact(summary.markdown(settings.home), key="night", description=f"Night {run_id}, in counts")
