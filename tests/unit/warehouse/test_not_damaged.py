"""A database that this account may not open is no damaged one: nobody is sent to restore what is whole."""

import datetime as dt

import duckdb
import pytest
from warehouses import furnished

from reconcile import encryption, opening, preserve
from reconcile.errors import StorageError, WarehouseError
from reconcile.settings import Settings
from reconcile.store import Reader


@pytest.fixture
def settings(tmp_path):
    settings = Settings(home=furnished(tmp_path / "home"), as_of=dt.date(2026, 11, 21), lock_wait=0)
    settings.home.published.mkdir()
    settings.home.latest.write_bytes(settings.home.warehouse.read_bytes())
    return settings


def failing(monkeypatch, told):
    def fail(*_, **__):
        raise duckdb.IOException(told)

    monkeypatch.setattr(encryption, "connect", fail)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Permission denied", "permission denied to"),
        ("Read-only file system", "read-only"),
        ("No space left on device", "the disk is full"),
    ],
)
def test_what_the_system_refuses_is_told_as_such(settings, monkeypatch, told, said):
    failing(monkeypatch, f'IO Error: Cannot open file "{settings.home.warehouse}": {told}')
    for act in (lambda: opening.open_warehouse(settings), lambda: Reader(settings.home), lambda: opening.look(settings)):
        with pytest.raises(StorageError, match=said):
            act()


def test_what_is_no_database_is_damaged(settings, monkeypatch):
    failing(monkeypatch, "IO Error: The file exists, but it is not a valid DuckDB database file!")
    for act in (lambda: opening.open_warehouse(settings), lambda: Reader(settings.home)):
        with pytest.raises(WarehouseError, match="damaged"):
            act()


def test_a_warehouse_that_may_not_be_opened_is_not_replaced(settings, monkeypatch):
    found = type("Found", (), {"as_of": "2026-11-21", "run_id": "20261121-01", "is_intact": lambda _: True})()
    monkeypatch.setattr("reconcile.publication.newest_first", lambda _: [found])
    before = settings.home.warehouse.read_bytes()
    failing(monkeypatch, "IO Error: Permission denied")
    with pytest.raises(StorageError):
        preserve.make_again(settings.home)
    assert settings.home.warehouse.read_bytes() == before
