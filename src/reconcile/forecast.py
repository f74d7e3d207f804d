"""What tonight will need of disk and memory, from the sizes of the deliveries, told before anything is read.

The factors were measured at 50,000 and at 1 million registrations, first nights and whole snapshots after them; they err on the side of
too much, and a night is stopped only where not even half of what they say is there.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from reconcile.errors import StorageError
from reconcile.home import Home

_MB, _GB = 2**20, 10**9
_STORED = 1.2
"""Bytes of the warehouse for a byte delivered as text."""
_PUBLISHED = 1.65
"""Bytes of a publication, whole and masked, for a byte of the warehouse."""
_SMALL_FILES = 80 * _MB
"""Lists, pages, and what databases take when they are nearly empty."""
_PROGRAM = int(0.85 * _GB)
"""Memory of the program and its libraries."""
_FRAMES = 1
"""Bytes of frames for a byte delivered, outside of what DuckDB counts."""
_QUERIES = 8
"""Bytes that DuckDB would hold for a byte delivered, if it may; beyond its limit it spills."""
_LEAST = _GB // 2
"""Memory with which DuckDB still gets somewhere."""
_PACKED = {".gz": 6, ".zip": 6, ".xlsx": 6, ".ods": 6, ".parquet": 4}
"""Bytes of text for a byte of a file that is packed."""
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40}


class Forecast(NamedTuple):
    """Bytes: of the disk under the home, of memory; ``memory`` is at least ``least_memory``, with which a night only spills more."""

    disk: int
    free: int
    memory: int
    least_memory: int
    total_memory: int | None

    def __str__(self) -> str:
        """One sentence for the operator."""
        memory = f"about {self.memory / _GB:,.1f} GB of memory" + (f" ({self.total_memory / _GB:,.1f} there)" if self.total_memory else "")
        return f"needs about {self.disk / _MB:,.0f} MB of disk ({self.free / _MB:,.0f} free) and {memory}"

    def check(self, home: Home) -> None:
        """Stop a night that cannot end.

        Raises:
            StorageError: when not half of the disk or not the least of the memory is there.

        """
        if self.free < self.disk // 2:
            raise StorageError(f"{home}: {self}. Make room, or lower keep_publications, and repeat the command. Nothing was read.")
        if self.total_memory is not None and self.total_memory < self.least_memory:
            least = f"with less than {self.least_memory / _GB:,.1f} GB it does not end"
            raise StorageError(f"{home}: {self}; {least}. Run it on a machine that has them. Nothing was read.")


def of(home: Home, new: int, memory_limit: str = "") -> Forecast:
    """Reckon what a night needs; ``new`` are bytes delivered, as text, that are not in the warehouse yet (``text_size``)."""
    stored = home.warehouse.stat().st_size if home.warehouse.exists() else 0
    standing = max(new, int(stored / _STORED))
    limit = limit_bytes(memory_limit)
    queries = _QUERIES * standing if limit is None else min(limit, _QUERIES * standing)
    where = next(folder for folder in (home.root, *home.root.resolve().parents) if folder.exists())
    return Forecast(
        disk=int(_STORED * new + _PUBLISHED * (stored + _STORED * new)) + _SMALL_FILES,
        free=shutil.disk_usage(where).free,
        memory=_PROGRAM + _FRAMES * standing + max(queries, _LEAST),
        least_memory=_PROGRAM + _FRAMES * standing + _LEAST,
        total_memory=total_memory(),
    )


def text_size(files: Iterable[Path]) -> int:
    """Bytes that files have about as text."""
    return sum(path.stat().st_size * _PACKED.get(path.suffix.lower(), 1) for path in files)


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
