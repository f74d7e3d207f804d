from __future__ import annotations

import polars as pl
import pytest

from reconcile import sample
from reconcile.sample.world import KEYS, World

POPULATION, SEED = 6000, 7


@pytest.fixture(scope="session")
def world() -> World:
    return sample.make(POPULATION, SEED)


@pytest.fixture(scope="session")
def tables(world: World) -> dict[str, pl.DataFrame]:
    return {extract: world.table(extract) for extract in KEYS}
