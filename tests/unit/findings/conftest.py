"""A warehouse with all tables, and nights run on it."""

from __future__ import annotations

import datetime as dt

import pytest
from cases import create_link_tables

from reconcile.settings import Settings
from reconcile.store import Store


class Nights:
    """One home; each call opens the warehouse for one night."""

    def __init__(self, home):
        self.home = home

    def open(self, as_of="2026-11-21", run_id="run"):
        store = Store(Settings(home=self.home, as_of=dt.date.fromisoformat(as_of), finding_key="unit", force=True), run_id)
        create_link_tables(store)
        return store


@pytest.fixture
def nights(tmp_path):
    return Nights(tmp_path / "home")


@pytest.fixture
def store(nights):
    with nights.open() as opened:
        yield opened
