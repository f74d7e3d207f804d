"""One file as a night would read it: what it is, what is wrong with it, how many of its values cannot be read, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from reconcile.check import together
from reconcile.contract.columns import Kind
from reconcile.contract.tables import Extract
from reconcile.errors import InputRefusedError
from reconcile.ingest import load
from reconcile.ingest.delivered import Head, Relation
from reconcile.ingest.discover import Delivery
from reconcile.ingest.header import Audit
from reconcile.ingest.plan import Task
from reconcile.ingest.profile import Profile
from reconcile.standardise import clocks, unread
from reconcile.standardise.table import Standardised, judged, with_local_codes, with_zone
from reconcile.standardise.unread import UnreadColumn
from reconcile.store import Store
from reconcile.thresholds import Brakes

MOST_BYTES = 8 << 20
"""So much of a text file is split into rows; its encoding is found from all of it."""
MOST_ROWS = 5_000
"""So many rows, spread evenly over those, are read value by value."""
_LINES = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that rows of a file break: column, rule, whether the row is lost (or the value), how often, and the first lines."""

    column: str | None
    rule: str
    severity: str
    cells: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """Span of a column of dates, and how many lie after the delivery."""

    column: str
    first: dt.date
    last: dt.date
    late: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in one file.

    Attributes:
        file: its name.
        problem: why a night would refuse it or leave it alone; empty when it is read.
        path: where it is; None where there is nothing to read.
        extract: what it is a delivery of, where that is known.
        profile: the profile it is read by.
        head, audit: its headings, and what becomes of each column.
        rows: rows that were looked at; ``is_all`` says whether these are all of the file.
        sampled: rows whose values were read.
        rejected: share of rows that would be rejected.
        reasons, dates, unread: what its values are like.
        brakes: sentences of brakes that its shares would pull.
        notes: sheets of a workbook, where there are several, and what its values alone do not say.
        draft: profile draft for it, ``is_new_draft`` when this check wrote it.

    """

    file: str
    problem: str = ""
    path: Path | None = None
    extract: type[Extract] | None = None
    profile: Profile | None = None
    head: Head | None = None
    audit: Audit | None = None
    rows: int = 0
    is_all: bool = True
    sampled: int = 0
    rejected: float = 0.0
    reasons: list[Reason] = field(default_factory=list[Reason])
    dates: list[Dates] = field(default_factory=list[Dates])
    unread: list[UnreadColumn] = field(default_factory=list[UnreadColumn])
    brakes: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    draft: Path | None = None
    is_new_draft: bool = False


@dataclass(frozen=True, slots=True)
class _Sample:
    """A file that was loaded, and those of its rows whose values are read; ``given`` are these with its codes and its zone."""

    delivery: Delivery
    number: int
    result: load.Result
    raw: pl.DataFrame
    given: pl.DataFrame
    moved: clocks.Moved


def unmatched(file: str, path: Path, seems: str) -> Looked:
    """A file that fits no extract and no profile."""
    return Looked(file, f"{seems}; a night leaves it alone", path)


def look(store: Store, deliveries: Sequence[Delivery]) -> list[Looked]:
    """Load files into a store that is thrown away, and read a sample of each."""
    loaded = [_loaded(store, delivery, number) for number, delivery in enumerate(deliveries, 1)]
    samples = [one for one in loaded if isinstance(one, _Sample)]
    columns = together.read([(one.delivery.extract, one.given) for one in samples])
    read = {one.number: judged(one.raw, one.delivery.extract, made) for one, made in zip(samples, columns, strict=True)}
    return [_values(store, one, read[one.number]) if isinstance(one, _Sample) else one for one in loaded]


def _loaded(store: Store, delivery: Delivery, number: int) -> _Sample | Looked:
    try:
        with store.transaction():
            task = Task(delivery, "", number, repeats=False, claim=None)
            result = load.load(store, task, load.opened(task, store.settings.home.scratch, MOST_BYTES))
    except InputRefusedError as error:
        return Looked(delivery.file, str(error), delivery.path, delivery.extract, delivery.profile)
    # By number, not by line: the lines of a file may all be odd.
    raw = store.frame(
        f"SELECT * FROM raw.{delivery.extract.name} WHERE _load_id = $load_id QUALIFY row_number() OVER (ORDER BY _line) % $step = 0",
        load_id=number,
        step=max(1, -(-result.rows // MOST_ROWS)),
    )
    local = store.frame("SELECT * FROM ref.profile_code WHERE load_id = $load_id", load_id=number)
    moved = clocks.moved(store, delivery.extract, [number])
    return _Sample(delivery, number, result, raw, with_zone(with_local_codes(raw, delivery.extract, local), moved), moved)


def _values(store: Store, one: _Sample, read: Standardised) -> Looked:
    delivery, result, extract = one.delivery, one.result, one.delivery.extract
    unreadable = store.frame("SELECT column_name, rule, severity, line FROM ops.reject WHERE load_id = $load_id", load_id=one.number)
    broken = pl.concat([unreadable, read.rejects.select(unreadable.columns)]) if read.rejects.height else unreadable
    coded = read.rejects.filter(rule="code_unknown")["column_name"].unique().sort().to_list()
    columns = [unread.of_load(store, one.number, delivery.file, extract, name) for name in coded]
    lost = unreadable.height / max(1, result.rows) + (one.raw.height - read.rows.height) / max(1, one.raw.height)
    return Looked(
        delivery.file,
        "",
        delivery.path,
        extract,
        delivery.profile,
        result.head,
        result.audit,
        result.rows,
        result.relation.is_whole,
        one.raw.height,
        lost,
        _reasons(broken),
        _dates(read.rows, extract, delivery.delivered_on),
        columns,
        _brakes(lost, result.rows, columns, store.settings.brakes),
        _notes(result.relation) + [_moved(name, zones[one.number]) for name, zones in one.moved.items()],
    )


def _moved(column: str, zone: str) -> str:
    return f"{column}: every clock is midnight in China by {clocks.ZONES[zone]}; that day is read"


def _notes(relation: Relation) -> list[str]:
    read = ", ".join(f"{name} from line {line:,}" for name, line in relation.sheets)
    left_out = ", ".join(relation.left_out)
    return [f"sheets: {read}"] * bool(read) + [f"sheets left out: {left_out}"] * bool(left_out) + list(relation.notes)


def _reasons(broken: pl.DataFrame) -> list[Reason]:
    counted = broken.group_by("column_name", "rule", "severity").agg(pl.len().alias("cells"), pl.col("line").sort().head(_LINES))
    rows = counted.sort("severity", "cells", "column_name", "rule", descending=[False, True, False, False]).iter_rows()
    return [Reason(column, rule, severity, cells, tuple(lines)) for column, rule, severity, cells, lines in rows]


def _dates(rows: pl.DataFrame, extract: type[Extract], delivered_on: dt.date) -> list[Dates]:
    dated = [name for name, one in extract.fields.items() if one.column.kind in (Kind.DATE, Kind.BIRTH_DATE)]
    found = [rows[name].drop_nulls() for name in dated]
    return [
        Dates(name, values.min(), values.max(), int((values > delivered_on).sum()))  # pyright: ignore[reportArgumentType] - days
        for name, values in zip(dated, found, strict=True)
        if len(values)
    ]


def _brakes(lost: float, rows: int, columns: list[UnreadColumn], limits: Brakes) -> list[str]:
    pulled = [f"{lost:.0%} of its rows would be rejected"] if lost > limits.reject_share and lost * rows > limits.reject_floor else []
    return pulled + [str(column) for column in columns if column.share > limits.unread_share and column.unread > limits.unread_floor]
