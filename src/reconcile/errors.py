"""Every error the project raises on purpose, each with the exit code an operator sees.

A message says what is wrong, where (file, line, column) and what to do. It never carries a value from a
person's record: names and numbers stay in the warehouse.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from dataclasses import dataclass


class ReconcileError(Exception):
    """Base of all expected failures; ``exit_code`` is what the command returns (CONTRACT §4)."""

    exit_code = 1


class UsageError(ReconcileError):
    """The command was called with something that cannot be used, such as a directory that is not there."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a delivery something is wrong; parts that do not apply stay empty."""

    file: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Render as ``file:line, column …``."""
        text = self.file if self.line is None else f"{self.file}:{self.line}"
        return text if self.column is None else f"{text}, column {self.column}"


class InputRefusedError(ReconcileError):
    """A delivered file cannot be used at all; the night stops and yesterday's publication stays."""

    exit_code = 3

    def __init__(self, place: Place, problem: str, remedy: str) -> None:
        """Keep the three parts of the message apart for callers that show them in a table."""
        super().__init__(printable(f"{place}: {problem}. {remedy}"))
        self.place = place
        self.problem = problem
        self.remedy = remedy


class InputsRefusedError(InputRefusedError):
    """Several delivered files cannot be used: every one is named, so that an office is asked once."""

    def __init__(self, errors: Sequence[InputRefusedError]) -> None:
        """Keep the errors; place, problem and remedy are those of the first."""
        super().__init__(errors[0].place, errors[0].problem, errors[0].remedy)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        """One line an error."""
        return "\n  ".join([f"{len(self.errors)} files or profiles were refused", *map(str, self.errors)])


def printable(text: str) -> str:
    """A text in which what no terminal shows, or would obey, stands by its number: a heading of a file may hold anything."""
    return text if text.isprintable() else "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def refuse(errors: Sequence[InputRefusedError]) -> None:
    """Raise what was collected, if anything.

    Raises:
        InputRefusedError: the one error, or all of them as one.

    """
    if errors:
        raise errors[0] if len(errors) == 1 else InputsRefusedError(errors)


class BrakeError(ReconcileError):
    """The result is implausible or a source is silent: nothing is published until a person decides."""

    exit_code = 4


class WarehouseError(ReconcileError):
    """The warehouse is locked by another command, gone or damaged, lacks its key, or was written by a newer version."""

    exit_code = 5


class LockedError(WarehouseError):
    """Another command writes to the home, or another program has the warehouse open; nothing is wrong with it."""


class KeyNeededError(WarehouseError):
    """A database is encrypted, and the key is not named, cannot be read or is another one; nothing is wrong with it."""


class OtherTablesError(WarehouseError):
    """A database was written by a program of another version, and has not what is asked for; nothing is wrong with it."""

    def __init__(self, told: str) -> None:
        """Take from what DuckDB told the name of the table or column that is missing, for who shows the rest."""
        found = re.search(r'Referenced (column) "(\w+)"|(column) named "(\w+)"|(Table) with name (\w+)', told)
        missing = "no {} {}".format(*(part.lower() for part in found.groups() if part)) if found else "other tables"
        super().__init__(f"the database is of another version of the program: {missing}. A night of this version has it.")
        self.missing = missing


class StorageError(ReconcileError):
    """A disk is full, memory does not suffice, or a file may not be read or written."""


class EngineError(ReconcileError):
    """Another engine is not there, is not of the client's version, does not see a path, or cannot be asked a query."""


class UnwellError(ReconcileError):
    """A check of the home found something that is to be done now."""

    exit_code = 6


class StoppedError(BaseException):
    """The operating system asked the command to end (SIGTERM, SIGHUP). Nothing but the end of a command may catch it."""


class CheckedError(ReconcileError):
    """A night would not take an inbox as it is; what was shown says why, file by file."""

    def __init__(self, exit_code: int) -> None:
        """Take the exit code of what a night would raise."""
        super().__init__("a night would not take this inbox as it is; the lines with an exclamation mark say why.")
        self.exit_code = exit_code


class UnexpectedError(ReconcileError):
    """Something nobody foresaw went wrong; its own text may carry a person's data, so only its kind and places are kept."""

    def __init__(self, where: str, error: BaseException) -> None:
        """Keep the kind of the error and the places it passed (files and lines of the program, no values)."""
        super().__init__(f"{where}: unexpected {type(error).__name__}. Repeat with --debug to see where.")
        self.places = "".join(traceback.format_tb(error.__traceback__))


def reason(error: BaseException) -> str:
    """Why a night ended, for logs, messages and ``ops.run``: of an error that nobody foresaw its kind alone."""
    if isinstance(error, ReconcileError):
        return str(error)
    if isinstance(error, (StoppedError, KeyboardInterrupt)):
        return "stopped from outside, by a signal or Ctrl-C. The same command goes on where it was."
    return f"unexpected {type(error).__name__}."


def interruption(error: BaseException) -> BaseException | None:
    """What asked the command to end, where an error is but its consequence: DuckDB says "Query interrupted" of any signal."""
    one: BaseException | None = error
    while one is not None:
        if not isinstance(one, Exception):
            return one
        one = one.__cause__ or one.__context__
    return None
