"""What is known of persons: deaths, relocations, events of the police with the certificates and moves they belong to, signs of life."""

from __future__ import annotations

import polars as pl

from reconcile import query
from reconcile.asked import Compute
from reconcile.figures import Counts
from reconcile.link.jobs import DEATH, RELOCATION
from reconcile.settings import Settings
from reconcile.store import Store


def run(store: Store, asked: Compute, settings: Settings) -> Counts:
    """Fill the tables of deaths, relocations, events, births, moves and activity; persons and the pair tables are there."""
    asked.run_file("link/police_death")
    asked.run_file("link/relocation", bits_ahead=settings.costs.bits_ahead(RELOCATION.name))
    asked.run_file("link/death_bond")
    asked.run_file("link/death", bits_ahead=settings.costs.bits_ahead(DEATH.name), infant_years=settings.rules.infant_years)
    asked.run_file("link/police_death_source")
    asked.run_file("link/event")
    births = asked.frame(query.sql("link/birth_candidate"))
    with store.lent(birth_chosen=one_to_one(births, "birth_cert_no", "child_key")):
        asked.run_file("link/birth")
    rules = settings.rules
    moves = asked.frame(query.sql("link/move_candidate"), longest_days=rules.migration_certificate_days + rules.move_late_days)
    store.replace("link.move", one_to_one(moves, "move_out_id", "move_in_id"))
    asked.run_file("link/activity")
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
