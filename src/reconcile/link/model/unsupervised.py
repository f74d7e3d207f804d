"""Where nobody has a number there is no silver truth: pairs of one person are then told from others by expectation maximisation.

It sees fields as agreeing or not, as recordlinkage's ECM does, and takes the candidates for a mixture of two kinds. It cannot know that
the kinds are persons and not, say, families; what it finds is for analysts.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from reconcile.asked import Compute
from reconcile.link.jobs import Job

LEAST_RECORDS = 1000
NUMBERED_SHARE = 0.02
"""A population of so many records in which fewer than this share have an anchor cannot teach anything."""
MOST_PAIRS = 200_000


def is_needed(asked: Compute, job: Job) -> bool:
    """Whether a side of the job is large and yet has next to no numbers and certificates."""
    present = " OR ".join(f"{field.reads[0]} IS NOT NULL" for field in job.compares if field.is_anchor)
    for types in (job.left, job.right):
        records, anchored = asked.frame(
            f"""
            SELECT count(*) AS records, count(CASE WHEN {present} THEN 1 END) AS anchored
            FROM numbered_record WHERE list_contains($types, record_type)""",
            types=list(types),
        ).row(0)
        if records >= LEAST_RECORDS and anchored < NUMBERED_SHARE * records:
            return True
    return False


def matched(job: Job, candidates: pl.DataFrame) -> pl.DataFrame:
    """Patterns of candidates with ``pairs`` replaced by how many of them are one person as far as a mixture of two kinds can tell."""
    from recordlinkage import ECMClassifier

    agreeing = {field.name: [level.name for level in field.levels if level.m > level.u] for field in job.compares if not field.is_anchor}
    agrees = candidates.select(pl.col(f"{field}_level").cast(pl.String).is_in(names).cast(pl.Int8) for field, names in agreeing.items())
    varied = [name for name in agrees.columns if agrees[name].n_unique() > 1]
    total = int(candidates["pairs"].sum())
    if len(varied) < 2 or total == 0:  # noqa: PLR2004 - two kinds need two fields
        return candidates.clear()
    kernel = ECMClassifier(binarize=None).kernel
    features = agrees.select(varied).to_numpy()
    times = np.maximum(1, np.rint(candidates["pairs"].to_numpy() * min(1.0, MOST_PAIRS / total))).astype(int)
    kernel.fit(np.repeat(features, times, axis=0))
    chance = np.nan_to_num(kernel.predict_proba(features)[:, 1])
    return candidates.with_columns(pairs=pl.col("pairs") * pl.Series(chance)).filter(pl.col("pairs") > 0)
