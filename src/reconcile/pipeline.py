"""The stages of a night in order: the only place that knows the order, and how a night begins, goes on and ends."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl

from reconcile import (
    __version__,
    audit,
    doctor,
    engine,
    feedback,
    figures,
    findings,
    ingest,
    key,
    link,
    lock,
    made_from,
    memory,
    nightlog,
    pace,
    publication,
    publish,
    query,
    standardise,
    storage,
    worklist,
)
from reconcile.errors import BrakeError, ReconcileError, UnexpectedError, UsageError, interruption, reason
from reconcile.figures import Counts
from reconcile.report import delivery, pages
from reconcile.settings import Settings
from reconcile.store import Store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the night.

    ``run`` is idempotent and leaves its tables whole or unchanged.
    """

    name: str
    sentence: str
    run: Callable[[Store, Settings], Counts]


STAGES = (
    Stage("ingest", "load the deliveries of the inbox as text", ingest.run),
    Stage("standardise", "type and normalise what was delivered", standardise.run),
    Stage("feedback", "take in what stations answered", feedback.run),
    Stage("link", "decide which records are of one person", link.run),
    Stage("findings", "raise, keep and settle findings", findings.run),
    Stage("worklist", "write what each station has to check", worklist.run),
    Stage("publish", "swap in the new database and worklists", publish.run),
)


@dataclass(frozen=True, slots=True)
class Progress:
    """What one stage of a run did; ``skipped`` when the interrupted run had already finished it."""

    stage: Stage
    counts: Counts
    seconds: float = 0.0
    peak_mb: float = 0.0
    skipped: bool = False

    def __str__(self) -> str:
        """Seconds, peak memory and the counts that matter most; all of them are in ``ops.metric``."""
        if self.skipped:
            return "finished earlier"
        counts = "".join(f"  {name} {value:,.0f}" for name, value in figures.headline(self.stage.name, self.counts))
        return f"{self.seconds:6.1f} s {self.peak_mb:6,.0f} MB{counts}"


def begin(settings: Settings) -> str:
    """Start the run of a night and return its id, ``<as_of YYYYMMDD>-<nn>``.

    The newest run is taken up again where it is of the same night, did not finish, and was made by the same program
    with the same settings; its finished stages are then not repeated. The lock of the home is held from then on; ``night``
    gives it back.

    Raises:
        UsageError: when the inbox is not there, the home is a file or lies below one, a later night was already published, or the engine
            named needs what is not installed.
        EngineError: when no engine answers where one is named.
        WarehouseError: when another command writes to the home, the warehouse is gone, damaged or newer than the program, or
            its key is gone.

    """
    if settings.inbox is None or not settings.inbox.is_dir():
        msg = f"{settings.inbox or '--inbox'}: no such directory. Name the directory the deliveries arrive in."
        raise UsageError(msg)
    if settings.force and not (settings.by and settings.reason):
        msg = "--force publishes against a brake: say who decided that and why, with --by and --reason. Both stay in ops.audit."
        raise UsageError(msg)
    engine.check(settings)
    doctor.warn(settings)
    with storage.translated(settings.home, settings.inbox):
        lock.acquire(settings.home, f"the night of {settings.as_of}", settings.lock_wait)
        try:
            return _begin(settings)
        except BaseException:
            lock.release(settings.home)
            raise


def last_tried(settings: Settings) -> dt.date | None:
    """Business date of the latest night that came to an end in a home, good or not; None where none did.

    Raises:
        WarehouseError: when another command writes, or the warehouse is gone or damaged.

    """
    published = publication.last_day(settings.home)
    if published is None and not settings.home.warehouse.exists():
        return None
    with storage.translated(settings.home), Store(settings) as store:
        tried: dt.date | None = store.value(query.sql("ops/newest_tried"))
    return max((day for day in (tried, published) if day), default=None)


def _begin(settings: Settings) -> str:
    program = _program(settings)
    published = publication.read(settings.home.current)
    with Store(settings, published.run_id if published else "") as store:
        was_killed = _catch_up(store, settings)
    if published:
        of_it = settings.model_copy(update={"as_of": dt.date.fromisoformat(published.as_of)})
        pages.mend(of_it, published.run_id, only_missing=not was_killed)
    with Store(settings) as store, store.transaction():
        key.of(store)
        published = store.value(query.sql("ops/newest_night"))
        if published is not None and published > settings.as_of:
            # Findings would be seen, settled and due before they were first seen.
            raise UsageError(f"--as-of {settings.as_of}: the night of {published} is already published. Nights go forward only.")
        unfinished = store.run_file("ops/unfinished_run").fetchone()
        if unfinished is None:
            run_id = f"{settings.as_of:%Y%m%d}-{int(store.value(query.sql('ops/next_run'))):02d}"
        else:
            run_id = str(unfinished[0])
            if settings.full or unfinished[1] != program:
                store.run_file("ops/forget_stages", run_id=run_id)
        store.run_file("ops/begin_run", run_id=run_id, program=program)
        audit.note(store, "run", run_id)
    return run_id


