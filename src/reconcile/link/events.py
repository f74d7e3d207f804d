"""Events of the police: whose they are, which birth certificate led to them, and which move-out belongs to which move-in."""

from __future__ import annotations

import polars as pl

from reconcile import engine, query
from reconcile.figures import Counts
from reconcile.settings import Settings
from reconcile.store import Store


def run(store: Store, settings: Settings) -> Counts:
    """Fill ``link.event``, ``link.birth``, ``link.infant_death`` and ``link.move``; persons and ``link.birth_pair`` are there."""
    store.run_file("link/event")
    rules = settings.rules
    with engine.opened(store, settings) as asked:
        births = asked.frame(query.sql("link/birth_candidate"))
        moves = asked.frame(query.sql("link/move_candidate"), longest_days=rules.migration_certificate_days + rules.move_late_days)
    with store.lent(birth_chosen=one_to_one(births, "birth_cert_no", "child_key")):
        store.run_file("link/birth")
    store.replace("link.move", one_to_one(moves, "move_out_id", "move_in_id"))
    return {("rows", table): store.value(f"SELECT count(*) FROM link.{table}") for table in ("event", "birth", "infant_death", "move")}


def one_to_one(pairs: pl.DataFrame, left: str, right: str) -> pl.DataFrame:
    """Choose of pairs that come best first, so that each left and each right is in at most one.

    Each round takes the pairs that are the best of both their ends, which is what taking one after the other would take.
    """
    rest = pairs.with_row_index("place")
    chosen: list[pl.DataFrame] = [rest.clear()]
    while rest.height:
        best = rest.filter((pl.col("place") == pl.col("place").min().over(left)) & (pl.col("place") == pl.col("place").min().over(right)))
        chosen.append(best)
        rest = rest.join(best, on=left, how="anti").join(best, on=right, how="anti")
    return pl.concat(chosen).sort("place").drop("place")
