"""The statistics of a good night, and the sample they are of, counted by hand."""

import pytest
from forms_by_hand import Register
from installation import SAMPLE

from reconcile.store import Reader


@pytest.fixture(scope="module")
def by_hand():
    return Register(SAMPLE)


@pytest.fixture(scope="module")
def published(good_night):
    with Reader(good_night.home) as reader:
        yield reader
