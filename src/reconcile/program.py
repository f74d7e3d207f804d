"""What the command lines of this project share: options, the call, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import App, CycloptsError, Parameter, Token

from reconcile import storage, terminal
from reconcile.contract.meanings import ZONE
from reconcile.errors import ReconcileError, StoppedError, UnexpectedError, UsageError, interruption

DEBUG = "--debug"

HomeDirectory = Annotated[Path, Parameter(help="Directory of the warehouse, the publications and the worklists.")]
Inbox = Annotated[Path, Parameter(help="Directory the deliveries arrive in.")]


def _day(_type: object, tokens: Sequence[Token]) -> dt.date:
    """A date, or ``today``: that of China, whatever the clock of the machine is set to."""
    text = tokens[0].value.strip()
    if text == "today":
        return dt.datetime.now(ZoneInfo(ZONE)).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("a date is written 2026-11-21, or today (in China)") from None


Day = Annotated[dt.date, Parameter(converter=_day)]
AsOf = Annotated[Day, Parameter(help="Business date of the night, YYYY-MM-DD, or today: the date in China.")]
Full = Annotated[bool, Parameter(help="Repeat every stage, also those whose inputs did not change.")]
Force = Annotated[bool, Parameter(help="Publish although a brake was pulled.")]
By = Annotated[str | None, Parameter(help="Who decided to use --force; stays in ops.audit.")]
Engine = Annotated[str | None, Parameter(help="Spark Connect server that runs the rules, sc://HOST:PORT, instead of DuckDB.")]
Reason = Annotated[str | None, Parameter(help="Why; the same.")]


def run_program(app: App, name: str) -> int:
    """Run the command line of this process with a program; give its exit code."""
    given = sys.argv[1:]
    tokens = [token for token in given if token != DEBUG]
    return exit_code(lambda: call(app, tokens), debug=DEBUG in given, program=name)


def options(app: App) -> set[str]:
    """Options of all commands; the environment may set each under its name."""
    commands = (app[name] for name in app if not name.startswith("-"))
    return {argument.name.lstrip("-").replace("-", "_") for command in commands for argument in command.assemble_argument_collection()}


def call(app: App, tokens: list[str]) -> None:
    """Run one command line; errors are raised."""
    app(tokens, exit_on_error=False, print_error=False, result_action="return_value")


def exit_code(action: Callable[[], object], *, debug: bool = False, program: str = "reconcile") -> int:
    """Run an action and give the exit code of how it ended, after one message on stderr; ``program`` is how it was called.

    An unexpected error may carry a person's data in its text, so only its kind is shown; with ``debug`` also the
    places it passed, still without its text.
    """
    os.umask(0o077)  # whatever is written names persons
    terminal.write_whatever_comes()
    try:
        with _stoppable():
            action()
    except CycloptsError as error:
        return _complain(f"{error} See {program} --help.", UsageError.exit_code)
    except (KeyboardInterrupt, StoppedError) as error:
        return _complain(_told("stopped.", error), ReconcileError.exit_code)
    except ReconcileError as error:
        return _complain(_told(str(error), error, debug=debug), error.exit_code)
    except Exception as error:  # noqa: BLE001 - the last resort is a message without values, not a traceback
        stop = interruption(error)
        if stop is not None:
            return _complain(_told("stopped.", error), ReconcileError.exit_code)
        expected = storage.explained(error) or UnexpectedError("reconcile", error)
        return _complain(_told(_places(expected, debug=debug) + str(expected), error), expected.exit_code)
    return 0


@contextmanager
def _stoppable() -> Generator[None]:
    """Let SIGTERM and SIGHUP end the block as Ctrl-C does: what is open is closed, what was delivered in plain text is deleted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # once is enough: what follows is clearing up
        raise StoppedError

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _told(message: str, error: BaseException, *, debug: bool = False) -> str:
    """A message, and what became of the night where there was one."""
    return " ".join([_places(error, debug=debug) + message, *getattr(error, "__notes__", [])])


def _places(error: BaseException, *, debug: bool) -> str:
    return error.places if debug and isinstance(error, UnexpectedError) else ""


def _complain(message: str, code: int) -> int:
    terminal.ERRORS.print(f"reconcile: {message}", markup=False)
    return code
