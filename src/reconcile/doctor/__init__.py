"""What an operator asks in the morning, and a night before it begins: is all well, and if not, what is to be done."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from reconcile.contract.meanings import ZONE
from reconcile.doctor import keeping, machine, nights, sources
from reconcile.doctor.examined import Examined, Level, Line, red
from reconcile.errors import KeyNeededError, LockedError, ReconcileError
from reconcile.settings import Settings

_log = logging.getLogger(__name__)

__all__ = ["CHECKS", "Check", "Level", "Line", "Result", "current_day", "examine", "warn"]


class Check(NamedTuple):
    """One check; ``is_of_tonight`` where it is also made at the start of every night."""

    name: str
    look: Callable[[Examined], Line]
    is_of_tonight: bool = False


class Result(NamedTuple):
    """What a check saw."""

    name: str
    line: Line


CHECKS = (
    Check("schedule", nights.schedule),
    Check("server", nights.server),
    Check("last night", nights.last_night),
    Check("last run", nights.last_run),
    Check("telling", nights.telling),
    Check("key", keeping.finding_key),
    Check("encryption", keeping.encrypted),
    Check("warehouse", keeping.warehouse),
    Check("publication", keeping.publication),
    Check("audit", keeping.audited),
    Check("backup", keeping.backed_up),
    Check("permissions", keeping.permissions, is_of_tonight=True),
    Check("disk", machine.disk, is_of_tonight=True),
    Check("memory", machine.memory, is_of_tonight=True),
    Check("versions", machine.versions, is_of_tonight=True),
    Check("clock", machine.clock, is_of_tonight=True),
    Check("deliveries", sources.deliveries, is_of_tonight=True),
    Check("strange files", sources.strangers),
    Check("returned files", sources.returns, is_of_tonight=True),
    Check("answers", sources.answers),
)
"""In the order people read them."""


def examine(settings: Settings, *, only_tonight: bool = False) -> list[Result]:
    """Make the checks, none of which scans a table or changes anything; one that cannot be made is red and stops no other."""
    with Examined(settings) as examined:
        return [Result(check.name, _made(check, examined)) for check in CHECKS if check.is_of_tonight or not only_tonight]


def current_day() -> dt.date:
    """The day in China now."""
    return dt.datetime.now(ZoneInfo(ZONE)).date()


def warn(settings: Settings) -> None:
    """Make the checks of tonight and log what is red: a night that begins is not stopped by it."""
    for name, line in examine(settings, only_tonight=True):
        if line.level is Level.RED:
            _log.warning("%s: %s. %s", name, line.seen, line.advice)


def _made(check: Check, examined: Examined) -> Line:
    try:
        return check.look(examined)
    except LockedError as error:
        return Line(Level.OK, f"not looked at: {error}")
    except KeyNeededError:  # one red line says so
        return Line(Level.OK, "not looked at, since the key of the databases is missing or wrong")
    except ReconcileError as error:
        return red(*_parted(str(error)))
    except Exception as error:  # noqa: BLE001 - a check that fails is a red line, and its text may carry anything
        return red(f"could not be looked at ({type(error).__name__})", "Repeat it as the account that runs the nights.")


def _parted(message: str) -> tuple[str, str]:
    """A message as what is wrong and what is to be done."""
    seen, _, advice = message.partition(". ")
    return seen, advice or "See docs/operations.md."
