"""What is decided of the records of a test; the jobs that have none of them are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from warehouses import undone

from reconcile.settings import Settings
from reconcile.store import Store


@pytest.fixture(autouse=True)
def _jobs_with_records(jobs_with_records: None) -> None:
    pass


@pytest.fixture(scope="session")
def shared(copied: Callable[[Path], Settings], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One warehouse for all of them: to open and close one takes a fifth of a test."""
    with Store(copied(tmp_path_factory.mktemp("decide") / "home")) as opened:
        yield opened


@pytest.fixture
def settings(shared: Store) -> Settings:
    """Settings of the home that they share."""
    return shared.settings


@pytest.fixture
def store(shared: Store) -> Iterator[Store]:
    """The warehouse that they share; what a test does to it is undone."""
    with undone(shared):
        yield shared
