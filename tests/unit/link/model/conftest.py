"""Homes without a model: how one is trained is what is tested here."""

import pytest


@pytest.fixture(autouse=True)
def _first_night(without_model: None) -> None:
    pass
