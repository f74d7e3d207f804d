"""What a night will need is reckoned from what is delivered, and stops it only where it cannot end."""

import shutil

import pytest

from reconcile import forecast
from reconcile.errors import StorageError
from reconcile.home import Home

MB, GB = 2**20, 10**9


def tonight(home, new, *, free=10**12, total=64 * GB, limit="4GB"):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forecast.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(0, 0, free))
        patch.setattr(forecast, "total_memory", lambda: total)
        return forecast.of(Home(home), new, limit)


@pytest.mark.parametrize(("delivered_mb", "disk_mb", "memory_mb"), [(12, 111, 947), (249, 774, 3171)])
def test_it_holds_for_nights_that_were_measured(tmp_path, delivered_mb, disk_mb, memory_mb):
    """First nights of 50,000 and 1,000,000 registrations: not less than they took, and less than twice that."""
    found = tonight(tmp_path, delivered_mb * MB)
    assert disk_mb <= found.disk / MB < 2 * disk_mb
    assert memory_mb * 0.95 <= found.memory / MB < 2 * memory_mb


def test_what_duckdb_may_hold_bounds_memory_and_does_not_bound_disk(tmp_path):
    small, large = (tonight(tmp_path, 10 * GB, limit=limit) for limit in ("1GB", "8GB"))
    assert large.memory - small.memory == 7 * GB
    assert small.disk == large.disk
    assert small.least_memory == large.least_memory <= small.memory


def test_a_night_is_stopped_only_where_not_half_of_the_disk_is_there(tmp_path):
    needed = tonight(tmp_path, GB).disk
    tonight(tmp_path, GB, free=needed // 2).check(Home(tmp_path))
    with pytest.raises(StorageError, match=r"needs about [\d,]+ MB of disk \([\d,]+ free\).*Make room"):
        tonight(tmp_path, GB, free=needed // 2 - MB).check(Home(tmp_path))


def test_a_night_is_stopped_where_spilling_does_not_help(tmp_path):
    found = tonight(tmp_path, GB)
    tonight(tmp_path, GB, total=found.least_memory).check(Home(tmp_path))
    with pytest.raises(StorageError, match=r"GB of memory.*does not end"):
        tonight(tmp_path, GB, total=found.least_memory - 1).check(Home(tmp_path))
    tonight(tmp_path, GB, total=None).check(Home(tmp_path))


def test_packed_files_count_as_the_text_they_hold(tmp_path):
    for name in ("a.csv", "b.parquet", "c.csv.gz", "d.XLSX"):
        (tmp_path / name).write_bytes(bytes(100))
    assert forecast.text_size(tmp_path.iterdir()) == 100 + 400 + 600 + 600


@pytest.mark.parametrize(("text", "size"), [("4GB", 4 * GB), ("1.5GiB", 3 * 2**29), ("500 mb", 500 * 10**6), ("80%", None), ("", None)])
def test_limits_as_duckdb_writes_them(text, size):
    assert forecast.limit_bytes(text) == size
