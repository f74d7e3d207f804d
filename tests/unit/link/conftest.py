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

from reconcile.link import pairing
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
    return Settings(home=furnished(home), as_of=dt.date(2026, 11, 21), threads=1)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """File of a model trained on two strangers and a death: to train takes as long as all else in a night of a few records."""
    settings = _night(tmp_path_factory.mktemp("model") / "home")
    with Store(settings) as store:
        add = adding(store)
        add("police_resident", {"registration_id": "R1", "name": "尹英梅"}, {"registration_id": "R2", "name": "王文福", "sex": "1"})
        add("health_death", {"death_cert_no": "H1", "name": "石秀", "birth_date": "1951-12-30"})
        return pairing.learn(store, settings)[1]


@pytest.fixture
def settings(tmp_path: Path, model: Path) -> Settings:
    """Settings of a home with that model, as every night but the first has one."""
    made = _night(tmp_path / "home")
    made.home.models.mkdir()
    shutil.copy(model, made.home.models)
    return made


@pytest.fixture
def without_model(settings: Settings) -> None:
    """The first night of its home: it trains on the records of the test."""
    shutil.rmtree(settings.home.models)


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


def adding(store: Store) -> Add:
    """``add(extract, row, row, …)`` into a warehouse: a person's sensible defaults, replaced by what the row says."""

    def insert(extract: str, *rows: dict[str, object]) -> None:
        full = [PEOPLE.get(extract, {}) | row for row in rows]
        columns = dict.fromkeys(column for row in full for column in row)
        store.insert(f"std.{extract}", _typed([{column: row.get(column) for column in columns} for row in full]))

    return insert


@pytest.fixture
def add(store: Store) -> Add:
    return adding(store)
