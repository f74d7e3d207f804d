"""The prefecture as a whole: built in memory part by part, and written as the files agencies deliver beside what is true about them."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Literal

import polars as pl

from reconcile.errors import UsageError
from reconcile.sample import decoys, events, faults_birth, faults_death, faults_home, faults_move, faults_number, kinds
from reconcile.sample.files import write_part
from reconcile.sample.heads import repair
from reconcile.sample.output import Output
from reconcile.sample.places import PARTS
from reconcile.sample.readme import Account, readme
from reconcile.sample.spoil import Spoiler
from reconcile.sample.world import FULL, World, build

AS_OF = dt.date(2026, 11, 21)
"""Business date the sample is made for."""

SMALLEST = 2000
"""Fewer persons do not hold one case of everything."""

PART_SIZE = 1_000_000
"""Registrations that are made at once: a larger population is made of parts, none of which knows of the others."""

_NEXT = 1_000_003
"""From the seed of one part to that of the next."""

WorldName = Literal["plain", "hard"]
"""``plain``: every kind of case, written as agencies write; ``hard``: more of them, and the habits of offices on top."""


def make(population: int, seed: int, as_of: dt.date = AS_OF, kind: WorldName = "plain", part: int = 0) -> World:
    """Build the prefecture, or one of its parts, in memory.

    Args:
        population: registrations wanted; the result is within two percent of it.
        seed: the same seed gives the same bytes.
        as_of: last day of the events.
        kind: whether a plain or a hard world is wanted.
        part: which part this is; each has counties, keys and numbers of its own, and draws of its own.

    Raises:
        UsageError: when the population is too small to plant every kind of fault.

    """
    if population < SMALLEST:
        raise UsageError(f"a population of {population} is too small for the faults to plant; ask for {SMALLEST} persons or more")
    by_hand = round(0.0185 * population) + round(150 * min(1.0, population / FULL))
    hard = kind == "hard"
    by_hand += kinds.registrations(population, hard=hard)
    world = build(population, seed + _NEXT * part, as_of, population - by_hand, hard=hard, part=part)
    events.births(world)
    for room in (faults_number, faults_home, faults_death, faults_birth, faults_move, kinds, decoys):
        room.plant(world)
    events.ordinary(world)
    faults_death.noise(world)
    repair(world)
    return world


def write(out: Path, population: int, seed: int, as_of: dt.date = AS_OF, kind: WorldName = "plain", *, part_size: int = PART_SIZE) -> None:
    """Write the extracts of a prefecture, ``truth.csv``, ``decoys.csv``, ``persons.csv`` and a README into ``out``.

    A population above ``part_size`` is made in parts, each written and forgotten before the next one: memory stays that of one part.

    Args:
        out: directory, made when it is not there.
        population: registrations wanted.
        seed: the same population, seed, as_of and part_size give the same bytes.
        as_of: last day of the events and date of the delivery.
        kind: whether a plain or a hard world is wanted.
        part_size: most registrations that are in memory at once.

    Raises:
        UsageError: when the population is too small to plant every kind of fault or too large for its parts, or ``out`` is a file.

    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: is a file; name a directory")
    sizes = divided(population, part_size)
    account = Account(population, seed, as_of, kind == "hard")
    files = Output(out)
    for part, size in enumerate(sizes):
        _write_part(make(size, seed, as_of, kind, part), files, account, len(sizes))
    files.close()
    files.text("README.md", readme(account, files.rows))


def divided(population: int, part_size: int) -> list[int]:
    """Sizes of as few parts as hold a population, about equal.

    Raises:
        UsageError: when these are more parts than have codes of their own.

    """
    parts = max(1, math.ceil(population / part_size))
    if parts > PARTS:
        raise UsageError(f"a population of {population} is too large; ask for {PARTS * part_size} persons or fewer")
    return [population // parts + (part < population % parts) for part in range(parts)]


def _write_part(world: World, files: Output, account: Account, parts: int) -> None:
    spoiler = Spoiler(world)
    write_part(world, spoiler, files, parts)
    record = ["group_id", "record_type", "record_key"]
    files.csv("truth.csv", pl.DataFrame(world.truth, schema=["finding_type", *record], orient="row"))
    files.csv("decoys.csv", pl.DataFrame(world.decoys, schema=["kind", *record], orient="row"))
    persons = world.persons().with_columns(pl.col("person_no") + account.persons)
    files.csv("persons.csv", persons)
    account.add(world, spoiler, persons["person_no"].n_unique())
