"""Patterns: pairs that show the same levels are counted, weighed and decided as one; the pairs stay where compute queries are answered."""

from __future__ import annotations

from contextlib import AbstractContextManager

import polars as pl

from reconcile.asked import Compute
from reconcile.link.fields.level import FREQUENCY
from reconcile.link.jobs import Job


def counted(asked: Compute, job: Job, compared: str = "compared") -> pl.DataFrame:
    """Combinations of levels, passes and verdict of the stations that compared pairs show, with ``pairs``; a few thousand rows."""
    keys = ", ".join(f"compared.{key}" for key in pattern_keys(job))
    verdict = "judged.verdict" if job.is_self else "CAST(NULL AS VARCHAR)"
    rows = asked.frame(f"""
        SELECT {keys}, compared.passes, {verdict} AS verdict, count(*) AS pairs
        FROM {compared} AS compared {beside_judged(job)}
        GROUP BY {keys}, compared.passes, {verdict}""")
    return worded(rows, job)


def beside_judged(job: Job) -> str:
    """Join of ``compared`` with what stations said of two registrations, in a job that compares them."""
    if not job.is_self:
        return ""
    return "LEFT JOIN judged_pair AS judged ON compared.left_no = judged.left_no AND compared.right_no = judged.right_no"


def patterns(job: Job, shown: pl.DataFrame) -> pl.DataFrame:
    """Distinct combinations of levels with ``pairs``, how many pairs show them, in a fixed order, from rows of ``counted``."""
    keys = pattern_keys(job)
    return shown.group_by(keys).agg(pl.col("pairs").sum()).sort(keys)


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


def numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Levels and frequencies as their places in their lists, two bytes each: so pairs are kept."""
    return frame.with_columns(pl.col(name).to_physical().cast(pl.Int16) for name, kind in frame.schema.items() if isinstance(kind, pl.Enum))


def worded(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """What ``numbered`` made of the levels and frequencies of a job, as it was."""
    kinds = {f"{field.name}_level": field.type for field in job.compares} | {
        f"{name}_frequency": FREQUENCY for name in job.weighed_by_frequency
    }
    return frame.with_columns(pl.col(name).cat.to(kind) for name, kind in kinds.items())


def lent(asked: Compute, job: Job, decided: pl.DataFrame, **frames: pl.DataFrame) -> AbstractContextManager[None]:
    """Lend patterns as ``pattern``, with their numbers (``pattern_no``, the row in ``decided``), so that ``with_pattern`` finds them."""
    return asked.lent(pattern=numbered(decided.select(pattern_keys(job))).with_row_index("pattern_no"), **frames)


def with_pattern(job: Job) -> str:
    """FROM clause of every compared pair beside its pattern."""
    same = (f"compared.{key} {'IS NOT DISTINCT FROM' if key.endswith('_frequency') else '='} pattern.{key}" for key in pattern_keys(job))
    return f"compared INNER JOIN pattern ON {' AND '.join(same)}"
