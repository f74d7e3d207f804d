"""Where the SQL files are, and which parameters each of them names."""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from pathlib import Path

import duckdb

_INSTALLED = Path(__file__).parent / "sql"
SQL_ROOT = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[2] / "sql"
"""Beside the package in a wheel, at the top of the repository in a checkout."""


@cache
def sql(name: str) -> str:
    """Text of ``sql/<name>.sql``; ``name`` is a relative path without the ending."""
    return (SQL_ROOT / f"{name}.sql").read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """Names of the SQL files in a folder of ``sql/``, sorted: ``findings/number_invalid`` and so on."""
    return sorted(f"{folder}/{path.stem}" for path in (SQL_ROOT / folder).glob("*.sql"))


@cache
def statements(text: str) -> list[duckdb.Statement]:
    """Statements of an SQL text, parsed; each knows the parameters it names."""
    return duckdb.extract_statements(text)


def header(name: str) -> tuple[str, tuple[str, ...]]:
    """Question and columns that the first lines of an inspection query declare: ``-- …?`` and ``-- Columns: …``.

    Raises:
        ValueError: when they declare none.

    """
    lines = takewhile(lambda line: line.startswith("--"), sql(name).splitlines())
    sentence, _, columns = " ".join(line.removeprefix("--").strip() for line in lines).partition(" Columns: ")
    if not columns:
        msg = f"sql/{name}.sql: begin with -- a question, then -- Columns: and their names."
        raise ValueError(msg)
    return sentence, tuple(column.strip() for column in columns.split(","))
