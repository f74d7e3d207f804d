"""A warehouse with all tables, and nights run on it."""

from __future__ import annotations

import pytest
from life_night import Nights


@pytest.fixture
def nights(tmp_path):
    return Nights(tmp_path / "home")


@pytest.fixture
def store(nights):
    with nights.open() as opened:
        yield opened
