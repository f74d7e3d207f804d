"""Comparison: pairs of records become levels per field, computed on distinct pairs of values."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import polars as pl

from reconcile.asked import Compute
from reconcile.link import bearers
from reconcile.link.fields import birth_date, name
from reconcile.link.fields.level import Field, Meaning, frequency
from reconcile.link.jobs import Job
from reconcile.link.pairs.patterns import numbered, with_own_frequency


def run(asked: Compute, job: Job, compared: str = "compared") -> None:
    """Make a working table of the levels of every pair of ``candidate``, where the candidates are: the values of a pair go nowhere else.

    It holds left_no, right_no, passes, ``<field>_level`` and, of levels weighed by it, ``<field>_frequency`` (both as
    ``patterns.numbered`` makes them); of jobs whose left records have one match ``is_alone``.
    """
    # The records of the candidates are picked out first: a temporary table has no statistics, and the planner would hash the register.
    columns = ", ".join(dict.fromkeys(("record_no", "birth_date", *bearers.SCOPES.values(), *job.reads())))
    asked.keep(
        "candidate_record",
        f"""
        SELECT {columns} FROM numbered_record
        WHERE record_no IN (SELECT left_no FROM candidate UNION SELECT right_no FROM candidate)""",
    )
    asked.through(compared, partial(_numbered_levels, job), values_sql(job, "candidate_record"))
    asked.drop("candidate_record")
    if job.has_one_match:
        asked.keep(compared, _with_rivals(compared))


def _numbered_levels(job: Job, frame: pl.DataFrame) -> pl.DataFrame:
    return numbered(levels(job, frame))


def values_sql(job: Job, records: str = "numbered_record") -> str:
    """Query of the values that the fields of a job read, for every candidate: ``l_`` and ``r_`` columns.

    ``records`` is a table that holds at least the records of the candidates.
    """
    sides = {"l": "left_record", "r": "right_record"}
    columns = [f"{record}.{column} AS {side}_{column}" for column in job.reads() for side, record in sides.items()]
    counts = [f"coalesce({field.bearers.count}, 0) AS {field.name}_bearers" for field in job.compares if field.bearers]
    return f"""
        WITH counted AS MATERIALIZED ({bearers.beside(records)})
        SELECT candidate.left_no, candidate.right_no, candidate.passes, {", ".join(counts + columns)}
        FROM candidate
        INNER JOIN counted AS left_record ON candidate.left_no = left_record.record_no
        INNER JOIN counted AS right_record ON candidate.right_no = right_record.record_no"""


def levels(job: Job, frame: pl.DataFrame) -> pl.DataFrame:
    """Levels of a frame of values as ``values_sql`` gives them."""
    # Each level takes some fifty small queries, of which hardly any uses two processors: fields are found side by side.
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        found = list(pool.map(lambda field: _found(field, frame), job.compares))
    frequencies = [frequency(f"{name}_bearers").alias(f"{name}_frequency") for name in job.weighed_by_frequency]
    return with_own_frequency(job, frame.select("left_no", "right_no", "passes", *frequencies).with_columns(found))


def _found(field: Field, frame: pl.DataFrame) -> pl.Series:
    """Level of one field; jobs without a pair are spared the queries."""
    level = pl.Series(dtype=pl.String) if frame.is_empty() else field.find(field, frame)
    return level.cast(field.type).alias(f"{field.name}_level")


def _with_rivals(compared: str) -> str:
    """Query that says of a left record that is of one right record only whether another one fits it too: ``is_alone``.

    Another one fits whose name and birth date agree or differ by a known slip; the registration of the dead is one of those, so that
    a namesake stands alone only where the dead has none.
    """
    fits = " AND ".join(
        f"{field.name}_level IN ({', '.join(map(str, places(field, Meaning.AGREES, Meaning.TOLERATED, Meaning.SLIP)))})"
        for field in (name.FIELD, birth_date.FIELD)
    )
    one = f"CASE WHEN {fits} THEN 1 ELSE 0 END"
    return f"SELECT *, sum({one}) OVER (PARTITION BY left_no) - {one} = 0 AS is_alone FROM {compared}"


def places(field: Field, *meanings: Meaning) -> list[int]:
    """Places of the levels of a field that mean one of these."""
    return [place for place, level in enumerate(field.levels) if level.meaning in meanings]
