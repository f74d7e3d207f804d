"""The prefecture as a whole: built in memory, and written as the files agencies deliver beside what is true about them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

import polars as pl

from reconcile.errors import UsageError
from reconcile.sample import decoys, events, faults_birth, faults_death, faults_home, faults_move, faults_number, kinds
from reconcile.sample.files import write_all
from reconcile.sample.heads import repair
from reconcile.sample.readme import readme
from reconcile.sample.spoil import Spoiler
from reconcile.sample.world import FULL, World, build

AS_OF = dt.date(2026, 11, 21)
"""Business date the sample is made for."""

SMALLEST = 2000
"""Fewer persons do not hold one case of everything."""


WorldName = Literal["plain", "hard"]
"""``plain``: every kind of case, written as agencies write; ``hard``: more of them, and the habits of offices on top."""


def make(population: int, seed: int, as_of: dt.date = AS_OF, kind: WorldName = "plain") -> World:
    """Build the prefecture in memory.

    Args:
        population: registrations wanted; the result is within two percent of it.
        seed: the same seed gives the same bytes.
        as_of: last day of the events.
        kind: whether a plain or a hard world is wanted.

    Raises:
        UsageError: when the population is too small to plant every kind of fault.

    """
    if population < SMALLEST:
        raise UsageError(f"a population of {population} is too small for the faults to plant; ask for {SMALLEST} persons or more")
    by_hand = round(0.0185 * population) + round(150 * min(1.0, population / FULL))
    hard = kind == "hard"
    by_hand += kinds.registrations(population, hard=hard)
    world = build(population, seed, as_of, population - by_hand, hard=hard)
    events.births(world)
    for part in (faults_number, faults_home, faults_death, faults_birth, faults_move, kinds, decoys):
        part.plant(world)
    events.ordinary(world)
    faults_death.noise(world)
    repair(world)
    return world


def write(out: Path, population: int, seed: int, as_of: dt.date = AS_OF, kind: WorldName = "plain") -> None:
    """Write the extracts of a prefecture, ``truth.csv``, ``decoys.csv``, ``persons.csv`` and a README into ``out``.

    Args:
        out: directory, made when it is not there.
        population: registrations wanted.
        seed: the same population, seed and as_of give the same bytes.
        as_of: last day of the events and date of the delivery.
        kind: whether a plain or a hard world is wanted.

    Raises:
        UsageError: when the population is too small to plant every kind of fault, or ``out`` is a file.

    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: is a file; name a directory")
    world = make(population, seed, as_of, kind)
    out.mkdir(parents=True, exist_ok=True)
    spoiler = Spoiler(world)
    counts = write_all(world, spoiler, out)
    record = ["group_id", "record_type", "record_key"]
    pl.DataFrame(world.truth, schema=["finding_type", *record], orient="row").write_csv(out / "truth.csv")
    pl.DataFrame(world.decoys, schema=["kind", *record], orient="row").write_csv(out / "decoys.csv")
    world.persons().write_csv(out / "persons.csv")
    (out / "README.md").write_text(readme(world, spoiler, counts), encoding="utf-8", newline="")
