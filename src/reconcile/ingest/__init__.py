"""Ingest: the deliveries of the inbox become text in ``raw.*``; what cannot be read becomes a reject, never a guess."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from reconcile import forecast, pace
from reconcile.errors import InputRefusedError, refuse
from reconcile.figures import Counts
from reconcile.ingest import discover, guess, load, plan, profile
from reconcile.ingest.discover import Inbox
from reconcile.ingest.load import Opened
from reconcile.ingest.plan import Task
from reconcile.settings import Settings
from reconcile.store import Store

__all__ = ["run"]

_log = logging.getLogger(__name__)


def run(store: Store, settings: Settings) -> Counts:
    """Load every delivery that is due and not loaded yet, all or none.

    Returns:
        Counts of files, rows, rejects and refused columns of the run, of files that wait for a later ``as_of``, and of data files
        nobody expects; each of these with what it seems to be.

    Raises:
        UsageError: when the inbox is not there, or ``as_of`` lies before a delivery already loaded.
        InputRefusedError: when files cannot be used, all of them named; the warehouse stays as it was.
        StorageError: when the machine has not half of the disk, or not the memory, that the night needs.

    """
    profiles = profile.read(settings.inbox) if settings.inbox else []
    inbox = discover.look(settings.inbox, profiles, settings.home.scratch, settings.archive_limit)
    refuse(inbox.refused)
    waiting = [delivery for delivery in inbox.deliveries if delivery.delivered_on > settings.as_of]
    counts: Counts = {"waiting_files": len(waiting)}
    tasks = plan.tasks(store, inbox, settings)
    _foresee(tasks, settings)
    try:
        with store.transaction():
            counts |= _load(store, tasks)
            plan.check_mandatory(store, settings)
    except _RefusedTask as error:
        later = tasks[tasks.index(error.task) + 1 :]
        refuse([error.cause, *_also_refused(store, later)])
    return counts | _left_alone(inbox, settings)


def _foresee(tasks: Sequence[Task], settings: Settings) -> None:
    """Tell what the night will need, and stop it where that is not there."""
    sizes = [forecast.text_size([task.delivery.path]) for task in tasks]
    tonight = forecast.of(settings.home, sum(sizes), settings.memory_limit)
    pace.say(f"{'tonight':<12} {tonight}")
    tonight.check(settings.home)
    pace.expect(sum(sizes))


class _RefusedTask(Exception):  # noqa: N818 - never leaves this module
    """A file that cannot be used, on its way out of the transaction."""

    def __init__(self, task: Task, cause: InputRefusedError) -> None:
        super().__init__()
        self.task, self.cause = task, cause


class _NotToBeKept(Exception):  # noqa: N818 - never leaves this module
    """Undoes what was loaded only to see whether it can be."""


def _load(store: Store, tasks: Sequence[Task]) -> Counts:
    counts: Counts = {}
    for task, file in _opened_ahead(tasks, store.settings.home.scratch):
        try:
            result = load.load(store, task, file.result())
        except InputRefusedError as error:
            raise _RefusedTask(task, error) from error
        pace.advance(forecast.text_size([task.delivery.path]))
        _log.info("%s: %d rows, %d rejects", task.delivery.file, result.rows, result.rejects)
        if left_out := ", ".join(result.relation.left_out):
            _log.warning("%s: sheets left out, hidden or with other headings: %s", task.delivery.file, left_out)
            counts["sheets_left_out", f"{task.delivery.file}: {left_out}"] = len(result.relation.left_out)
        for note in result.relation.notes:
            _log.warning("%s: %s", task.delivery.file, note)
            counts["sheet_note", f"{task.delivery.file}: {note}"] = 1
    # A run that was killed and goes on has loaded in its first try what it finds loaded in its second.
    return store.run_file("ingest/loaded", run_id=store.run_id).pl().row(0, named=True) | counts


def _opened_ahead(tasks: Sequence[Task], scratch: Path) -> Generator[tuple[Task, Future[Opened]]]:
    """Each file while the next one is read and split: that is Python's work, and to put a file into the warehouse is DuckDB's."""
    with ThreadPoolExecutor(1) as ahead:
        opened = (ahead.submit(load.opened, task, scratch) for task in tasks)
        waiting = deque(islice(opened, 1))
        for task in tasks:
            waiting.extend(islice(opened, 1))
            yield task, waiting.popleft()


def _also_refused(store: Store, tasks: Sequence[Task]) -> list[InputRefusedError]:
    """What is wrong with the other files of a night that is refused anyway; nothing of them is kept."""
    errors: list[InputRefusedError] = []
    for task in tasks:
        try:
            with store.transaction():
                load.load(store, task, load.opened(task, store.settings.home.scratch))
                raise _NotToBeKept  # noqa: TRY301 - the transaction is to be undone
        except _NotToBeKept:
            continue
        except InputRefusedError as error:
            errors.append(error)
    return errors


def _left_alone(inbox: Inbox, settings: Settings) -> Counts:
    """Name what fits no extract and no profile, and count it: a delivery that nobody reads must not look like a good night."""
    counts: Counts = {"unmatched_files": len(inbox.unmatched) + len(inbox.astray)}
    for path in inbox.unmatched:
        seems = guess.sentence(path, settings.home.scratch)
        file = discover.shown_name(path, settings.inbox or path.parent)
        _log.warning("%s: %s; left alone", file, seems)
        counts["unmatched_file", f"{file}: {seems}"] = 1
    for file in inbox.astray:
        _log.warning("%s: a link that dangles or leads out of the inbox, left alone", file)
        counts["unmatched_file", f"{file}: a link that dangles or leads out of the inbox"] = 1
    return counts
