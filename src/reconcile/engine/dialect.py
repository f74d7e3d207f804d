"""One SQL for two engines: a query written for DuckDB becomes one that Spark answers with the same rows, or is refused by name.

Rendering alone changes what a query means: ``2.5`` cast to a whole number is 3 here and 2 there, ``date - date`` a number here and an
interval there. ``rewrites`` makes such constructs equal; what they mean depends on types, which are worked out from those of the tables.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from reconcile.engine import rewrites
from reconcile.errors import EngineError

Relations = Mapping[str, Mapping[str, str]]
"""Flat name of a table or view → column → DuckDB's name of its type."""


_STEP = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*"
    r"(CREATE OR REPLACE TEMP TABLE|CREATE OR REPLACE TABLE|INSERT INTO|DELETE FROM|DROP TABLE)\s+([\w.]+)(?:\s+AS\b)?\s*(.*?)[;\s]*",
    re.DOTALL,
)


class Step(NamedTuple):
    """A statement that the compute plane knows: what it does, to which table, and the query whose rows it takes, if it does."""

    verb: str
    table: str
    query: str


def step(statement: str) -> Step:
    """Read a statement that makes, fills, empties or drops a table.

    Raises:
        EngineError: when it is another one: rows of a table are changed in DuckDB alone.

    """
    found = _STEP.fullmatch(statement)
    if found is None or bool(found[3]) == found[1].startswith("D"):
        raise rewrites.refused("a statement that changes rows: state stays in DuckDB")
    return Step(found[1], found[2], found[3])


def flat(schema: str, table: str) -> str:
    """Name under which another engine knows ``schema.table``: its temporary views have no schema."""
    return f"{schema}__{table}" if schema else table


def relations(text: str) -> list[tuple[str, str]]:
    """Schema and name of every table and view that a query reads, sorted; a temporary one has no schema."""
    tree = _parsed(text)
    named = {("", each.alias) for each in tree.find_all(exp.CTE)}
    return sorted({(table.db, table.name) for table in tree.find_all(exp.Table)} - named)


def render(text: str, values: Mapping[str, object], known: Relations) -> str:
    """One SELECT as Spark SQL that gives the rows DuckDB gives.

    Args:
        text: the query as DuckDB runs it.
        values: what the parameters it names are bound to; they become literals.
        known: columns of the tables and views it reads, by flat name.

    Raises:
        EngineError: when the query holds what cannot be made to mean the same; the message names it.

    """
    tree = _parsed(text)
    for mark in list(tree.find_all(exp.Parameter, exp.Placeholder)):
        mark.replace(_literal(values[mark.name]))
    for number in [each for each in tree.find_all(exp.Literal) if not each.is_string and "." in each.name]:
        number.replace(exp.cast(number.copy(), f"DECIMAL({len(number.name) - 1}, {len(number.name.rpartition('.')[2])})"))
    for table in list(tree.find_all(exp.Table)):
        _flatten(table)
    tree = _in_a_row(tree)
    read = {table.name for table in tree.find_all(exp.Table)} & known.keys()
    schema = MappingSchema({name: dict(known[name]) for name in read}, dialect="duckdb")
    try:
        typed = annotate_types(qualify(tree, schema=schema, dialect="duckdb"), schema=schema, dialect="duckdb")
        rewrites.count_days(typed)
        typed = annotate_types(typed, schema=schema, dialect="duckdb")
        return rewrites.apply(typed).sql(dialect="spark", unsupported_level=ErrorLevel.RAISE, comments=False)
    except SqlglotError as error:
        raise EngineError(f"a query cannot be said for Spark: {str(error).splitlines()[0]}. Run it on DuckDB.") from error


def _parsed(text: str) -> exp.Expr:
    trees = [tree for tree in sqlglot.parse(text, read="duckdb") if tree is not None]
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise rewrites.refused("a statement that is no SELECT: state stays in DuckDB")
    return trees[0]


def _literal(value: object) -> exp.Expr:
    """A bound value as DuckDB takes it: a Python float is a DOUBLE, a date a DATE."""
    if isinstance(value, list):
        return exp.Array(expressions=[_literal(each) for each in value])
    if isinstance(value, dt.date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    return exp.cast(exp.convert(value), "DOUBLE") if isinstance(value, float) else exp.convert(value)


def _flatten(table: exp.Table) -> None:
    if table.db:
        if not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
        table.set("this", exp.to_identifier(flat(table.db, table.name)))
        table.set("db", None)


def _in_a_row(tree: exp.Expr) -> exp.Expr:
    """One UNION ALL after the other: DuckDB keeps a view as a tree of them, in which Sail loses columns."""
    for union in [each for each in tree.find_all(exp.Union) if not isinstance(each.find_ancestor(exp.Union, exp.Select), exp.Union)]:
        of_it = [each for each in union.find_all(exp.Union) if each.find_ancestor(exp.Select) is union.find_ancestor(exp.Select)]
        if not any(each.args.get("distinct") for each in of_it):
            row, *others = [each.copy() for each in rewrites.branches(union)]
            for other in others:
                row = exp.Union(this=row, expression=other, distinct=False)
            row.set("with_", union.args.get("with_"))
            if union is tree:
                return row
            union.replace(row)
    return tree
