"""Being told: of a night that failed, was braked or killed, is late, never came, or has warnings; never with a person's data."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from reconcile import doctor, events, lock
from reconcile.doctor import Level, Result
from reconcile.errors import BrakeError, ReconcileError, reason
from reconcile.home import Home
from reconcile.report import summary
from reconcile.settings import Settings
from reconcile.tell import told

_log = logging.getLogger(__name__)

_WHAT = {
    "failed": "failed",
    "braked": "was stopped by a brake: a person has to decide",
    "killed": "was killed before its end",
}


@contextmanager
def about(settings: Settings) -> Generator[None]:
    """Tell how the night inside the block ends, where it does not end well or has warnings."""
    try:
        yield
    except Exception as error:
        failed(settings, error)
        raise
    published(settings)


def failed(settings: Settings, error: BaseException | None) -> None:
    """Tell of a night that failed or was braked."""
    status = "braked" if isinstance(error, BrakeError) else "failed"
    ended(settings, settings.as_of, status, reason(error) if error else None)


def ended(settings: Settings, as_of: dt.date, status: str, message: str | None) -> None:
    """Tell of a night that ended without publishing; a repeat that ends for the same reason is the same event."""
    why = message or "Nobody could say why."
    subject = f"the night of {as_of} {_WHAT.get(status, status)}"
    text = f"{subject[0].upper()}{subject[1:]}.\n{why}\n{_stands(settings.home)}"
    told.tell(settings, f"{as_of:%Y%m%d}_{status}_{hashlib.sha256(why.encode()).hexdigest()[:12]}", subject, text)


def published(settings: Settings) -> None:
    """Tell of a night that was published with warnings: which and how many, as the summary counts them; and of what waits to be told."""
    if not told.is_asked_for(settings):
        return
    told.deliver(settings)
    try:
        night = summary.read(settings.home)
    except ReconcileError as error:
        _log.warning("nobody could be told how the night went: %s", error)
        return
    counted = night.warnings.group_by("warning", maintain_order=True).len().rows()
    if counted or night.notes:
        lines = [*night.notes, *(f"{count} × {warning}" for warning, count in counted)]
        subject = f"the night of {night.as_of} was published with warnings"
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
        text = f"Run {night.run_id} is published.\n" + "\n".join(lines) + "\nreconcile report --home DIR shows all of them."
        told.tell(settings, f"{night.as_of:%Y%m%d}_warnings_{digest}", subject, text)


def examined(settings: Settings) -> list[Result]:
    """Tell of what nobody could be told of until now, look whether all is well with a home, and tell of what is not."""
    told.deliver(settings)  # first: a receiver that answers again is no red line
    results = doctor.examine(settings)
    unwell(settings, results)
    return results


def unwell(settings: Settings, results: Sequence[Result]) -> None:
    """Tell of what the doctor finds red, once a day for each check; a night whose end was told is not told again."""
    for name, line in results:
        if line.level is not Level.RED or (name == "last run" and events.is_known(settings.home, f"{line.seen[:8]}_[fbk]")):
            continue
        subject, seen = f"{name} is red", f"{name}: {line.seen}"
        if name == "last night":
            running = lock.holder(settings.home)
            subject = "a night is late" if running else "a night never came"
            seen = f"The last night is that of {line.seen}. {f'In use by {running}.' if running else 'Nobody runs one now.'}"
        told.tell(settings, f"{doctor.current_day():%Y%m%d}_{name.replace(' ', '_')}", subject, f"{seen}\n{line.advice}")


def _stands(home: Home) -> str:
    """What readers see meanwhile."""
    try:
        night = summary.read(home)
    except ReconcileError:
        return f"Nothing is published in {home}."
    return f"Readers see run {night.run_id}, of {night.as_of}, in {home}. docs/operations.md says what each exit code asks for."
