"""The world under construction: extracts as clean rows, who is still free to be planted with something, what is true."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from reconcile.contract.tables import EXTRACTS
from reconcile.errors import UsageError
from reconcile.sample import numbers
from reconcile.sample.names import Bools, Ints
from reconcile.sample.people import Population, as_days, populate
from reconcile.sample.places import Places, prefecture
from reconcile.sample.register import HISTORY_DAYS, key, keys, register

Row = dict[str, Any]
Subject = tuple[str, str]

FULL = 6000
"""From this population on every kind of fault has its full minimum."""

KEYS = {name: extract.key[0] for name, extract in EXTRACTS.items() if extract.column_of("name")}
"""Extract → key column, for the extracts that hold persons."""

IDENTIFIED = ("police_resident", "health_death", "civil_cremation")
"""Extracts of which it is written down whom each row is about."""


@dataclass(slots=True)
class World:
    """Everything the builders share.

    Attributes:
        population: the size asked for; rates are counted from it.
        frames: extract → parts, clean rows with hidden columns that start with ``_``.
        edits: extract → key → columns to overwrite, applied by ``table``.
        dropped: extract → keys to leave out.
        hard: whether the habits of offices are applied when the files are written.
        seed: the habits draw from it, each of its own.
        free: per pid, whether nothing was planted on the person yet.
        truth: (finding_type, group_id, record_type, record_key).
        decoys: (kind, group_id, record_type, record_key).

    """

    rng: np.random.Generator
    population: int
    as_of: dt.date
    places: Places
    people: Population
    free: Bools
    allocate: numbers.Allocator
    hard: bool = False
    seed: int = 0
    frames: dict[str, list[pl.DataFrame]] = field(default_factory=dict[str, list[pl.DataFrame]])
    rows: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    edits: dict[str, dict[str, Row]] = field(default_factory=dict[str, dict[str, Row]])
    dropped: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    truth: list[tuple[str, str, str, str]] = field(default_factory=list[tuple[str, str, str, str]])
    decoys: list[tuple[str, str, str, str]] = field(default_factory=list[tuple[str, str, str, str]])
    kept_heads: set[str] = field(default_factory=set[str])
    ordinal: int = 0
    strangers: int = 0

    @property
    def today(self) -> int:
        """``as_of`` in days since 1970."""
        return as_days(self.as_of)

    @property
    def start(self) -> int:
        """First day of the events."""
        return self.today - HISTORY_DAYS

    @property
    def age(self) -> Ints:
        """Ages of all persons in days."""
        return self.today - self.people.birth

    @property
    def settled(self) -> Bools:
        """Persons born before the events began."""
        return self.people.birth < self.start - 30

    @property
    def childless(self) -> Bools:
        """Persons who had no child since the events began."""
        recent = self.people.birth >= self.start - 30
        mask = np.ones(self.people.size, dtype=np.bool_)
        for parent in (self.people.father[recent], self.people.mother[recent]):
            mask[parent[parent >= 0]] = False
        return mask

    @property
    def no_parent(self) -> Bools:
        """Persons whom no other registration names as a parent."""
        mask = np.ones(self.people.size, dtype=np.bool_)
        for parent in (self.people.father, self.people.mother):
            mask[parent[parent >= 0]] = False
        return mask

    def aged(self, first: int, last: int) -> Bools:
        """Persons of ``first`` to ``last`` years, both included, who had no child since the events began."""
        age = self.age
        return self.childless & (age >= first * 365.25) & (age < (last + 1) * 365.25)

    def count(self, rate: float, minimum: int) -> int:
        """How many cases of something that concerns this share of the population; the minimum is that of 6,000 persons."""
        return max(math.ceil(minimum * min(1.0, self.population / FULL)), round(rate * self.population))

    def days(self, first: int, last: int) -> dt.date:
        """A date between ``first`` and ``last`` days before as_of."""
        return self.as_of - dt.timedelta(int(self.rng.integers(first, last)))

    def _candidates(self, among: Bools | None, *, home: bool) -> Ints:
        mask = self.free if among is None else self.free & among
        if not home:
            return np.flatnonzero(mask)
        members = self.people.member
        whole = np.asarray(((members < 0) | self.free[members]).all(axis=1), dtype=np.bool_)
        candidates = np.flatnonzero(mask & whole[self.people.household])
        _, first = np.unique(self.people.household[candidates], return_index=True)
        return candidates[first]

    def take(self, count: int, among: Bools | None = None, *, home: bool = False) -> list[int]:
        """Claim free persons; with ``home`` nothing was or will be planted in their households.

        Raises:
            UsageError: when the population is too small for what is to be planted.

        """
        candidates = self._candidates(among, home=home)
        if len(candidates) < count:
            raise UsageError(f"a population of {self.population} is too small for the faults to plant; ask for {FULL} persons or more")
        pids = self.rng.choice(candidates, count, replace=False)
        self.free[pids] = False
        if home:
            members = self.people.member[self.people.household[pids]]
            self.free[members[members >= 0]] = False
        return [int(pid) for pid in pids]

    def some(self, count: int, among: Bools, *, home: bool = False) -> list[int]:
        """Claim up to ``count`` free persons, fewer where there are fewer."""
        return self.take(min(count, len(self._candidates(among, home=home))), among, home=home)

    def residents(self, pids: Iterable[int]) -> list[Row]:
        """First registrations of the persons, in their order; ``_pid`` stays, so that a copy of a row is of the same person."""
        return self.frames["police_resident"][0][list(pids)].to_dicts()

    def records(self, extract: str, pids: Iterable[int]) -> dict[int, Row]:
        """Rows of an extract by pid, from the frames made by ``events``."""
        wanted = pl.Series("_pid", list(pids), dtype=pl.Int64)
        found = pl.concat([part.filter(pl.col("_pid").is_in(wanted.implode())) for part in self.frames[extract]])
        return {int(row["_pid"]): row for row in found.iter_rows(named=True)}

    def fresh(self, prefix: str) -> str:
        """A key that no other record has."""
        self.ordinal += 1
        return key(prefix, self.places.first + 50_000_000 + self.ordinal)

    def keys(self, prefix: str, ordinals: Ints) -> pl.Series:
        """Keys of many ordinals, which no other part gives."""
        return keys(prefix, self.places.first + ordinals)

    def paper(self, prefix: str) -> str:
        """A letter and two digits (at most 99, at least 96) that birth certificates' numbers begin with, turned into those of this part."""
        row, column = divmod(self.places.part, 26)
        return f"{chr((ord(prefix[0]) - ord('A') + column) % 26 + ord('A'))}{int(prefix[1:]) - 4 * row}"

    def add(self, extract: str, row: Mapping[str, Any]) -> str:
        """Append a row made by hand and return its key; without ``_pid`` it is of a person of its own."""
        self.rows.setdefault(extract, []).append(dict(row))
        return str(row[KEYS[extract]])

    def edit(self, extract: str, record_key: str, **columns: object) -> None:
        """Overwrite columns of a row."""
        self.edits.setdefault(extract, {}).setdefault(record_key, {}).update(columns)

    def drop(self, extract: str, record_key: str) -> None:
        """Leave a row out."""
        self.dropped.setdefault(extract, set()).add(record_key)

    def expect(self, finding_type: str, *subjects: Subject) -> None:
        """Write down a finding that is true."""
        group = f"T{self._next(self.truth):07d}"
        self.truth += [(finding_type, group, record_type, record_key) for record_type, record_key in subjects]

    def decoy(self, kind: str, *records: Subject) -> None:
        """Write down records that look like a finding and are none."""
        group = f"D{self._next(self.decoys):07d}"
        self.decoys += [(kind, group, record_type, record_key) for record_type, record_key in records]

    def _next(self, groups: list[tuple[str, str, str, str]]) -> int:
        """Number of the next group; a part counts from a million of its own."""
        return int(groups[-1][1][1:]) + 1 if groups else 1_000_000 * self.places.part + 1

    def stranger(self) -> int:
        """A pid beyond the drawn population, for a person made by hand."""
        self.strangers += 1
        return self.people.size + self.strangers

    def table(self, extract: str, *hidden: str) -> pl.DataFrame:
        """All rows of an extract with the edits applied and the dropped rows left out; of the hidden columns those asked for."""
        parts = self.frames.get(extract, [])
        schema = {name: kind for name, kind in parts[0].schema.items() if not name.startswith("_") or name in hidden}
        table = pl.concat([part.select(list(schema)) for part in parts] + [pl.DataFrame(self.rows.get(extract, []), schema=schema)])
        name = KEYS[extract]
        if edits := self.edits.get(extract):
            table = _overwrite(table, name, edits)
        gone = pl.Series(sorted(self.dropped.get(extract, set())), dtype=pl.String)
        return table.filter(~pl.col(name).is_in(gone.implode()))

    def persons(self) -> pl.DataFrame:
        """Who each registration and death record is of: record_type, record_key, person_no (invented, dense, by first record)."""
        tables = [
            self.table(extract, "_pid").select(record_type=pl.lit(extract), record_key=KEYS[extract], pid="_pid") for extract in IDENTIFIED
        ]
        records = pl.concat(tables).sort("record_type", "record_key")
        own = pl.int_range(pl.len()) + self.people.size + self.strangers + 1
        return records.select("record_type", "record_key", person_no=pl.col("pid").fill_null(own).rank("dense"))


