"""The weight of a pattern of levels under a model."""

from __future__ import annotations

import math

import polars as pl

from reconcile.link.fields.level import FREQUENCIES, Field, Level
from reconcile.link.jobs import Job


def features(field: Field) -> list[tuple[str, Level]]:
    """What the model tells apart in a field: its levels, those weighed by frequency once per frequency (``equal:rare``)."""
    return [
        (f"{level.name}:{frequency}" if frequency else level.name, level)
        for level in field.levels
        for frequency in ([name for name, _ in FREQUENCIES] if level.by_frequency else [""])
    ]


def feature(job: Job, field: str) -> pl.Expr:
    """Feature of a pattern in a field."""
    level = pl.col(f"{field}_level").cast(pl.String)
    if field not in job.weighed_by_frequency:
        return level
    suffix = ":" + pl.col(f"{field}_frequency").cast(pl.String)
    return level + suffix.fill_null("")


def score(job: Job, counted: pl.DataFrame, weights: pl.DataFrame, without: tuple[str, ...] = ()) -> pl.DataFrame:
    """Add ``<field>_weight``, ``match_weight`` (log2 odds, the prior included) and ``probability`` to patterns.

    Fields in ``without`` are taken for unknown: they weigh nothing.
    """
    own = weights.filter(pl.col("job") == job.name)
    scored = counted
    for field in job.fields:
        table = own.filter(pl.col("field") == field)
        by_level = dict(zip(table["level"], table["weight"], strict=True))
        weight = feature(job, field).replace_strict(by_level, return_dtype=pl.Float64)
        scored = scored.with_columns((weight * 0.0 if field in without else weight).alias(f"{field}_weight"))
    start = own.filter(pl.col("field") == "prior")["weight"].item()
    total = pl.sum_horizontal(*(f"{field}_weight" for field in job.fields), pl.lit(start)).round(6)
    return scored.with_columns(match_weight=total).with_columns(probability=1 / (1 + (-pl.col("match_weight") * math.log(2)).exp()))
