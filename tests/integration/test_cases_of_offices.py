"""One night with files as offices leave them: fillers, tokens of exporting programs, odd names and days, workbooks of other kinds."""

import shutil

import odd_files
import pytest
from installation import SAMPLE, Installation

from reconcile.store import Reader

FOUND = """
SELECT finding.tier, list_sort(list(subject.record_key)) AS keys
FROM find.finding AS finding
INNER JOIN find.subject AS subject ON finding.finding_id = subject.finding_id
WHERE finding.finding_type = $finding_type
GROUP BY finding.finding_id, finding.tier
"""


@pytest.fixture(scope="module")
def night(good_night, tmp_path_factory):
    folder = tmp_path_factory.mktemp("offices")
    shutil.copytree(SAMPLE, folder / "inbox")
    for manifest in (folder / "inbox").glob("manifest_*.csv"):
        manifest.unlink()
    odd_files.deliver(folder / "inbox")
    made = Installation(folder / "inbox", folder / "home")
    made.take_over_models(good_night)
    assert made.run() == 0
    with Reader(made.home) as reader:
        yield reader


def found(night, finding_type, prefix):
    """Tier of each finding that concerns records whose key begins so."""
    rows = night.frame(FOUND, finding_type=finding_type).rows()
    return {key: tier for tier, keys in rows for key in keys if key.startswith(prefix)}


def test_no_row_is_lost_on_the_way(night):
    odd = "file IN ('police_resident_20261121_3.csv', 'health_death_20261121_2.csv') OR file LIKE 'health_birth_20261121__.xlsx'"
    assert night.frame(f"SELECT file, line, rule FROM ops.reject WHERE severity = 'row' AND ({odd})").rows() == []


def test_a_filler_in_two_addresses_makes_no_dead_of_a_living_namesake(night):
    assert set(found(night, "death_not_cancelled", "AR").values()) <= {"D"}


def test_a_filler_that_two_namesakes_share_makes_no_duplicate(night):
    assert set(found(night, "duplicate_registration", "K").values()) <= {"D"}


def test_a_token_in_the_place_of_a_number_is_a_number_missing(night):
    assert found(night, "number_invalid", "T") == {}


def test_a_name_written_otherwise_is_the_same_name(night):
    _, dead = odd_files.names_written_otherwise()
    assert found(night, "death_not_cancelled", "NR") == {f"NR{no:02}": "A" for no in range(len(dead))}
    assert found(night, "detail_conflict", "NR") == {}


@pytest.mark.parametrize(
    ("table", "column", "key", "rows"),
    [
        ("health_death", "death_date", "M", len(odd_files.MOMENTS)),
        ("health_death", "death_date", "P", 1),
        ("health_birth", "birth_date", "Z99Y", 3),
        ("health_birth", "birth_date", "Z99S", 3),
        ("health_birth", "birth_date", "Z99B", 3),
    ],
    ids=["moments as text", "moments in Parquet", "1904", "43 seconds", "column B"],
)
def test_the_day_meant_is_read(night, table, column, key, rows):
    own_key = {"health_death": "death_cert_no", "health_birth": "birth_cert_no"}[table]
    days = night.frame(f"SELECT {column} FROM std.{table} WHERE regexp_matches({own_key}, '^{key}[0-9]')")[column].to_list()
    assert days == [odd_files.DAY] * rows


def test_clocks_that_are_all_equal_and_near_midnight_are_counted(night):
    counted = night.frame("SELECT subject, value FROM ops.metric WHERE name = 'equal_clocks'").rows()
    assert counted == [("health_birth_20261121_3.xlsx birth_date 23:59:17", 3)]
