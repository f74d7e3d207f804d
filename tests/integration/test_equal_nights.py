"""A night that keeps what it can gives the tables of one that makes everything anew: the long one is ``python bench/equal.py``."""

import shutil
from pathlib import Path

import duckdb
import pytest

from bench.equal import Twins, differences
from reconcile.home import Home


@pytest.fixture(scope="module")
def twins(good_night, tmp_path_factory):
    folder = tmp_path_factory.mktemp("equal")
    shutil.copytree(good_night.inbox, folder / "inbox")
    return Twins(folder / "inbox", Path(good_night.home), folder, seed=12)


def reused(home: Path) -> dict[str, float]:
    """Rows that the newest run kept, by stage."""
    with duckdb.connect(str(Home(home).warehouse), read_only=True) as connection:
        newest = "(SELECT max(run_id) FROM ops.metric)"
        kept = f"SELECT stage, sum(value) FROM ops.metric WHERE name = 'reused' AND run_id = {newest} GROUP BY stage"
        return dict(connection.execute(kept).fetchall())


def test_rows_change_and_come_again_a_name_becomes_common_and_stations_answer(twins):
    assert twins.night("rows", "events", "common", "answers") == []
    assert reused(twins.kept)["standardise"] > 5000
    assert "link" not in reused(twins.kept)
    assert reused(twins.full) == {}


def test_nothing_is_delivered(twins):
    assert twins.night("nothing") == []
    assert reused(twins.kept)["link"] > 10_000


def test_one_row_is_told_apart(twins, tmp_path):
    """The comparison itself notices one changed value."""
    other = tmp_path / "warehouse.duckdb"
    shutil.copy(Home(twins.kept).warehouse, other)
    with duckdb.connect(str(other)) as connection:
        connection.execute("UPDATE link.person SET person_id = 'X' WHERE registration_id = (SELECT min(registration_id) FROM link.person)")
    assert differences(other, Home(twins.full).warehouse) == ["link.person: 1 rows only where kept, 1 only where all is new"]
