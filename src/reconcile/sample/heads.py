"""Gives every family household whose head died or left a new one, as the police would."""

from __future__ import annotations

import polars as pl

from reconcile.sample.world import World


def repair(world: World) -> None:
    """Make the oldest active member the head where a family household has none, save where that is the planted fault."""
    kept = pl.Series(sorted(world.kept_heads), dtype=pl.String)
    home = ("station_code", "household_no")
    active = (
        world.table("police_resident")
        .lazy()
        .select(*home, "registration_id", "birth_date", "relation_to_head", "household_kind", "cancel_kind")
        .filter((pl.col("household_kind") == "1") & pl.col("cancel_kind").is_null() & ~pl.col("household_no").is_in(kept.implode()))
    )
    headless = active.group_by(home).agg((pl.col("relation_to_head") == "02").sum().alias("heads")).filter(pl.col("heads") == 0)
    members = active.join(headless, on=home, how="semi").sort(*home, "birth_date", "registration_id").collect()
    for registration in members.group_by(home, maintain_order=True).first()["registration_id"]:
        world.edit("police_resident", registration, relation_to_head="02")
