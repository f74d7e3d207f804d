from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from raw_rows import Warehouse

Reader = Callable[[pl.LazyFrame], pl.LazyFrame]
Rows = list[tuple[object, ...]]


@pytest.fixture(scope="session")
def read() -> Callable[..., Rows]:
    """Apply a reader to texts; rows of the named columns."""

    def apply(reader: Reader, texts: list[str | None], *columns: str) -> Rows:
        return reader(pl.LazyFrame({"text": texts}, schema={"text": pl.String})).collect().select(columns).rows()

    return apply


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "home")
