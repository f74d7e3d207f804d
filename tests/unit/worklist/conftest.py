"""The hand-made warehouse of ``worklist_case``, opened for writing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from warehouses import furnished
from worklist_case import AS_OF, fill

from reconcile.settings import Settings
from reconcile.store import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=furnished(tmp_path / "home"), as_of=AS_OF)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store(settings) as opened:
        fill(opened)
        yield opened
