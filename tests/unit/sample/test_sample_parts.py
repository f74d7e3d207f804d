"""A sample made in parts: one delivery to whoever reads it, in which no part gives what another one gave."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from reconcile import ingest, sample
from reconcile.contract.tables import EXTRACTS
from reconcile.errors import UsageError
from reconcile.sample.places import PARTS, prefecture
from reconcile.sample.prefecture import divided
from reconcile.sample.slips import well_formed
from reconcile.sample.world import IDENTIFIED, KEYS
from reconcile.settings import Settings
from reconcile.store import Store

POPULATION, SIZE, SEED = 9000, 3000, 5
COUNTS = 3
"""Parts of it."""


def made(out: Path) -> Path:
    sample.write(out, POPULATION, SEED, part_size=SIZE)
    return out


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("parts") / "inbox")


@pytest.fixture(scope="module")
def raw(written: Path) -> dict[str, pl.DataFrame]:
    """Extract → what the readers of a night made of the files, each row once."""
    settings = Settings(home=written.parent / "home", inbox=written, as_of=dt.date(2026, 11, 21), threads=1)
    with Store(settings, "run-1") as store:
        ingest.run(store, settings)
        return {
            name: store.execute(f"SELECT * FROM raw.{name}").pl().unique(extract.key[0]).drop_nulls(extract.key[0])
            for name, extract in EXTRACTS.items()
            if name != "verification_result"
        }


def test_two_runs_give_the_same_bytes(written: Path, tmp_path: Path) -> None:
    again = made(tmp_path / "inbox")
    files = {path.relative_to(written) for path in written.rglob("*") if path.is_file()}
    assert files == {path.relative_to(again) for path in again.rglob("*") if path.is_file()}
    for file in files:
        assert (written / file).read_bytes() == (again / file).read_bytes(), file


def test_every_part_is_read(raw: dict[str, pl.DataFrame], written: Path) -> None:
    assert abs(raw["police_resident"].height / POPULATION - 1) < 0.02
    persons = pl.read_csv(written / "persons.csv", infer_schema=False)
    for extract in IDENTIFIED:
        keys = persons.filter(pl.col("record_type") == extract)["record_key"]
        read = set(raw[extract][KEYS[extract]])
        # Rows that break the contract stand at the end of a file, once.
        assert read - set(keys) <= {"RX1", "RX2", "SX1", "SX2", "HX1", "HX2"}
        assert set(keys) <= read
        assert keys.n_unique() == keys.len()
    numbers = persons["person_no"].cast(pl.Int64)
    assert numbers.n_unique() == numbers.max()


def test_the_parts_have_counties_of_their_own(raw: dict[str, pl.DataFrame]) -> None:
    homes = raw["police_resident"]["station_code"].str.slice(0, 4).value_counts()
    assert len(homes) == COUNTS
    assert set(raw["police_resident"]["station_code"]) <= set(raw["station"]["station_code"])
    assert raw["station"]["county_name"].n_unique() == raw["station"]["county_code"].n_unique()


_STATIONED = ("police_resident", "police_birth", "police_death", "police_move_in", "police_move_out")
_ADDRESSED = ("health_death", "civil_cremation")
PLACES = dict.fromkeys(_STATIONED, "station_code") | dict.fromkeys(_ADDRESSED, "registered_address_code")


@pytest.mark.parametrize(
    "column", ["citizen_id", "household_no", "birth_cert_no", "death_cert_no", "permit_no", "certificate_no", "registration_id"]
)
def test_nothing_that_names_a_record_or_a_person_is_in_two_parts(raw: dict[str, pl.DataFrame], column: str) -> None:
    told = [
        raw[extract].select(value=column, part=pl.col(place).str.slice(0, 4))
        for extract, place in PLACES.items()
        if column in raw[extract].columns
    ]
    both = pl.concat(told).drop_nulls().filter(pl.col("part").str.len_chars() == 4, pl.col("value") != "")
    several = both.group_by("value").agg(pl.col("part").n_unique()).filter(pl.col("part") > 1)["value"]
    assert both["value"].n_unique() > 100
    # What a clerk typed for want of a number is no number.
    assert not [value for value in several if column != "citizen_id" or well_formed(value)]


def test_the_truth_is_that_of_all_parts(raw: dict[str, pl.DataFrame], written: Path) -> None:
    of = {key: station[:4] for key, station in raw["police_resident"].select("registration_id", "station_code").iter_rows()}
    for file, kind in (("truth.csv", "finding_type"), ("decoys.csv", "kind")):
        rows = pl.read_csv(written / file, infer_schema=False)
        groups = rows.group_by("group_id").agg(pl.col(kind).n_unique(), "record_key", "record_type")
        assert set(groups[kind]) == {1}
        for extract, keys in rows.group_by("record_type").agg("record_key").iter_rows():
            assert set(keys) <= set(raw[extract][KEYS[extract]]), (file, extract)
        registered = rows.filter(pl.col("record_type") == "police_resident").with_columns(
            part=pl.col("record_key").replace_strict(of, return_dtype=pl.String)
        )
        assert set(registered.group_by("group_id").agg(pl.col("part").n_unique())["part"]) == {1}
        kinds_of_parts = registered.group_by("part").agg(pl.col(kind).n_unique())[kind]
        assert len(kinds_of_parts) == COUNTS
        assert kinds_of_parts.min() >= kinds_of_parts.max() - 2


def test_all_parts_there_can_be_have_codes_that_no_other_has_and_that_were_never_issued() -> None:
    seen: set[str] = set()
    for part in range(PARTS):
        places = prefecture(1_000_000, part)
        own = {*places.counties, *places.outside, *(f"{places.empty}{county:02d}" for county in range(1, 13))}
        assert not own & seen
        assert {code[:2] for code in own} == {"99", "00"}
        assert all(len(code) == 6 for code in own)
        seen |= own


@pytest.mark.parametrize(
    ("population", "sizes"),
    [(2000, [2000]), (1_000_000, [1_000_000]), (1_000_001, [500_001, 500_000]), (2_500_000, [833_334, 833_333, 833_333])],
)
def test_a_population_is_divided_only_above_the_size_of_a_part(population: int, sizes: list[int]) -> None:
    assert divided(population, 1_000_000) == sizes


def test_more_parts_than_have_codes_are_refused(tmp_path: Path) -> None:
    assert len(divided(PARTS * 1_000_000, 1_000_000)) == PARTS
    with pytest.raises(UsageError, match="48000000 persons or fewer"):
        sample.write(tmp_path / "out", PARTS * 1_000_000 + 1, 1)
    assert not (tmp_path / "out").exists()
