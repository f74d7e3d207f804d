"""Patterns: pairs that show the same levels are counted, weighed and decided as one."""

from __future__ import annotations

import polars as pl

from reconcile.link.jobs import Job


def patterns(job: Job, levels: pl.DataFrame) -> pl.DataFrame:
    """Distinct combinations of levels with ``pairs``, how many pairs show them, in a fixed order."""
    keys = pattern_keys(job)
    return with_own_frequency(job, levels).group_by(keys).agg(pairs=pl.len()).sort(keys)


def pattern_keys(job: Job) -> list[str]:
    """Columns that make a pattern."""
    alone = ["is_alone"] if job.has_one_match else []
    return [*(f"{field}_level" for field in job.fields), *(f"{field}_frequency" for field in job.weighed_by_frequency), *alone]


def with_own_frequency(job: Job, levels: pl.DataFrame) -> pl.DataFrame:
    """Levels with the frequency of a name kept only where its level is weighed by it."""
    return levels.with_columns(
        pl.when(pl.col(f"{field.name}_level").is_in([level.name for level in field.levels if level.by_frequency]))
        .then(f"{field.name}_frequency")
        .alias(f"{field.name}_frequency")
        for field in job.compares
        if field.bearers
    )


def by_pattern(job: Job, levels: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Pairs with the number of their pattern, which is its row in ``decided``."""
    keys = pattern_keys(job)
    numbered = decided.select(keys).with_row_index("pattern_no")
    joined = with_own_frequency(job, levels).join(numbered, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return joined.select("left_no", "right_no", "passes", "pattern_no")
