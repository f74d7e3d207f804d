"""Who reports a death gives the own number at times: it then points at the living, and must not speak against the dead."""

from __future__ import annotations

import polars as pl

from reconcile.asked import Readable
from reconcile.link.fields import number
from reconcile.link.fields.level import Meaning
from reconcile.link.jobs import DEATH, Job
from reconcile.link.pairs.patterns import by_pattern

_AGAINST = [level.name for level in number.FIELD.levels if level.meaning is Meaning.CONTRADICTS or level is number.DIFFERENT_UNPROVEN]


def set_aside(job: Job, levels: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Take the number away where it points only at people the record contradicts, so that it does not speak against the right one."""
    outcomes = decided.with_row_index("pattern_no").select("pattern_no", "decision", "number_level")
    pairs = by_pattern(job, levels, decided).join(outcomes, on="pattern_no", how="left", maintain_order="left")
    own = pairs.filter((pl.col("decision") == "match") & (pl.col("number_level") == number.EQUAL.name))["left_no"].unique()
    others = pairs.filter(pl.col("decision") == "conflict")["left_no"].unique()
    informed = others.filter(~others.is_in(own.implode()))
    return without_number(levels, pl.col("left_no").is_in(informed.implode()))


def without_number(levels: pl.DataFrame, informed: pl.Expr) -> pl.DataFrame:
    """Compared pairs in which the number of an ``informed`` record, known to be somebody else's, no longer speaks against anybody."""
    against = pl.col("number_level").cast(pl.String).is_in(_AGAINST) & informed
    missing = pl.lit(number.MISSING.name, levels.schema["number_level"])
    return levels.with_columns(number_level=pl.when(against).then(missing).otherwise("number_level"))


def is_informed(reader: Readable, death_type: str, death_key: str) -> bool:
    """Whether the night took the number of a death record for somebody else's, as ``set_aside`` does."""
    found = reader.frame(
        f"""
        SELECT
            count(CASE WHEN decision = 'conflict' THEN 1 END) AS others,
            count(CASE WHEN decision = 'match' AND number_level = $own THEN 1 END) AS own
        FROM {DEATH.table} WHERE left_type = $death_type AND left_key = $death_key""",
        own=number.EQUAL.name,
        death_type=death_type,
        death_key=death_key,
    )
    return bool(found["others"].item()) and not found["own"].item()
