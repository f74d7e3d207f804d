"""Homes in which nothing was linked yet: how a model is trained is what is tested here."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from warehouses import furnished

from reconcile.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=furnished(tmp_path / "home"), as_of=dt.date(2026, 11, 21), threads=1)