def _overwrite(table: pl.DataFrame, name: str, edits: dict[str, Row]) -> pl.DataFrame:
    """Replace single cells by key; a null in an edit empties the cell."""
    for column in sorted({column for row in edits.values() for column in row}):
        keyed = [(record_key, row[column]) for record_key, row in edits.items() if column in row]
        kind = table.schema[column]
        patch = pl.DataFrame(
            {name: [k for k, _ in keyed], "_new": [v for _, v in keyed], "_hit": True},
            schema={name: pl.String, "_new": kind, "_hit": pl.Boolean},
        )
        table = (
            table.join(patch, on=name, how="left", maintain_order="left")
            .with_columns(pl.when("_hit").then("_new").otherwise(column).alias(column))
            .drop("_new", "_hit")
        )
    return table


def build(population: int, seed: int, as_of: dt.date, people: int, *, hard: bool = False, part: int = 0) -> World:
    """Make a world of ``people`` persons in which nothing has happened yet."""
    rng = np.random.default_rng(seed)
    places = prefecture(population, part)
    persons = populate(rng, places, people, as_of)
    world = World(
        rng=rng, population=population, as_of=as_of, places=places, people=persons, free=np.ones(persons.size, dtype=np.bool_),
        allocate=numbers.Allocator(rng, [*places.counties, *places.outside]), hard=hard, seed=seed,
    )  # fmt: skip
    world.frames["police_resident"] = [register(rng, places, persons, as_of)]
    return world
