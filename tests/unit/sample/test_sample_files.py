"""The files of a sample: the same bytes for the same seed, each form as announced, nothing issued."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
from pathlib import Path

import polars as pl
import pytest

from reconcile import sample
from reconcile.errors import UsageError

COMMITTED = Path(__file__).parents[3] / "sample_data"
SMALL = 2000


def digests(directory: Path) -> dict[str, str]:
    files = (path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample")
    sample.write(out, SMALL, 3)
    return out


def test_the_same_seed_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    sample.write(tmp_path, SMALL, 3)
    assert digests(tmp_path) == digests(written)


def test_another_seed_gives_other_people(written: Path, tmp_path: Path) -> None:
    sample.write(tmp_path, SMALL, 4)
    ours, theirs = digests(written), digests(tmp_path)
    assert ours.keys() == theirs.keys()
    assert {name for name in ours if ours[name] == theirs[name]} <= {"station_20261121.csv", "profiles/civil_cremation.toml"}


def test_another_business_date_moves_the_delivery(tmp_path: Path) -> None:
    sample.write(tmp_path, SMALL, 3, dt.date(2024, 3, 5))
    assert (tmp_path / "police_birth_20240305.csv").exists()


def test_manifests_tell_the_truth(written: Path) -> None:
    named: set[str] = set()
    for manifest in written.glob("manifest_*.csv"):
        for row in csv.DictReader(manifest.read_text(encoding="utf-8").splitlines()):
            assert hashlib.sha256((written / row["file"]).read_bytes()).hexdigest() == row["sha256"]
            named.add(row["file"])
    others = {"README.md", "truth.csv", "decoys.csv", "persons.csv"}
    assert named == {path.name for path in written.iterdir() if path.is_file() and not path.name.startswith("manifest_")} - others


def test_each_file_has_its_encoding(written: Path) -> None:
    assert (written / "police_birth_20261121.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for name, encoding in (
        ("police_resident_20261121_1.csv", "gb18030"),
        ("health_death_20261121.csv", "gbk"),
        ("civil_cremation_20261121.csv", "gb18030"),
    ):
        raw = (written / name).read_bytes()
        raw.decode(encoding)
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")
    assert gzip.decompress((written / "police_move_in_20261121.csv.gz").read_bytes()).decode("utf-8").startswith("业务流水号,")
    assert (written / "police_death_20261121.txt").read_bytes().decode("gb18030").startswith("YWLSH\tXM\t")


def test_the_register_has_quoted_line_breaks_and_refused_columns(written: Path) -> None:
    with (written / "police_resident_20261121_1.csv").open(encoding="gb18030", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"民族", "文化程度"} <= rows[0].keys()
    assert any("\n" in row["住址"] for row in rows)
    assert all(None not in row for row in rows)


def test_a_population_that_cannot_hold_every_fault_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too small"):
        sample.write(tmp_path / "tiny", 300, 1)
    assert not (tmp_path / "tiny").exists()


def test_a_file_in_the_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(UsageError):
        sample.write(tmp_path / "out", SMALL, 1)


def test_the_committed_sample_is_what_the_generator_writes(tmp_path: Path) -> None:
    sample.write(tmp_path, 6000, 20261121)
    for name in ("truth.csv", "decoys.csv", "persons.csv", "police_resident_20261121_1.csv", "README.md"):
        assert (tmp_path / name).read_bytes() == (COMMITTED / name).read_bytes(), f"{name} is stale: write sample_data again"
    assert sum(path.stat().st_size for path in COMMITTED.rglob("*") if path.is_file()) < 5_000_000


def test_no_committed_number_was_ever_issued() -> None:
    register = pl.concat(
        pl.read_csv(path, encoding="gb18030", infer_schema=False) for path in sorted(COMMITTED.glob("police_resident_*.csv"))
    )
    numbers = register.select("公民身份号码", "父亲公民身份号码", "母亲公民身份号码", "配偶公民身份号码").unpivot()["value"].drop_nulls()
    shaped = numbers.str.strip_chars("'").filter(numbers.str.strip_chars("'").str.contains(r"^\d{17}[\dXx]$"))
    assert set(shaped.str.slice(0, 2)) <= {"99", "00", "11"}
    assert set(shaped.filter(shaped.str.starts_with("11"))) <= {"1" * 18}
