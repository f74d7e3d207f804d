"""What the command lines of this project share: options, the call, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter

from reconcile import terminal
from reconcile.errors import ReconcileError, UnexpectedError, UsageError

DEBUG = "--debug"

HomeDirectory = Annotated[Path, Parameter(help="Directory of the warehouse, the publications and the worklists.")]
Inbox = Annotated[Path, Parameter(help="Directory the deliveries arrive in.")]
AsOf = Annotated[dt.date, Parameter(help="Business date of the night, YYYY-MM-DD.")]
Full = Annotated[bool, Parameter(help="Repeat every stage, also those whose inputs did not change.")]
Force = Annotated[bool, Parameter(help="Publish although a brake was pulled.")]


def run_program(app: App, name: str) -> int:
    """Run the command line of this process with a program; give its exit code."""
    given = sys.argv[1:]
    tokens = [token for token in given if token != DEBUG]
    return exit_code(lambda: call(app, tokens), debug=DEBUG in given, program=name)


def call(app: App, tokens: list[str]) -> None:
    """Run one command line; errors are raised."""
    app(tokens, exit_on_error=False, print_error=False, result_action="return_value")


def exit_code(action: Callable[[], object], *, debug: bool = False, program: str = "reconcile") -> int:
    """Run an action and give the exit code of how it ended, after one message on stderr; ``program`` is how it was called.

    An unexpected error may carry a person's data in its text, so only its kind is shown; with ``debug`` also the
    places it passed, still without its text.
    """
    os.umask(0o077)  # whatever is written names persons
    try:
        action()
    except CycloptsError as error:
        return _complain(f"{error} See {program} --help.", UsageError.exit_code)
    except KeyboardInterrupt:
        return _complain("stopped by the operator; the last publication is untouched.", ReconcileError.exit_code)
    except ReconcileError as error:
        expected = error
    except Exception as error:  # noqa: BLE001 - the last resort is a message without values, not a traceback
        expected = UnexpectedError("reconcile", error)
    else:
        return 0
    passed = expected.places if debug and isinstance(expected, UnexpectedError) else ""
    return _complain(f"{passed}{expected}", expected.exit_code)


def _complain(message: str, code: int) -> int:
    terminal.ERRORS.print(f"reconcile: {message}", markup=False)
    return code
