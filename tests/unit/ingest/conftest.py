from pathlib import Path

import pytest
from inbox_night import Night


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)
