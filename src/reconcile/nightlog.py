"""The log of a night: a file of its own in ``<home>/logs``, with each stage, each warning and the end; it names nobody.

What is written are counts and the messages of ``errors``; an error that nobody foresaw is told by its kind.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Generator
from contextlib import contextmanager, suppress
from zoneinfo import ZoneInfo

from reconcile import pace
from reconcile.contract.meanings import ZONE
from reconcile.errors import ReconcileError, reason
from reconcile.home import Home, make_directory
from reconcile.settings import Settings

_told = logging.getLogger("reconcile.night")
_told.propagate = False  # what is told here is on the terminal already
_told.setLevel(logging.INFO)
_warned = logging.getLogger("reconcile")


def tell(message: object) -> None:
    """Write a line, where a night is running."""
    if _told.handlers:
        _told.info("%s", message)


@contextmanager
def kept(settings: Settings, run_id: str) -> Generator[None]:
    """Keep the log of a run while the block lasts, and how it ended; without a log the night goes on all the same."""
    handler = _opened(settings.home, settings.as_of)
    if handler is None:
        yield
        return
    # Without any handler Python shows warnings on the terminal, and no more once there is one: they are told there as well.
    shown = [] if _warned.hasHandlers() or logging.lastResort is None else [logging.lastResort]
    kept_by = [(_told, handler), (_warned, handler), *((_warned, one) for one in shown)]
    for logger, one in kept_by:
        logger.addHandler(one)
    try:
        tell(f"run {run_id} begins")
        with pace.heard(tell):
            yield
        tell(f"run {run_id} done")
    except BaseException as error:
        _told.error("%s", " ".join([reason(error), *getattr(error, "__notes__", [])]))
        raise
    finally:
        for logger, one in kept_by:
            logger.removeHandler(one)
        handler.close()
        _forget(settings)


def _opened(home: Home, as_of: dt.date) -> logging.Handler | None:
    try:
        make_directory(home.logs)
        handler = logging.FileHandler(home.log_of(as_of), encoding="utf-8")
    except (OSError, ReconcileError):
        return None
    with suppress(OSError):
        home.log_of(as_of).chmod(0o600)
    handler.setFormatter(_Lines("%(asctime)s %(levelname)-7s %(message)s"))
    return handler


def _forget(settings: Settings) -> None:
    """Delete the logs of all nights but the last ones."""
    logs = sorted(settings.home.logs.glob("night_*.log"))
    for old in logs[: len(logs) - min(len(logs), settings.keep_logs)]:
        with suppress(OSError):
            old.unlink()


class _Lines(logging.Formatter):
    """One line an entry, by the clocks of China."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        """The moment, with its offset."""
        del datefmt
        return dt.datetime.fromtimestamp(record.created, ZoneInfo(ZONE)).isoformat(timespec="seconds")

    def format(self, record: logging.LogRecord) -> str:
        """Without a traceback: it would show what was worked on."""
        record.exc_info = record.exc_text = record.stack_info = None
        return " ".join(super().format(record).split("\n"))
