"""What a command takes in a process of its own, seen from outside: time, processor, memory, disk; and on which machine."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

PROGRAM = [sys.executable, "-m", "reconcile"]
_LOOK = 0.5
"""Seconds between two looks at the disk."""


class Spent(NamedTuple):
    """Seconds from start to end, processor seconds, largest resident size, and the most that lay in the watched folder (0: none)."""

    seconds: float
    processor: float
    peak_mb: float
    disk_mb: float


def spent(command: Sequence[str | Path], *, watched: Path | None = None, is_quiet: bool = False) -> Spent:
    """Run a command to its end; one that fails ends the benchmark."""
    started, most = time.perf_counter(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL if is_quiet else None)
    pid, status, used = os.wait4(process.pid, os.WNOHANG if watched else 0)
    while watched and not pid:
        most = max(most, disk_mb(watched))
        time.sleep(_LOOK)
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
    seconds = time.perf_counter() - started
    if status:
        sys.exit(f"{' '.join(map(str, command))}: ended with exit code {os.waitstatus_to_exitcode(status)}")
    most = max(most, disk_mb(watched)) if watched else 0
    return Spent(round(seconds, 1), round(used.ru_utime + used.ru_stime, 1), round(used.ru_maxrss / 1024), round(most, 1))


def disk_mb(folder: Path) -> float:
    """Megabytes that the files of a folder take on the disk; one that goes meanwhile counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_blocks * 512
        except FileNotFoundError:
            continue
    return total / 2**20


def machine() -> dict[str, Any]:
    """Cores and memory, and the versions of what does the work."""
    versions = {"python": platform.python_version()} | {name: version(name) for name in ("reconcile", "duckdb", "polars")}
    return {
        "machine": {"cores": os.cpu_count(), "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)},
        "versions": versions,
    }
