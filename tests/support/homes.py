"""Homes that earlier versions made, and the bytes of a warehouse."""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

import duckdb

HOMES = Path(__file__).parents[1] / "homes"


def unpack(version, folder):
    """The home that a version of the program left: two nights on an invented prefecture, fourteen answers in the second."""
    with tarfile.open(HOMES / f"version_{version}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    return folder


def digest(home):
    return hashlib.sha256((Path(home) / "warehouse.duckdb").read_bytes()).hexdigest()


def change(home, *statements):
    """Do to a warehouse what no program of ours does."""
    with duckdb.connect(str(Path(home) / "warehouse.duckdb")) as connection:
        for statement in statements:
            connection.execute(statement)


def rows(home, query):
    with duckdb.connect(str(Path(home) / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()
