"""What the levels declare: shares that count as a few pairs when a model is fitted, and what no number of known pairs takes away."""

from __future__ import annotations

import numpy as np
import polars as pl

from reconcile.link.explanation import Explanation
from reconcile.link.fields.level import Field
from reconcile.link.jobs import Job
from reconcile.link.model.score import features

STRENGTH = 200.0
"""A declared distribution counts as so many pairs when there is nothing else."""
MOST = 20.0
"""A declared rare level counts as at most so many pairs however many were seen."""
LEAST_PART, LEAST_SHARE = 0.5, 0.01
"""A level of one person keeps this part of its declared share, up to this share, however many known pairs do not show it.

Pairs that a number proves are cleaner than those one would like to know about: an address that stops at the village stands on records
without a number. Among a hundred thousand known pairs it would else count as impossible.
"""


def shares(field: Field, explanation: Explanation) -> list[float]:
    """Declared share of each feature; that of a level is divided evenly among its frequencies."""
    listed = features(field)
    times = {level.name: sum(other is level for _, other in listed) for _, level in listed}
    return [level.share(explanation) / times[level.name] for _, level in listed]


def patterns(job: Job, explanation: Explanation, seen: float) -> pl.DataFrame:
    """Patterns with weights whose sums per field are the declared counts: the fields' distributions laid side by side and cut together."""
    counts = {field.name: _counts(field, explanation, seen) for field in job.compares}
    total = max(float(part.sum()) for part in counts.values())
    edges: dict[str, np.ndarray] = {}
    for field, part in counts.items():
        filled = part.copy()
        filled[int(part.argmax())] += total - float(part.sum())
        edges[field] = np.cumsum(filled)
    cuts = np.unique(np.concatenate([np.minimum(edge, total) for edge in edges.values()]))
    middles = (np.concatenate([[0.0], cuts[:-1]]) + cuts) / 2
    columns = {field: np.minimum(np.searchsorted(edge, middles), len(edge) - 1) for field, edge in edges.items()}
    return pl.DataFrame({**columns, "pairs": np.diff(cuts, prepend=0.0)}).with_columns(pl.col(job.fields).cast(pl.Int64))


def keeping_possible(job: Job, frame: pl.DataFrame) -> pl.DataFrame:
    """Shares of one person, none below the least of its level; that of a level is divided evenly among its frequencies."""
    person = str(Explanation.PERSON)
    least = pl.DataFrame(
        [
            {"field": field.name, "base": level.name, "least": min(LEAST_PART * level.share(Explanation.PERSON), LEAST_SHARE)}
            for field in job.compares
            for level in field.levels
        ]
    )
    joined = frame.join(least, on=["field", "base"], how="left", maintain_order="left")
    each = pl.col("least") / pl.len().over("field", "base")
    return joined.with_columns(pl.max_horizontal(person, each).alias(person)).drop("least")


def _counts(field: Field, explanation: Explanation, seen: float) -> np.ndarray:
    """How many pairs of each feature the declaration counts as."""
    declared = np.array(shares(field, explanation))
    declared /= declared.sum()
    return np.minimum(max(seen, STRENGTH) * declared, np.maximum(MOST, STRENGTH * declared))
