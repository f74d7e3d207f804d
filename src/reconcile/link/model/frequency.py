"""How often two people share a value by chance, counted in the register: a name in a decade of birth, a relative's name, a home."""

from __future__ import annotations

from functools import cached_property

import polars as pl

from reconcile.asked import Compute
from reconcile.link import bearers
from reconcile.link.fields.level import FREQUENCIES, frequency


class Chance:
    """What is shared by chance in the register at hand, counted once for all jobs that a night trains."""

    def __init__(self, asked: Compute) -> None:
        """Count where compute queries are answered, when first asked."""
        self._asked = asked

    @cached_property
    def shares(self) -> pl.DataFrame:
        """As ``shares`` gives it."""
        return shares(self._asked)

    @cached_property
    def parents(self) -> pl.DataFrame:
        """As ``parents`` gives it."""
        return parents(self._asked)


def shares(asked: Compute) -> pl.DataFrame:
    """Per scope of ``bearers.SCOPES`` and frequency level.

    ``one`` is the share of registrations with such a value, ``chance`` the probability that two registrations (born in one decade, where
    that is counted) share one.
    """
    spread = asked.frame("SELECT scope, decade, bearers, how_many FROM link.value_spread ORDER BY scope, decade, bearers")
    return pl.concat(
        [_shares(spread.filter(pl.col("scope") == scope)).select(pl.lit(scope).alias("scope"), pl.all()) for scope in bearers.SCOPES]
    )


def parents(asked: Compute) -> pl.DataFrame:
    """How often two people of one decade and one surname have parents of one name who are not the same: by chance.

    Who shares a name and a birth date by chance shares the surname, and so do the fathers. Columns field, frequency, pairs (of people
    who name a parent) and shared (of those, with one name of a value of that frequency); parents with a number are counted by it.
    """
    return pl.concat([_of_parent(asked, parent) for parent in ("father", "mother")])


def _of_parent(asked: Compute, parent: str) -> pl.DataFrame:
    found = asked.frame(
        f"""
        WITH named AS (
            SELECT
                year(birth_date) // 10 AS decade,
                left(name_key, 1) AS surname,
                {parent}_name_key AS value,
                count(DISTINCT coalesce({parent}_id, record_key)) AS parents
            FROM numbered_record
            WHERE
                record_type = 'police_resident'
                AND birth_date IS NOT NULL AND name_key IS NOT NULL AND {parent}_name_key IS NOT NULL
            GROUP BY year(birth_date) // 10, left(name_key, 1), {parent}_name_key),
        everybody AS (
            SELECT sum(parents * (parents - 1)) AS pairs
            FROM (SELECT sum(parents) AS parents FROM named GROUP BY decade, surname))
        SELECT
            coalesce(frequency.bearers, 0) AS bearers,
            sum(named.parents * (named.parents - 1)) AS shared,
            max(everybody.pairs) AS pairs
        FROM named CROSS JOIN everybody
        LEFT JOIN link.value_frequency AS frequency
            ON frequency.scope = $scope AND frequency.decade IS NULL AND named.value = frequency.value
        GROUP BY coalesce(frequency.bearers, 0) ORDER BY bearers""",
        scope=parent,
    )
    by_bin = found.group_by(frequency().cast(pl.String).alias("frequency")).agg(pl.col("shared").cast(pl.Float64).sort_by("bearers").sum())
    total = float(found["pairs"][0] or 0) if found.height else 0.0
    levels = pl.DataFrame({"field": parent, "frequency": [level for level, _ in FREQUENCIES], "pairs": total})
    return levels.join(by_bin, on="frequency", how="left", maintain_order="left").with_columns(pl.col("shared").fill_null(0.0))


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
