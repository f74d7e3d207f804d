"""A home with little in its warehouse, and one that is ready to be published."""

import pytest
from publish_case import House


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path / "home")
    made.load("station", rows=4)
    made.run()
    return made


@pytest.fixture
def ready(house):
    house.load("police_resident")
    house.stage()
    return house
