"""How often two people share a value by chance, counted in the register: a name in a decade of birth, a relative's name, a home."""

from __future__ import annotations

import polars as pl

from reconcile.link import bearers
from reconcile.link.fields.level import FREQUENCIES, frequency
from reconcile.store import Store


def shares(store: Store) -> pl.DataFrame:
    """Per scope of ``bearers.SCOPES`` and frequency level.

    ``one`` is the share of registrations with such a value, ``chance`` the probability that two registrations (born in one decade, where
    that is counted) share one.
    """
    spread = store.frame("SELECT scope, decade, bearers, how_many FROM link.value_spread ORDER BY scope, decade, bearers")
    return pl.concat(
        [_shares(spread.filter(pl.col("scope") == scope)).select(pl.lit(scope).alias("scope"), pl.all()) for scope in bearers.SCOPES]
    )


def _shares(values: pl.DataFrame) -> pl.DataFrame:
    bearing = values.with_columns(borne=(pl.col("bearers") * pl.col("how_many")).cast(pl.Float64))
    bearing = bearing.with_columns(of_decade=pl.col("borne").sum().over("decade"))
    total = max(float(bearing["borne"].sum()), 2.0)
    chance = pl.col("borne") * (pl.col("bearers") - 1) / (pl.col("of_decade") - 1).clip(1) / total
    counted = bearing.group_by(frequency().cast(pl.String).alias("frequency")).agg(
        one=pl.col("borne").sort_by("decade", "bearers").sum() / total, chance=chance.sort_by("decade", "bearers").sum()
    )
    levels = pl.DataFrame({"frequency": [level for level, _ in FREQUENCIES]})
    known = levels.join(counted, on="frequency", how="left", maintain_order="left")
    # Half a shared value keeps a level possible that a small register does not show.
    known = known.with_columns(pl.col("one").fill_null(0.0).clip(0.001), pl.col("chance").fill_null(0.0) + 0.5 / total**2)
    # A more common value is never the stronger evidence, also where nobody bears one.
    return known.with_columns(chance=pl.col("one") * (pl.col("chance") / pl.col("one")).cum_max())
