"""What results are made from: the program with the libraries it rests on, and its settings.

Tables that were made from the same are what they would be if they were made again, and are kept as they are.
"""

from __future__ import annotations

import hashlib
import secrets
from functools import cache
from importlib import metadata
from pathlib import Path

from reconcile import query
from reconcile.settings import Settings

LIBRARIES = ("duckdb", "lunar-python", "numpy", "opencc", "pandas", "polars", "pyarrow", "pypinyin", "rapidfuzz", "recordlinkage", "scipy")
"""Whose version may change a value or a decision."""

_NO_RESULT = {
    "as_of",
    "home",
    "inbox",
    "full",
    "force",
    "by",
    "reason",
    "threads",
    "memory_limit",
    "lock_wait",
    "keep_logs",
    "masked_publication",
    "masked_group",
    "key",
    "engine",
    "prefecture_name",
    "spark",
    "encryption",
    "retention",
    "schedule",
    "tell",
}
"""Settings that change no result, or every night."""


def settings(chosen: Settings) -> str:
    """Digest of the settings; what changes no result, or every night, is left out: runs of different nights can be compared."""
    return hashlib.sha256(chosen.model_dump_json(exclude=_NO_RESULT).encode()).hexdigest()[:8]


@cache
def program() -> str:
    """Digest of every file of the program, SQL and tables included, and of the libraries' versions: another one may give other results."""
    digest = hashlib.sha256()
    for root in (Path(__file__).parent, query.SQL_ROOT):
        for path in sorted(path for path in root.rglob("*.*") if path.is_file() and path.suffix != ".pyc"):
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    return digest.hexdigest()[:16]


def stamp() -> str:
    """A name for rows that are being made: rows that go by the same name are the same rows."""
    return secrets.token_hex(8)
