"""What was planted in a world, and the rows that rules written naively start from."""

from __future__ import annotations

import polars as pl

from reconcile.sample.slips import well_formed
from reconcile.sample.world import World

Tables = dict[str, pl.DataFrame]


def expected(world: World, finding_type: str) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for kind, group, _, key in world.truth:
        if kind == finding_type:
            groups.setdefault(group, set()).add(key)
    return {frozenset(keys) for keys in groups.values()}


def decoys(world: World, *kinds: str) -> set[str]:
    return {key for kind, _, _, key in world.decoys if kind in kinds}


def singles(keys: pl.Series) -> set[frozenset[str]]:
    return {frozenset([key]) for key in keys}


def active(tables: Tables) -> pl.DataFrame:
    return tables["police_resident"].filter(pl.col("cancel_kind").is_null())


def valid(column: str = "citizen_id") -> pl.Expr:
    return pl.col(column).map_elements(well_formed, return_dtype=pl.Boolean, skip_nulls=True).fill_null(value=False)


def number_born(column: str = "citizen_id") -> pl.Expr:
    return pl.col(column).str.slice(6, 8).str.strptime(pl.Date, "%Y%m%d", strict=False)


def evidence(tables: Tables) -> pl.DataFrame:
    health = tables["health_death"].filter(pl.col("voided") == "0")
    columns = ("citizen_id", "name", "sex", "birth_date", "death_date", "death_cert_no")
    return pl.concat([health.select(*columns, key="death_cert_no"), tables["civil_cremation"].select(*columns, key="cremation_cert_no")])
