"""Events of the police: whose they are, which birth certificate led to them, and which move-out belongs to which move-in."""

from __future__ import annotations

import polars as pl

from reconcile.figures import Counts
from reconcile.settings import Settings
from reconcile.store import Store


def run(store: Store, settings: Settings) -> Counts:
    """Fill ``link.event``, ``link.birth``, ``link.infant_death`` and ``link.move``; persons and ``link.birth_pair`` are there."""
    store.run_file("link/event")
    store.run_file("link/birth_candidate")
    births = one_to_one(store.frame("SELECT birth_cert_no, child_key, place FROM birth_candidate"), "birth_cert_no", "child_key")
    with store.lent(birth_chosen=births):
        store.run_file("link/birth")
    rules = settings.rules
    store.run_file("link/move_candidate", longest_days=rules.migration_certificate_days + rules.move_late_days)
    moves = one_to_one(store.frame("SELECT move_out_id, move_in_id, how, tier, place FROM move_candidate"), "move_out_id", "move_in_id")
    store.replace("link.move", moves.drop("place"))
    store.execute("DROP TABLE move_candidate")
    return {("rows", table): store.value(f"SELECT count(*) FROM link.{table}") for table in ("event", "birth", "infant_death", "move")}


def one_to_one(pairs: pl.DataFrame, left: str, right: str) -> pl.DataFrame:
    """Choose pairs best first (lowest ``place``, which no two share), so that each left and each right is in at most one.

    Each round takes the pairs that are the best of both their ends, which is what taking one after the other would take.
    """
    chosen: list[pl.DataFrame] = [pairs.clear()]
    rest = pairs
    while rest.height:
        best = rest.filter((pl.col("place") == pl.col("place").min().over(left)) & (pl.col("place") == pl.col("place").min().over(right)))
        chosen.append(best)
        rest = rest.join(best, on=left, how="anti").join(best, on=right, how="anti")
    return pl.concat(chosen).sort("place")
