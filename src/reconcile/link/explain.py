"""Why two records were, or were not, taken for one person: the levels, weights and values that decided."""

from __future__ import annotations

import polars as pl

from reconcile.errors import UsageError
from reconcile.link import compare, model
from reconcile.link.spec import JOBS, Job
from reconcile.store import Store

Record = tuple[str, str]
"""Record type and record key."""


def pair(store: Store, left: Record, right: Record) -> pl.DataFrame:
    """Explain two records of the warehouse, whether or not they ever became a candidate pair.

    Returns:
        One row per field, the prior first: field, left_value, right_value, level, sentence, weight (log2 m/u).

    Raises:
        UsageError: when no job compares records of these types, one of them is not there, or nothing was linked yet.

    """
    job, left, right = _job(left, right)
    store.execute(
        """
        CREATE OR REPLACE TEMP TABLE numbered_record AS
        SELECT
            CASE WHEN record_type = $left_type AND record_key = $left_key THEN 1 ELSE 2 END AS record_no, *
        FROM link.record
        WHERE (record_type = $left_type AND record_key = $left_key) OR (record_type = $right_type AND record_key = $right_key)""",
        left_type=left[0],
        left_key=left[1],
        right_type=right[0],
        right_key=right[1],
    )
    store.execute("CREATE OR REPLACE TEMP TABLE candidate AS SELECT 1 AS left_no, 2 AS right_no, 0 AS passes")
    values = store.frame(compare.values_sql(job))
    if values.is_empty():
        raise UsageError("One of the two records takes no part in linkage. Check record type and key; voided rows are left out.")
    weights = store.frame("SELECT * FROM link.model WHERE job = $job", job=job.name)
    if weights.is_empty():
        raise UsageError("There is no match model yet. Run the linkage first.")
    scored = model.score(job, model.patterns(job, compare.levels(job, values)), weights)
    return _rows(job, values, scored, weights)


def _job(left: Record, right: Record) -> tuple[Job, Record, Record]:
    for job in JOBS:
        for one, other in ((left, right), (right, left)):
            if one[0] in job.left and other[0] in job.right:
                return (job, min(one, other), max(one, other)) if job.is_self else (job, one, other)
    msg = f"No linkage job compares {left[0]} with {right[0]}."
    raise UsageError(msg)


def _rows(job: Job, values: pl.DataFrame, scored: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    prior = weights.filter(pl.col("field") == "prior")["weight"].item()
    rows: list[tuple[object, ...]] = [("prior", None, None, "", "before anything is compared", prior)]
    for comparison in job.comparisons:
        level = str(scored[f"{comparison.field}_level"].item())
        left, right = (_shown(values, side, comparison.reads) for side in ("l", "r"))
        weight = scored[f"{comparison.field}_weight"].item()
        rows.append((comparison.field, left, right, level, comparison.level(level).sentence, weight))
    columns = {"field": pl.String, "left_value": pl.String, "right_value": pl.String, "level": pl.String, "sentence": pl.String}
    return pl.DataFrame(rows, schema={**columns, "weight": pl.Float64}, orient="row")


def _shown(values: pl.DataFrame, side: str, reads: tuple[str, ...]) -> str | None:
    """First value of those a comparison reads that is there."""
    found = [values[f"{side}_{column}"].item() for column in reads]
    return next((str(value) for value in found if value is not None), None)
