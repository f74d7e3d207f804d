"""The desk of ``return_desk``, opened for writing."""

from __future__ import annotations

import pytest
from return_desk import Desk, fill

from reconcile.store import Store


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "home", tmp_path / "returned")
    with Store(made.settings, "20261121-01") as store:
        fill(store)
        made.store = store
        yield made
