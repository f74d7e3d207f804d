"""How far the warehouse has come, said a second time beside it: DuckDB passes over a log that is cut off, empty or unreadable.

``<home>/warehouse.state`` holds the number of transactions that were committed, which ``ops.state`` counts too, and whether
the warehouse was closed with everything in its one file. A warehouse that knows of fewer transactions has lost some, answers
of stations perhaps; a log beside one that was closed is not ours. The file is written after each commit, so that a kill in
between leaves it behind the warehouse, never ahead.
"""

from __future__ import annotations

import json
import os
from typing import NamedTuple

from reconcile.errors import WarehouseError
from reconcile.home import Home
from reconcile.unfinished import in_place_of

RESTORE = "Restore it: reconcile restore --home DIR puts the last publication in its place and takes the answers in again that came since."
"""What to do about a warehouse that cannot be used."""


class State(NamedTuple):
    """Transactions committed so far, and whether the warehouse was closed since."""

    commits: int
    is_closed: bool


def read(home: Home) -> State | None:
    """What was written last; None where nothing was, as beside a new warehouse.

    Raises:
        WarehouseError: when the file is not one of ours.

    """
    try:
        found = json.loads(home.warehouse_state.read_bytes())
        return State(int(found["commits"]), bool(found["is_closed"]))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        msg = f"{home.warehouse_state}: cannot be read, so nobody can tell whether the warehouse is whole. {RESTORE}"
        raise WarehouseError(msg) from error


def write(home: Home, state: State) -> None:
    """Write the file in one step."""
    with in_place_of(home.warehouse_state) as fresh, os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(state._asdict(), file)
        file.flush()
        os.fsync(file.fileno())


def expect(home: Home) -> State:
    """What the warehouse must know of when it is opened.

    Raises:
        WarehouseError: when the warehouse is gone from a home that had one, or a log lies beside it that no command of ours left.

    """
    state = read(home)
    is_there = home.warehouse.exists()
    if not is_there and (state is not None or home.latest.exists() or home.answers.exists()):
        msg = f"{home.warehouse}: is not there, though nights were run in this home. {RESTORE}"
        raise WarehouseError(msg)
    if is_there and state is not None and state.is_closed and home.warehouse_log.exists():
        msg = f"{home.warehouse_log}: is not from a command of this program, which closed the warehouse with everything in it."
        raise WarehouseError(
            f"{msg} Move it away where nobody wrote to the warehouse on purpose; where somebody did, move both away. {RESTORE}"
        )
    return state or State(0, is_closed=False)


def compare(home: Home, known: int, expected: State) -> None:
    """Hold what the warehouse knows against what it must know of.

    Raises:
        WarehouseError: when it knows of less.

    """
    if known < expected.commits:
        lost = f"{expected.commits - known} of {expected.commits} transactions are lost"
        cause = "its log (warehouse.duckdb.wal) was cut off, emptied or taken away, or an older copy was put in its place"
        msg = f"{home.warehouse}: {lost}: {cause}. {RESTORE}"
        raise WarehouseError(msg)
