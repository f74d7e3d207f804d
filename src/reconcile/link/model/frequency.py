"""How often two people share a value by chance, counted in the register: a name in a decade of birth, a relative's name anywhere."""

from __future__ import annotations

import polars as pl

from reconcile import query
from reconcile.link.fields.level import FREQUENCIES, frequency
from reconcile.store import Store

SCOPES = (("name", True), ("kin", False))
"""Population of a shared value, and whether those born in one decade are counted among themselves."""


def shares(store: Store) -> pl.DataFrame:
    """Per scope (``name``: within a decade of birth, ``kin``: in the whole register) and frequency level.

    ``one`` is the share of registrations with such a value, ``chance`` the probability that two registrations share one.
    """
    return pl.concat(
        [
            _shares(store.frame(query.sql("link/name_share"), by_decade=by_decade)).select(pl.lit(scope).alias("scope"), pl.all())
            for scope, by_decade in SCOPES
        ]
    )


def _shares(names: pl.DataFrame) -> pl.DataFrame:
    bearing = names.with_columns(borne=(pl.col("bearers") * pl.col("names")).cast(pl.Float64))
    bearing = bearing.with_columns(of_decade=pl.col("borne").sum().over("decade"))
    total = max(float(bearing["borne"].sum()), 2.0)
    chance = pl.col("borne") * (pl.col("bearers") - 1) / (pl.col("of_decade") - 1).clip(1) / total
    counted = bearing.group_by(frequency().cast(pl.String).alias("frequency")).agg(
        one=pl.col("borne").sort_by("decade", "bearers").sum() / total, chance=chance.sort_by("decade", "bearers").sum()
    )
    levels = pl.DataFrame({"frequency": [level for level, _ in FREQUENCIES]})
    known = levels.join(counted, on="frequency", how="left", maintain_order="left")
    # Half a shared name keeps a level possible that a small register does not show.
    known = known.with_columns(pl.col("one").fill_null(0.0).clip(0.001), pl.col("chance").fill_null(0.0) + 0.5 / total**2)
    # A more common name is never the stronger evidence, also where nobody bears one.
    return known.with_columns(chance=pl.col("one") * (pl.col("chance") / pl.col("one")).cum_max())
