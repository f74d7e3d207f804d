"""Records of the extracts by their keys, as findings name them."""

from __future__ import annotations

import polars as pl

from reconcile.asked import Readable
from reconcile.contract.tables import EXTRACTS


def among(store: Readable, select: str, key: str, wanted: pl.DataFrame) -> pl.DataFrame:
    """Rows of a query whose key is one of the wanted; the keys travel as a bound list, not as text."""
    return store.frame(f"{select} WHERE {key} IN (SELECT unnest(CAST($keys AS VARCHAR[])))", keys=wanted["record_key"].unique().to_list())


def stations(store: Readable, members: pl.DataFrame) -> pl.DataFrame:
    """Station of each record, from the extracts that have one: ``record_type``, ``record_key``, ``station_code``."""
    parts = [pl.DataFrame(schema={"record_type": pl.String, "record_key": pl.String, "station_code": pl.String})]
    for (record_type,), wanted in members.partition_by("record_type", as_dict=True).items():
        extract = EXTRACTS[str(record_type)]
        station = extract.column_of("station_code")
        if station:
            key = extract.key[0]
            columns = f"'{extract.name}' AS record_type, {key} AS record_key, {station} AS station_code"
            select = f"SELECT {columns} FROM std.{extract.name} AS record"
            parts.append(among(store, select, f"record.{key}", wanted))
    return pl.concat(parts)
