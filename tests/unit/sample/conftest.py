from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from reconcile import sample
from reconcile.sample import events
from reconcile.sample.spoil import Spoiler
from reconcile.sample.world import KEYS, World, build

POPULATION, SEED = 6000, 7


@pytest.fixture(scope="session")
def world() -> World:
    return sample.make(POPULATION, SEED)


@pytest.fixture(scope="session")
def tables(world: World) -> dict[str, pl.DataFrame]:
    return {extract: world.table(extract) for extract in KEYS}


@pytest.fixture(scope="session")
def hard() -> World:
    return sample.make(POPULATION, SEED, kind="hard")


@pytest.fixture
def spoiler(hard: World) -> Spoiler:
    return Spoiler(hard)


@pytest.fixture
def empty() -> World:
    """A world in which nobody was planted with anything yet; two persons died, so that every extract is there."""
    bare = build(POPULATION, SEED, dt.date(2026, 11, 21), POPULATION, hard=True)
    events.births(bare)
    yes = np.ones(2, dtype=np.bool_)
    dead = bare.take(2, bare.aged(60, 80))
    events.die(bare, dead, np.array([900, 20]), health=yes, cremation=yes, police=yes, noisy=False)
    return bare
