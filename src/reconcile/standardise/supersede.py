"""One row per key: the later delivery supersedes, unless it is about another person (CONTRACT §2, reading 14)."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from reconcile.contract.columns import Kind
from reconcile.contract.tables import Extract
from reconcile.standardise import table
from reconcile.store import Store

COLLISION = "key_collision"
"""Rule of a row whose key stands on a row about somebody else."""

_PLACE = ("_load_id", "_line")


def _signs(extract: type[Extract]) -> list[str]:
    """Columns of ``std`` that say which person a row is about; agreement on one of them is enough."""
    return [f"{name}_key" if extract.fields[name].column.kind is Kind.NAME else name for name in extract.told_by()]


def settle(rows: pl.DataFrame, key: list[str], signs: list[str]) -> pl.DataFrame:
    """Decide rows that share keys, in the order they stand.

    Args:
        rows: columns ``key``, ``signs`` and ``_content`` (equal for rows that say the same), sorted by time of delivery.
        key: columns of the key.
        signs: columns that say who a row is about; without any, the later row always supersedes.

    Returns:
        ``rows`` with ``decision``: ``kept``, ``superseded`` or ``collided``.

    """
    rows = rows.with_row_index("_row").with_columns(pl.int_range(pl.len()).over(key).alias("_turn"))
    held = rows.filter(pl.col("_turn") == 0)
    collided: list[pl.DataFrame] = []
    # One round per repetition, not per row: in each, every key that has another row meets it at once.
    for turn in range(1, int(str(rows["_turn"].max() or 0)) + 1):
        met = rows.filter(pl.col("_turn") == turn).join(held, on=key, suffix=":held")
        agrees = pl.any_horizontal(pl.col(name) == pl.col(f"{name}:held") for name in ["_content", *signs]).fill_null(value=False)
        agrees = agrees if signs else pl.lit(value=True)
        later = met.filter(agrees).select(rows.columns)
        collided.append(met.filter(~agrees).select("_row"))
        held = pl.concat([held.join(later, on=key, how="anti"), later])
    lost = pl.concat([held.select("_row").clear(), *collided])["_row"]
    decision = pl.when(pl.col("_row").is_in(held["_row"].implode())).then(pl.lit("kept"))
    decision = decision.when(pl.col("_row").is_in(lost.implode())).then(pl.lit("collided")).otherwise(pl.lit("superseded"))
    return rows.with_columns(decision.alias("decision")).drop("_row", "_turn")


def places(store: Store, extract: type[Extract], keys: Iterator[pl.DataFrame]) -> pl.DataFrame:
    """Places (_load_id, _line) of the rows whose key occurs more than once, among those of ``std.<extract>`` and those that are to come.

    Args:
        store: the warehouse, in a transaction.
        extract: whose rows they are.
        keys: key and place of the rows that are to come (``table.keys``).

    """
    key = ", ".join(extract.key)
    store.execute(f"CREATE OR REPLACE TEMP TABLE key_place AS SELECT {key}, {', '.join(_PLACE)} FROM std.{extract.name}")
    store.insert_frames("key_place", keys)
    found = store.frame(f"""
        SELECT {", ".join(_PLACE)} FROM key_place
        SEMI JOIN (SELECT {key} FROM key_place GROUP BY {key} HAVING count(*) > 1) AS repeated USING ({key})""")
    store.execute("DROP TABLE key_place")
    return found


def supersede(store: Store, extract: type[Extract], repeated: pl.DataFrame, coming: pl.DataFrame) -> tuple[int, int]:
    """Put one row per key into ``std.<extract>``; rows about somebody else become rejects.

    Rows that go never come in: a single row deleted that was inserted in the same transaction makes DuckDB 1.5 write all of them again when
    it commits.

    Args:
        store: the warehouse, in a transaction.
        extract: whose rows they are.
        repeated: places of rows whose key occurs more than once (``places``).
        coming: those of them that are not in ``std.<extract>`` yet.

    Returns:
        Number of superseded and of collided rows.

    """
    if repeated.is_empty():
        return 0, 0
    with store.lent(repeated=repeated):
        same = "(SELECT 1 FROM repeated WHERE repeated._load_id = row._load_id AND repeated._line = row._line)"
        standing = store.frame(f"SELECT * FROM std.{extract.name} AS row WHERE EXISTS {same}")
        store.execute(f"DELETE FROM std.{extract.name} AS row WHERE EXISTS {same}")
    rows = pl.concat([standing, coming.select(standing.columns)], how="vertical_relaxed")
    decided = rows.select(_PLACE).hstack(_decided(store, extract, rows))
    store.insert(f"std.{extract.name}", rows.filter(decided["decision"] == "kept"))
    collided = decided.filter(decision="collided").select(_PLACE)
    with store.lent(collided=collided):
        raw = store.frame(f"SELECT row.* FROM raw.{extract.name} AS row SEMI JOIN collided USING ({', '.join(_PLACE)})")
    store.insert("ops.reject", table.rejects(raw, extract, extract.key[0], pl.lit(COLLISION), pl.lit("row")))
    return decided.filter(decision="superseded").height, collided.height


def _decided(store: Store, extract: type[Extract], rows: pl.DataFrame) -> pl.DataFrame:
    """Decision on each row, in the order of ``rows``; they are held against each other in the order they were delivered in."""
    content = pl.struct([name for name, _, _ in extract.std_columns()]).hash(seed=0)
    told = rows.select(*extract.key, *_signs(extract), *_PLACE, _content=content).with_row_index("_given")
    delivered = store.frame("SELECT load_id AS _load_id, delivered_on AS _delivered_on FROM ops.load")
    in_order = told.join(delivered, on="_load_id", how="left").sort("_delivered_on", *_PLACE, nulls_last=False)
    return settle(in_order, list(extract.key), _signs(extract)).sort("_given").select("decision")
