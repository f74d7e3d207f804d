"""Whether the machine can carry tonight: disk, memory, versions, clock."""

from __future__ import annotations

import datetime as dt
import re
from importlib import metadata

from reconcile import forecast
from reconcile.doctor.examined import Examined, Line, ok, red, warning

_MB, _GB = 2**20, 10**9
_BESIDE = 10**9
"""Bytes that a night holds beside what DuckDB may."""
_AHEAD = dt.timedelta(minutes=10)
"""So far may a file be ahead of the clock: another machine may have written it."""
BROKEN = (
    ("sqlalchemy", (2, 1), "prefect", "the scheduler of prefect 3.8 plans no run with it"),
    ("fastapi", (0, 151), "prefect", "prefect 3.8 does not start with it"),
    ("duckdb", (2,), "reconcile", "it answers some SQL otherwise"),
    ("pandas", (3,), "recordlinkage", "recordlinkage 0.16 does not run on it"),
)
"""Library, first version that breaks, what it breaks, how."""


def disk(examined: Examined) -> Line:
    """Whether there is room for tonight, by the sizes of the warehouse and of the deliveries."""
    tonight = examined.forecast
    seen = f"{tonight.free / _MB:,.0f} MB are free, a night needs about {tonight.disk / _MB:,.0f} MB"
    return ok(seen) if tonight.free >= tonight.disk else red(seen, "Make room, or lower keep_publications, before tonight.")


def memory(examined: Examined) -> Line:
    """Whether the machine has what tonight takes, and what DuckDB is allowed to."""
    tonight, limit = examined.forecast, forecast.limit_bytes(examined.settings.memory_limit)
    if tonight.total_memory is None:
        return ok(f"memory_limit {examined.settings.memory_limit}")
    seen = f"a night needs about {tonight.memory / _GB:,.1f} GB of {tonight.total_memory / _GB:,.1f} GB"
    if tonight.total_memory < tonight.least_memory:
        return red(seen, "Run the nights on a machine with more memory.")
    if max(tonight.memory, (limit or 0) + _BESIDE) > tonight.total_memory:
        seen = f"{seen}, memory_limit {examined.settings.memory_limit}"
        return warning(seen, "Lower memory_limit in settings.toml, or the system may kill the night.")
    return ok(seen)


def versions(examined: Examined) -> Line:  # noqa: ARG001 - every check has this form
    """Whether a library is installed in a version that is known to break another."""
    wrong = [f"{name} {found} ({how})" for name, first, broken, how in BROKEN if (found := _installed(name, first, broken))]
    if wrong:
        return red(", ".join(wrong), "Install what constraints.txt says: pip install -c constraints.txt '.[flows]'.")
    return ok("none that is known to break another")


def clock(examined: Examined) -> Line:
    """Whether the clock is behind what was written already, and what time it is where the schedule is."""
    written = [path for path in (examined.home.warehouse_state, examined.home.current / "publication.json") if path.exists()]
    seen = f"{examined.now:%Y-%m-%d %H:%M} in China"
    if any(examined.age(path) < -_AHEAD for path in written):
        return red(f"{seen}: earlier than the last night", "Set the clock (timedatectl set-ntp true) before a night gets a wrong date.")
    return ok(seen)


def _installed(name: str, first: tuple[int, ...], broken: str) -> str | None:
    """The version of a library that breaks another one that is there, too."""
    try:
        metadata.version(broken)
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
    return found if tuple(int(number) for number in re.findall(r"\d+", found)[: len(first)]) >= first else None
