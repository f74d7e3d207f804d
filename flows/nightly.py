"""The night as a Prefect flow: order, retries, progress, one artifact. What happens is in ``reconcile.pipeline``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from prefect import Task, flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.context import TagsContext
from prefect.runtime import flow_run

from flows import naming, resuming, telling
from reconcile import operate, pace, pipeline, publication
from reconcile.contract.meanings import ZONE
from reconcile.errors import InputRefusedError, ReconcileError, UsageError
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


@task(name="missed", persist_result=False, cache_policy=NO_CACHE, retries=3, retry_delay_seconds=300, retry_condition_fn=may_pass)
def missed(settings: Settings) -> list[dt.date]:
    """Nights before this one that the schedule had and nobody ran, oldest first; none in a new home."""
    tried = pipeline.last_tried(settings)
    if tried is None or tried >= settings.as_of:
        return []
    until = dt.datetime.combine(settings.as_of, dt.time(), ZoneInfo(ZONE)) - dt.timedelta(seconds=1)
    found = [resuming.business_date(start) for start in resuming.starts(settings.schedule.night, tried, until)]
    return found[len(found) - min(len(found), settings.schedule.made_up) :]


@flow(
    name="nightly",
    flow_run_name=naming.night,
    persist_result=False,
    on_failure=[telling.failed],
    on_crashed=[telling.crashed],
    on_completion=[telling.completed],
)
def nightly(inbox: Path, home: Path, as_of: dt.date | None = None, *, full: bool = False, force: bool = False) -> State[None] | None:
    """Run the night of ``as_of``. Without one, run that of the scheduled start, and before it those that were missed."""
    night = as_of or resuming.business_date(flow_run.scheduled_start_time)
    settings = operate.settings_of(inbox=inbox, home=home, as_of=night, full=full, force=force)
    if as_of is None:
        published = publication.last_day(settings.home)
        if published and published > night:
            return resuming.skipped(f"Not needed any more: the night of {published} is published, and nights go forward only.")
        make_up(settings)
    run(settings)
    return None


def make_up(settings: Settings) -> None:
    """Run the missed nights before a night, oldest first, each as a flow run of its own; one that fails does not stop the next."""
    log = get_run_logger()
    for day in missed(settings):
        log.warning("The night of %s was missed. It is made up before that of %s.", day, settings.as_of)
        try:
            nightly(inbox=cast("Path", settings.inbox), home=settings.home.root, as_of=day)
        except ReconcileError as error:
            log.warning("The night of %s, made up, did not end well: %s", day, error)


def run(settings: Settings) -> None:
    """Run one night, a task for each stage.

    The tags of a run are not those of its tasks: Prefect takes each for a limit on tasks at once and asks the server for it before every
    task, which answers 503 (3.8.8) while its database is busy, and is asked again after two seconds.
    """
    log = get_run_logger()
    with TagsContext(current_tags=set()), pace.heard(log.info), pipeline.night(settings, begin) as run_id:
        for stage in pipeline.STAGES:
            log.info("%-12s %s", stage.name, stage_task(stage)(stage, settings, run_id))
    create_markdown_artifact(summary.markdown(settings.home), key="night", description=f"Night {run_id}, in counts")
