"""Whether the machine can carry tonight: disk, memory, versions, clock."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from importlib import metadata
from pathlib import Path

from reconcile import storage
from reconcile.doctor.examined import Examined, Line, ok, red, warning

_MB = 2**20
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40}
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
    where = next(folder for folder in (examined.home.root, *examined.home.root.resolve().parents) if folder.exists())
    free, needed = shutil.disk_usage(where).free, storage.needed(examined.home, examined.inbox)
    seen = f"{free / _MB:,.0f} MB are free, a night needs about {needed / _MB:,.0f} MB"
    return ok(seen) if free >= needed else red(seen, "Make room, or lower keep_publications, before tonight.")


def memory(examined: Examined) -> Line:
    """Whether the machine has what DuckDB is allowed to take."""
    limit, total = limit_bytes(examined.settings.memory_limit), total_memory()
    if limit is None or total is None:
        return ok(f"memory_limit {examined.settings.memory_limit}")
    seen = f"memory_limit {examined.settings.memory_limit} of {total / 10**9:,.1f} GB"
    return ok(seen) if limit + _BESIDE <= total else warning(seen, "Lower memory_limit in settings.toml, or the system may kill the night.")


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


def limit_bytes(limit: str) -> int | None:
    """A limit as DuckDB writes it, in bytes; None for a share of the memory."""
    found = re.fullmatch(r"\s*([\d.]+)\s*([KMGT]I?B)\s*", limit.upper())
    return int(float(found[1]) * _UNITS[found[2]]) if found else None


def total_memory() -> int | None:
    """Memory of the machine, or what its control group allows, in bytes; None where the system does not say."""
    found: list[int] = []
    try:
        found.append(int(Path("/proc/meminfo").read_text(encoding="ascii").split()[1]) * 1024)
        found.append(int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    except (OSError, ValueError, IndexError):
        pass
    return min(found, default=None)


def _installed(name: str, first: tuple[int, ...], broken: str) -> str | None:
    """The version of a library that breaks another one that is there, too."""
    try:
        metadata.version(broken)
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
    return found if tuple(int(number) for number in re.findall(r"\d+", found)[: len(first)]) >= first else None
