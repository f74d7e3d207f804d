"""What one can do with a home: the use cases that the command line, the flows, the benchmarks and the tests call.

Nothing here prints or ends the process; what cannot be done is raised as one of ``errors``. What is only asked of a home stands in
``consult``, what it has to outlive in ``preserve``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reconcile import audit, check, doctor, feedback, filenames, lock, pipeline, publication, storage, tell, worklist
from reconcile.check import Checked
from reconcile.errors import UsageError
from reconcile.home import Home
from reconcile.link import pairing
from reconcile.pipeline import Progress
from reconcile.report import pages
from reconcile.settings import Settings, settings_of
from reconcile.store import Reader, Store, last_night


def settings_of_last_night(home: Home) -> tuple[str, Settings]:
    """Run id of the last publication, and settings for work on it.

    Raises:
        UsageError: when nothing was published yet, or a setting is wrong.

    """
    with Reader(home) as reader:
        night = last_night(reader)
    return night.run_id, settings_of(home=home, as_of=night.as_of)


@contextmanager
def writing(home: Home, what: str) -> Generator[Store]:
    """The warehouse, open for work on the last publication; nobody else writes in the meantime.

    Raises:
        UsageError: when nothing was published yet, or a setting is wrong.
        WarehouseError: when a night or another command writes, or the warehouse is gone or damaged.

    """
    _, settings = settings_of_last_night(home)
    with storage.translated(home), lock.held(home, what, settings.lock_wait):
        published, settings = settings_of_last_night(home)  # a night may have ended while we waited
        pages.mend(settings, published)
        with Store(settings, published) as store:
            yield store


def run(settings: Settings, report: Callable[[Progress], None]) -> str:
    """Run the night and return the run's id; ``report`` hears of each stage when it has ended.

    Raises:
        ReconcileError: what stopped the night; its note says whether the last publication and its worklists are untouched.

    """
    with tell.about(settings):
        return pipeline.run_night(settings, report)


def check_inbox(inbox: Path, home: Home | None = None, drafts: Path | None = None) -> Checked:
    """What a night would make of an inbox; only profile drafts are written.

    Args:
        inbox: directory of the deliveries.
        home: whose settings hold; the defaults where there is none.
        drafts: folder of the drafts instead of ``<inbox>/profiles/drafts``.

    Raises:
        UsageError: when there is no such inbox, or a setting is wrong.

    """
    settings = settings_of(home=home or Home(Path()), inbox=inbox, as_of=dt.date.max)
    return check.run(settings, drafts)


def examine(home: Home, inbox: Path | None = None, *, is_told: bool = False) -> list[doctor.Result]:
    """Whether all is well with a home and its nights, check by check; what is red is told to whom the settings name where ``is_told``.

    Raises:
        UsageError: when the home is not there, or a setting is wrong.

    """
    if not home.root.is_dir():
        raise UsageError(f"{home}: no such directory. Name the home of the nights.")
    settings = settings_of(home=home, inbox=inbox, as_of=dt.date.min)
    return tell.examined(settings) if is_told else doctor.examine(settings)


def learn(home: Home, out: Path | None = None) -> tuple[str, Path]:
    """Train a match model on the register of the last night, and return its version and file.

    Args:
        home: where the night and the models are.
        out: file to write instead of one of the home's models.

    Raises:
        UsageError: when nothing was published yet.
        WarehouseError: when a night is running.

    """
    with writing(home, "training") as store:
        audit.note(store, "train")
        return pairing.learn(store, store.settings, out)


def write_worklists(home: Home) -> Path:
    """Write the worklists of the last night again, from the warehouse, and return their directory.

    Raises:
        UsageError: when nothing was published yet, or a later run did not end well.
        WarehouseError: when a night is running.

    """
    with writing(home, "writing worklists") as store:
        newest = last_night(store)
        if newest.run_id != store.run_id:
            msg = f"run {newest.run_id} came after the published {store.run_id} and ended as {newest.status}. Finish it with reconcile run."
            raise UsageError(msg)
        audit.note(store, "worklist")
        worklist.run(store, store.settings)
        return publication.show_lists(home, store.settings)


def take_in(home: Home, files: Sequence[Path]) -> list[feedback.Receipt]:
    """Take in returned worklists as answers to the last publication, and write a receipt for each.

    Raises:
        UsageError: when a file is not there, none is named, or nothing was published yet.
        WarehouseError: when a night is running.

    """
    missing = [filenames.legible(file) for file in files if not file.is_file()]
    if missing or not files:
        raise UsageError(f"{', '.join(missing) or 'FILE'}: no such file. Name the returned worklists.")
    with writing(home, "feedback") as store:
        audit.note(store, "feedback")
        return feedback.take_in(store, files)


def take_in_waiting(home: Home) -> list[feedback.Receipt]:
    """Take in what lies in the home's ``returns`` and was not taken in yet; an empty directory leaves the warehouse closed.

    Raises:
        UsageError: when nothing was published yet.
        WarehouseError: when a night is running.

    """
    if not any(home.returns.glob("**/*")):
        return []
    with writing(home, "feedback") as store:
        waiting = feedback.waiting(store, store.settings)
        if waiting:
            audit.note(store, "feedback")
        return feedback.take_in(store, waiting)
