"""Comparison: pairs of records become levels per field, computed on distinct pairs of values."""

from __future__ import annotations

import polars as pl

from reconcile.link.bearers import SCOPES
from reconcile.link.fields import birth_date, name
from reconcile.link.fields.level import Meaning, frequency
from reconcile.link.jobs import Job
from reconcile.store import Store

BATCH = 500_000
"""Pairs compared at a time: bounds memory at some 300 MB."""


def run(store: Store, job: Job) -> pl.DataFrame:
    """Levels of every pair of the temporary table ``candidate``.

    Returns left_no, right_no, passes, ``<field>_frequency`` of fields weighed by frequency and ``<field>_level``,
    ordered by the two record numbers.
    """
    # The records of the candidates are picked out first: a temporary table has no statistics, and the planner would hash the register.
    counted = tuple(column for field in job.compares if field.bearers for column in field.bearers.reads)
    columns = ", ".join(dict.fromkeys(("record_no", *counted, *job.reads())))
    store.execute(f"""
        CREATE OR REPLACE TEMP TABLE candidate_record AS
        SELECT {columns} FROM numbered_record
        WHERE record_no IN (SELECT left_no FROM candidate UNION SELECT right_no FROM candidate)""")
    # So is what is known of their values: each of the joins would hash the values of the whole register.
    columns = ", ".join(sorted(set(SCOPES.values()).intersection(counted)))
    store.execute(f"""
        CREATE OR REPLACE TEMP TABLE candidate_value AS
        SELECT * FROM link.value_frequency
        WHERE value IN (SELECT unnest([{columns}]) FROM candidate_record)""")
    query = values_sql(job, "candidate_record", "candidate_value")
    reader = store.execute(query).to_arrow_reader(BATCH)
    parts = [levels(job, pl.DataFrame(pl.from_arrow(batch))) for batch in reader]
    if not parts:
        parts.append(levels(job, store.frame(query + " LIMIT 0")))
    store.execute("DROP TABLE candidate_record; DROP TABLE candidate_value")
    return with_rivals(job, pl.concat(parts)).sort("left_no", "right_no")


def values_sql(job: Job, records: str = "numbered_record", frequency: str = "link.value_frequency") -> str:
    """Query of the values that the fields of a job read, for every candidate: ``l_`` and ``r_`` columns.

    ``records`` and ``frequency`` are tables that hold at least the rows the candidates ask for.
    """
    sides = {"l": "left_record", "r": "right_record"}
    columns = [f"{record}.{column} AS {side}_{column}" for column in job.reads() for side, record in sides.items()]
    counts = [f"coalesce({field.bearers.count}, 0) AS {field.name}_bearers" for field in job.compares if field.bearers]
    joins = [field.bearers.joins.format(frequency=frequency) for field in job.compares if field.bearers]
    return f"""
        SELECT candidate.left_no, candidate.right_no, candidate.passes, {", ".join(counts + columns)}
        FROM candidate
        INNER JOIN {records} AS left_record ON candidate.left_no = left_record.record_no
        INNER JOIN {records} AS right_record ON candidate.right_no = right_record.record_no
        {" ".join(joins)}"""


def levels(job: Job, frame: pl.DataFrame) -> pl.DataFrame:
    """Levels of a frame of values as ``values_sql`` gives them."""
    # Each level takes some fifty small queries: jobs without a pair are spared them.
    found = [
        (pl.Series(dtype=pl.String) if frame.is_empty() else field.find(field, frame)).cast(field.type).alias(f"{field.name}_level")
        for field in job.compares
    ]
    frequencies = [frequency(f"{name}_bearers").alias(f"{name}_frequency") for name in job.weighed_by_frequency]
    return frame.select("left_no", "right_no", "passes", *frequencies).with_columns(found)


def with_rivals(job: Job, compared: pl.DataFrame) -> pl.DataFrame:
    """Say of a left record that is of one right record only whether another one fits it too: ``is_alone``.

    Another one fits whose name and birth date agree or differ by a known slip; the registration of the dead is one of those, so that
    a namesake stands alone only where the dead has none.
    """
    if not job.has_one_match:
        return compared
    fits = pl.all_horizontal(
        pl.col(f"{field.name}_level").is_in([level.name for level in field.at(Meaning.AGREES, Meaning.TOLERATED, Meaning.SLIP)])
        for field in (name.FIELD, birth_date.FIELD)
    )
    return compared.with_columns(is_alone=(fits.sum().over("left_no") - fits) == 0)
