"""Which tables and columns each table and view is made from, read from the SQL with sqlglot; ``sql/lineage.json`` keeps it for the nights.

A night writes it as OpenLineage events (``openlineage``). What Python fills is said in the documentation of its stage, not here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from reconcile import query

if TYPE_CHECKING:
    from sqlglot import exp

KEPT = "lineage.json"
_FOLDERS = ("find", "link", "scope", "publish", "statistics/prepared", "statistics", "life", "feedback", "worklist")
"""Folders of ``sql/`` whose statements make tables and views; rules are read by ``findings``, which keeps their results itself."""
_QUOTE = '"'
_FIGURES = "statistics"
"""Folder of files that are one SELECT for the table of ``stats`` named like the file; they read what the folder below it prepares."""


class Made(NamedTuple):
    """How a table or view is made.

    Attributes:
        file: the SQL that makes it, below ``sql/`` without the ending.
        tables: tables and views that it reads.
        columns: column → columns it is computed from, each with schema and table; those that sqlglot cannot follow are left out.

    """

    file: str
    tables: list[str]
    columns: dict[str, list[str]]


Known = dict[str, dict[str, str]]
"""Table with its schema → column → DuckDB type."""


@dataclass(slots=True)
class _File:
    """Statements of one file read so far: temporary tables by name, and what was made."""

    name: str
    known: Known
    temporary: dict[str, exp.Query] = field(default_factory=dict)
    made: list[tuple[str, Made]] = field(default_factory=list)


@cache
def kept() -> dict[str, list[Made]]:
    """Table or view → how it is made, once for each file that adds to it; as of the last ``reconcile docs``."""
    rows = json.loads((query.SQL_ROOT / KEPT).read_text(encoding="utf-8"))["made"]
    return {name: [Made(**one) for one in made] for name, made in rows.items()}


def render(known: Known) -> str:
    """Text of ``sql/lineage.json``; read anew only where the SQL, the tables, sqlglot or this file are others."""
    sources = [query.sql(name) for folder in _FOLDERS for name in query.names(folder)]
    digest = hashlib.sha256(
        json.dumps([Path(__file__).read_text(encoding="utf-8"), version("sqlglot"), known, sources]).encode()
    ).hexdigest()
    kept_text = _kept_text()
    if _digest_of(kept_text) == digest:
        return kept_text
    made: dict[str, list[Made]] = {}
    for name, one in _read(known):
        made.setdefault(name, []).append(one)
    rows = {name: [one._asdict() for one in made[name]] for name in sorted(made)}
    return json.dumps({"digest": digest, "made": rows}, indent=1) + "\n"


def _kept_text() -> str:
    path = query.SQL_ROOT / KEPT
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _digest_of(text: str) -> str | None:
    """What a text was made from; None of one that is no such text, as after a merge of two."""
    try:
        return json.loads(text)["digest"]
    except (ValueError, KeyError):
        return None


def of(text: str, known: Known, file: str = "") -> dict[str, Made]:
    """Table → how the statements of an SQL text make it."""
    read = _File(file, known)
    _follow(read, text)
    return dict(read.made)


def _read(known: Known) -> Iterator[tuple[str, Made]]:
    prepared: dict[str, exp.Query] = {}
    for folder in _FOLDERS:
        for name in query.names(folder):
            read = _File(name, known, dict(prepared) if folder == _FIGURES else {})
            _follow(read, query.sql(name))
            yield from read.made
            if folder.startswith(f"{_FIGURES}/"):
                prepared |= read.temporary


def _follow(read: _File, text: str) -> None:
    import sqlglot
    from sqlglot import exp

    for statement in sqlglot.parse(text, read="duckdb"):
        if isinstance(statement, exp.Query) and read.name.startswith(f"{_FIGURES}/"):
            select = _inlined(statement, read.temporary)
            _note(read, f"stats.{read.name.rpartition('/')[2]}", select, [])
        elif statement is not None:
            _take(read, statement)


def _note(read: _File, name: str, select: exp.Query, order: list[str]) -> None:
    tables = _tables(select)
    if name in read.known and tables:
        read.made.append((name, Made(read.name, tables, _columns(read, select, order))))


def _take(read: _File, statement: exp.Expr) -> None:
    """Follow one statement: a view, an insert, or a temporary table that later ones read."""
    from sqlglot import exp

    if not isinstance(statement, (exp.Create, exp.Insert)) or not isinstance(statement.expression, exp.Query):
        return
    target = statement.find(exp.Table)
    if target is None:
        return
    select = _inlined(statement.expression, read.temporary)
    name = f"{target.db}.{target.name}"
    if not target.db:
        read.temporary[target.name] = select
    elif name in read.known:
        listed = [column.name for column in statement.this.expressions] if isinstance(statement.this, exp.Schema) else []
        _note(read, name, select, listed or list(read.known[name]))


def _inlined(select: exp.Query, temporary: dict[str, exp.Query]) -> exp.Query:
    """A query with the temporary tables it reads put in their place."""
    from sqlglot import exp

    def replaced(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Table) and not node.db and node.name in temporary and node.name not in own:
            return exp.Subquery(this=temporary[node.name].copy(), alias=exp.TableAlias(this=exp.to_identifier(node.alias_or_name)))
        return node

    own = {cte.alias for cte in select.find_all(exp.CTE)}
    return cast("exp.Query", select.transform(replaced))


def _tables(select: exp.Query) -> list[str]:
    from sqlglot import exp

    return sorted({f"{table.db}.{table.name}" for table in select.find_all(exp.Table) if table.db})


def _columns(read: _File, select: exp.Query, order: list[str]) -> dict[str, list[str]]:
    """Columns of the target with what each is computed from; ``order`` has their names as the query gives them, its own when empty."""
    from sqlglot import exp
    from sqlglot.errors import SqlglotError
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify

    schema: dict[str, object] = {}
    for name, columns in read.known.items():
        in_schema, _, table = name.partition(".")
        cast("dict[str, object]", schema.setdefault(in_schema, {}))[table] = columns
    try:
        whole = qualify(select.copy(), schema=schema, dialect="duckdb", validate_qualify_columns=False)
    except SqlglotError:
        return {}
    found: dict[str, list[str]] = {}
    for given, column in zip(whole.named_selects, order or whole.named_selects, strict=False):
        try:
            node = lineage(given, whole, schema=schema, dialect="duckdb")
        except (SqlglotError, ValueError):
            continue
        leaves = {
            f"{leaf.source.db}.{leaf.source.name}.{leaf.name.rpartition('.')[2].strip(_QUOTE)}"
            for leaf in node.walk()
            if not leaf.downstream and isinstance(leaf.source, exp.Table) and leaf.source.db
        }
        found[column] = sorted(leaves)
    return found
