"""One row per key: the later delivery supersedes, unless it is about another person (CONTRACT §2, reading 14)."""

from __future__ import annotations

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


def _repeated(store: Store, extract: type[Extract]) -> pl.DataFrame:
    """Rows of ``std.<extract>`` whose key occurs more than once, in order of delivery."""
    key = ", ".join(extract.key)
    on_key = " AND ".join(f"row.{column} = repeated.{column}" for column in extract.key)
    found = store.frame(
        f"""
        WITH repeated AS (SELECT {key} FROM std.{extract.name} GROUP BY {key} HAVING count(*) > 1)
        SELECT row.*, load.delivered_on
        FROM std.{extract.name} AS row
        INNER JOIN repeated ON {on_key}
        LEFT JOIN ops.load AS load ON row._load_id = load.load_id
        ORDER BY load.delivered_on NULLS FIRST, row._load_id, row._line
        """
    )
    content = [name for name, _, _ in extract.std_columns()]
    return found.with_columns(pl.struct(content).hash(seed=0).alias("_content")).select(*extract.key, *_signs(extract), "_content", *_PLACE)


def supersede(store: Store, extract: type[Extract]) -> tuple[int, int]:
    """Leave one row per key in ``std.<extract>``; rows about somebody else become rejects.

    Returns:
        Number of superseded and of collided rows.

    """
    rows = _repeated(store, extract)
    if rows.is_empty():
        return 0, 0
    settled = settle(rows, list(extract.key), _signs(extract))
    store.execute("CREATE OR REPLACE TEMPORARY TABLE leaving (_load_id BIGINT, _line BIGINT, decision VARCHAR)")
    leaving = settled.filter(pl.col("decision") != "kept").select(*_PLACE, "decision")
    store.insert("leaving", leaving)
    same = "leaving._load_id = row._load_id AND leaving._line = row._line"
    raw = store.frame(f"SELECT row.* FROM raw.{extract.name} AS row INNER JOIN leaving ON {same} WHERE leaving.decision = 'collided'")
    store.insert("ops.reject", table.rejects(raw, extract, extract.key[0], pl.lit(COLLISION), pl.lit("row")))
    store.execute(f"DELETE FROM std.{extract.name} AS row WHERE EXISTS (SELECT 1 FROM leaving WHERE {same})")
    store.execute("DROP TABLE leaving")
    collided = leaving.filter(pl.col("decision") == "collided").height
    return leaving.height - collided, collided
