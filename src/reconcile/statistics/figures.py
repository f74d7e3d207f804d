"""Tables of figures are files: ``sql/statistics/<table>.sql`` holds a declaration and one SELECT, and is found, not listed."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from reconcile import query
from reconcile.contract import meanings
from reconcile.contract.warehouse import TABLES
from reconcile.errors import UsageError

FOLDER = "statistics"
PREPARED = f"{FOLDER}/prepared"

_FILE = re.compile(r"\A/\*(?P<header>.*?)\*/(?P<select>.*)\Z", re.DOTALL)
_READ = re.compile(r"\bstats\.(\w+)")
_MADE = re.compile(r"CREATE OR REPLACE TEMP (TABLE|VIEW) (\w+)")

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Figures(BaseModel):
    """What the header of a file declares, and its SELECT.

    Attributes:
        name: name of the file and of the table in ``stats``.
        what: what its figures are.
        unit: what they count.
        source: tables they are made from.
        reading: how they are to be read, and what was decided where no instruction says it.
        since: year and month in which this reading began: figures of another one are another series.
        parameters: settings the SELECT names beside ``as_of`` and ``meanings.BOUND``.
        select: the query.

    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    what: Text
    unit: Text
    source: Text
    reading: Text
    since: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
    parameters: tuple[str, ...] = ()
    select: str

    @property
    def table(self) -> str:
        """The table it fills."""
        return f"stats.{self.name}"

    @property
    def reads(self) -> set[str]:
        """Other tables of figures that its SELECT names, or a prepared view that it names."""
        views = [query.sql(name) for name, kind, made in prepared() if kind == "VIEW" and re.search(rf"\b{made}\b", self.select)]
        return {table for text in (self.select, *views) for table in _READ.findall(text)} - {self.name}


def parse(name: str, text: str) -> Figures:
    """Read the text of one file.

    Raises:
        UsageError: when the header is missing, is not TOML or does not declare a table of figures, the table is not declared in
            ``contract/warehouse``, or the SELECT names other settings than the header.

    """
    try:
        header, select = _halves(text)
        figures = Figures(**tomllib.loads(header), name=name, select=select.strip().removesuffix(";"))
        _check(figures)
    except (ValueError, TypeError, ValidationError) as error:  # a TOML error is a ValueError
        raise UsageError(f"sql/{FOLDER}/{name}.sql: {error}") from error
    return figures


def _halves(text: str) -> tuple[str, str]:
    found = _FILE.match(text)
    if found is None:
        raise ValueError("does not begin with its declaration in /* … */")
    return found["header"], found["select"]


def _check(figures: Figures) -> None:
    statements = query.statements(figures.select)
    if len(statements) != 1:
        raise ValueError(f"{len(statements)} statements where one SELECT is expected")
    if figures.table not in TABLES:
        raise ValueError(f"no table {figures.table} is declared")
    named = set(statements[0].named_parameters) - {"as_of", *meanings.BOUND}
    if named != set(figures.parameters):
        raise ValueError(f"declares the parameters {sorted(figures.parameters)}, names {sorted(named)}")


@cache
def discover() -> tuple[Figures, ...]:
    """All tables of figures, each after those it reads.

    Raises:
        UsageError: when a header is wrong.

    """
    found = {name.rpartition("/")[2]: query.sql(name) for name in query.names(FOLDER)}
    figures = {name: parse(name, text) for name, text in found.items()}
    order = TopologicalSorter({name: sorted(one.reads & figures.keys()) for name, one in figures.items()})
    return tuple(figures[name] for name in order.static_order())


def prepared() -> list[tuple[str, str, str]]:
    """What ``sql/statistics/prepared/`` makes for the others to read: file, TABLE or VIEW, name."""
    return [(name, kind, made) for name in query.names(PREPARED) for kind, made in _MADE.findall(query.sql(name))]
