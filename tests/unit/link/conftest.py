"""A small register written straight into ``std``: each test states only what matters to it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
import records
from warehouses import furnished

from reconcile import link
from reconcile.asked import Compute
from reconcile.figures import Counts
from reconcile.link import pairing
from reconcile.link.jobs import JOBS
from reconcile.link.model.file import Model
from reconcile.settings import Settings
from reconcile.standardise.names import former_names_key, name_key
from reconcile.store import Store

PEOPLE: dict[str, dict[str, object]] = {
    "police_resident": records.of("police_resident", "station_code", sex="2", birth_date="1980-05-17", citizen_id=None, name=None),
    "health_death": {"sex": "2", "birth_date": "1980-05-17", "death_date": "2026-03-01", "voided": False, "citizen_id": None},
    "health_birth": records.of("health_birth", "sex birth_date issued_on", birth_order=1, voided=False),
    "police_birth": records.of("police_birth", "sex birth_date registered_on station_code", reversed=False),
    "police_move_out": records.of("police_move_out", name="尹英梅", reversed=False),
    "police_move_in": records.of("police_move_in", name="尹英梅", reversed=False),
    "civil_cremation": {"sex": "2", "birth_date": "1980-05-17", "death_date": "2026-03-01", "citizen_id": None},
}
"""A woman of whom only sex and birth date are known, so that what links two records is what the test says; her death, children, moves."""


def _night(home: Path) -> Settings:
    return Settings(home=home, as_of=dt.date(2026, 11, 21), threads=1)


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which a night linked nobody, with a model trained on two strangers and a death."""
    elsewhere, settings = (_night(furnished(tmp_path_factory.mktemp("link") / "home")) for _ in range(2))
    with Store(elsewhere) as store:
        add = _adding(store)
        add("police_resident", {"registration_id": "R1", "name": "尹英梅"}, {"registration_id": "R2", "name": "王文福", "sex": "1"})
        add("health_death", {"death_cert_no": "H1", "name": "石秀", "birth_date": "1951-12-30"})
        _, model = pairing.learn(store, elsewhere)
    with Store(settings) as store:
        shutil.copytree(model.parent, settings.home.models)
        link.run(store, settings)
    return settings.home.root


@pytest.fixture(scope="session")
def copied(before: Path) -> Callable[[Path], Settings]:
    """Settings of a copy of that home: to train a model takes as long as all else in a night of a few records."""
    return lambda home: _night(shutil.copytree(before, home))


@pytest.fixture
def settings(tmp_path: Path, copied: Callable[[Path], Settings]) -> Settings:
    """Settings of a copy of its own."""
    return copied(tmp_path / "home")


@pytest.fixture
def without_model(settings: Settings) -> None:
    """The first night of its home: it trains on the records of the test."""
    shutil.rmtree(settings.home.models)


@pytest.fixture
def jobs_with_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """A night with a model leaves out the jobs that have no record on one side: they find no pair, and take as long as the others."""
    run = pairing.run

    def of_those(store: Store, asked: Compute, settings: Settings, chosen: Model | None) -> Counts:
        there = set(store.frame("SELECT DISTINCT record_type FROM numbered_record")["record_type"])
        with monkeypatch.context() as patch:
            if chosen is not None:
                met = [job for job in JOBS if there & set(job.left) and there & set(job.right)]
                patch.setattr(pairing, "JOBS", met or JOBS[:1])
            return run(store, asked, settings, chosen)

    monkeypatch.setattr(pairing, "run", of_those)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store(settings) as opened:
        yield opened


def _typed(rows: list[dict[str, object]]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, infer_schema_length=None)
    dates = [column for column in frame.columns if column.endswith(("_date", "_on"))]
    names = [column for column in frame.columns if column in ("name", "child_name", "father_name", "mother_name", "spouse_name")]
    addresses = [column for column in frame.columns if column in ("address_text", "registered_address_text", "mother_address_text")]
    frame = frame.with_columns(pl.col(column).cast(pl.String).str.to_date("%Y-%m-%d", strict=False) for column in dates)
    frame = frame.with_columns(name_key(pl.col(column).cast(pl.String)).alias(f"{column}_key") for column in names)
    frame = frame.with_columns(pl.col(column).alias(f"{column}_key") for column in addresses)
    if "former_names" in frame.columns:
        frame = frame.with_columns(former_names_key(pl.col("former_names").cast(pl.String)).alias("former_names_key"))
    if "citizen_id" in frame.columns and "citizen_id_state" not in frame.columns:
        state = pl.when(pl.col("citizen_id").is_null()).then(pl.lit("missing")).otherwise(pl.lit("valid"))
        frame = frame.with_columns(citizen_id_state=state)
    return frame


Add = Callable[..., None]


def _adding(store: Store) -> Add:

    def insert(extract: str, *rows: dict[str, object]) -> None:
        full = [PEOPLE.get(extract, {}) | row for row in rows]
        columns = dict.fromkeys(column for row in full for column in row)
        store.insert(f"std.{extract}", _typed([{column: row.get(column) for column in columns} for row in full]))

    return insert


@pytest.fixture(scope="session")
def adding() -> Callable[[Store], Add]:
    """``add`` of a warehouse."""
    return _adding


@pytest.fixture
def add(store: Store) -> Add:
    """``add(extract, row, row, …)``: a person's sensible defaults, replaced by what the row says."""
    return _adding(store)