def _catch_up(store: Store, settings: Settings) -> bool:
    """Write down what was done and not written down: a run that was published and killed then, answers that a restore was not told.

    Whether there was such a run comes back: its pages may be those of an earlier run of its night.
    """
    was_killed = bool(store.run_id) and store.value(query.sql("ops/status"), run_id=store.run_id) not in ("done", None)
    if was_killed:
        with store.transaction():
            _write(store, Progress(STAGES[-1], publish.figures_of(store, settings) | delivery.figures(store, store.run_id)))
            store.run_file("ops/finish_run", run_id=store.run_id, status="done", message=None)
    feedback.take_in(store, feedback.not_told(store, settings))
    return was_killed


def run_stage(stage: Stage, settings: Settings, run_id: str) -> Progress:
    """Run one stage on a freshly opened warehouse, and write its seconds, peak memory and counts to ``ops``.

    Ingest always runs; when it brings something new, the stages after it run as well.

    Raises:
        ReconcileError: what the stage raises; its tables are then unchanged. Errors that nobody foresaw come as
            UnexpectedError, since their text may carry a person's data and a scheduler logs what is raised.

    """
    with Store(settings, run_id) as store:
        is_first = stage is STAGES[0]
        if not is_first and store.value(query.sql("ops/finished_stage"), run_id=run_id, stage=stage.name):
            nightlog.tell(f"{stage.name:<12} finished earlier")
            return Progress(stage, {}, skipped=True)
        before = store.value(query.sql("ops/newest_load"))
        memory.reset_peak()
        started = time.perf_counter()
        with pace.stage(stage.name):
            counts = _run(stage, store, settings)
        progress = Progress(stage, counts, time.perf_counter() - started, memory.peak_mb())
        with store.transaction():
            if is_first and store.value(query.sql("ops/newest_load")) != before:
                store.run_file("ops/forget_stages", run_id=run_id)
            _write(store, progress)
        nightlog.tell(f"{stage.name:<12} {progress}")
        return progress


def finish(settings: Settings, run_id: str, error: BaseException | None = None) -> None:
    """Write how the run ended: done, braked or failed; a message never carries what an unexpected error says."""
    status = "done" if error is None else "braked" if isinstance(error, BrakeError) else "failed"
    message = reason(error) if error else None
    with Store(settings, run_id) as store:
        store.run_file("ops/finish_run", run_id=run_id, status=status, message=message)


@contextmanager
def night(settings: Settings, start: Callable[[Settings], str] = begin) -> Generator[str]:
    """Begin a run, hand out its id, and write how it ended, also when the body raises; nobody else writes in the meantime.

    An error leaves with a note that says whether the night was published before it.
    """
    run_id = start(settings)
    try:
        with nightlog.kept(settings, run_id):
            yield from _ended(settings, run_id)
    finally:
        lock.release(settings.home)


def _ended(settings: Settings, run_id: str) -> Generator[str]:
    try:
        yield run_id
        finish(settings, run_id)
    except BaseException as error:
        _end(settings, run_id, error)
        raise


def _end(settings: Settings, run_id: str, error: BaseException) -> None:
    """Say what became of a night that an error ended; where not even that can be written, the next night finds it unfinished."""
    is_published = publication.is_current(settings.home, run_id)
    untouched = "The last publication is untouched." if settings.home.latest.exists() else "Nothing was published."
    error.add_note(f"Run {run_id} was published before that: database and worklists are tonight's." if is_published else untouched)
    try:
        finish(settings, run_id, None if is_published else error)
    except Exception as second:  # noqa: BLE001 - the first error is the one to tell
        _log.warning("how run %s ended could not be written down: %s.", run_id, type(second).__name__)


def run_night(settings: Settings, report: Callable[[Progress], None]) -> str:
    """Run every stage in order and return the run's id; ``report`` hears of each stage when it has ended.

    Raises:
        ReconcileError: what stopped the night; its note says whether the last publication and its worklists are untouched.

    """
    with night(settings) as run_id:
        for stage in STAGES:
            report(run_stage(stage, settings, run_id))
    return run_id


def _run(stage: Stage, store: Store, settings: Settings) -> Counts:
    try:
        return stage.run(store, settings)
    except BrakeError:
        pages.write_about_deliveries(store, settings, store.run_id)  # the office that sent what pulled it has to hear of it all the more
        raise
    except ReconcileError:
        raise
    except Exception as error:  # noqa: BLE001 - kept as kind and places
        stop = interruption(error)
        raise stop or storage.explained(error, settings.home, settings.inbox) or UnexpectedError(stage.name, error) from None


def _write(store: Store, progress: Progress) -> None:
    stage = progress.stage.name
    store.run_file("ops/finish_stage", run_id=store.run_id, stage=stage, seconds=progress.seconds, peak_mb=progress.peak_mb)
    rows = [(*figures.parts(key), float(value)) for key, value in progress.counts.items()]
    columns = {"name": pl.String, "subject": pl.String, "value": pl.Float64}
    counted = pl.DataFrame(rows, schema=columns, orient="row").sort("name", "subject")
    store.insert("ops.metric", counted.with_columns(run_id=pl.lit(store.run_id), stage=pl.lit(stage)))


def _program(settings: Settings) -> str:
    """Name version and settings, so that a stage that ran under other numbers is not taken for finished."""
    return f"{__version__}+{made_from.settings(settings)}"
