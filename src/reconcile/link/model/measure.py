"""Measures of a night's linkage: blocking, drift, scores, reliability (``stats.*``). Counts only, no person."""

from __future__ import annotations

import numpy as np
import polars as pl

from reconcile.contract.meanings import LISTED_TIERS
from reconcile.figures import Counts
from reconcile.link.fields.level import MISSING
from reconcile.link.jobs import Job
from reconcile.link.model import calibrate, train
from reconcile.store import Store

DRIFTED = 0.25
"""From this population stability index on a field is another one than the model learned (the usual reading of the index)."""
UNUSED = 0.99
"""A field that is missing in this share of the candidate pairs told nothing."""
LEAST_PAIRS = 500
"""With fewer candidate pairs, trained or tonight, the index is mostly chance: reported, no warning."""


def blocking(store: Store, job: Job, pairs: pl.DataFrame) -> Counts:
    """Write ``stats.blocking`` of a job.

    Args:
        store: the warehouse.
        job: what was blocked.
        pairs: counted candidates with ``passes`` (bits), ``matched`` (boolean) and ``pairs``.

    """
    met = pairs.group_by("passes").agg(pl.col("pairs").sum(), matches=pl.col("pairs").filter("matched").sum()).sort("passes")
    bits = met["passes"].to_numpy()
    found, matches = met["pairs"].to_numpy(), met["matches"].to_numpy()
    everything = chapman(*(int(matches[has].sum()) for has in _captures(job, bits)))
    rows = []
    for bit, name in [*((1 << at, each.name) for at, each in enumerate(job.passes)), (-1, "all")]:
        has, alone = (bits & bit) != 0, bits == bit
        share = min(1.0, float(matches[has].sum()) / everything) if everything else None
        rows.append((job.name, name, *(int(of[which].sum()) for of in (found, matches) for which in (has, alone)), share))
    columns = ["job", "pass", "pairs", "pairs_alone", "matches", "matches_alone", "completeness"]
    table = pl.DataFrame(rows, schema=columns, orient="row").with_columns(pl.col("completeness").cast(pl.Float64).round(6))
    store.insert("stats.blocking", table)
    completeness = table["completeness"][-1]
    return {} if completeness is None else {("completeness", job.name): completeness}


def _captures(job: Job, bits: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs found by a pass over an anchor, by any other pass, and by both."""
    first, second = (bits & job.anchored) != 0, (bits & ~job.anchored) != 0
    return first, second, first & second


def chapman(first: int, second: int, both: int) -> float | None:
    """Chapman's estimate of a population from two captures; None where they share nothing and say nothing of each other.

    It assumes that missing one capture does not make missing the other likelier. Source: Chapman 1951, after Lincoln and Petersen.
    """
    return (first + 1) * (second + 1) / (both + 1) - 1 if both else None


def drift(store: Store, job: Job, candidates: pl.DataFrame, weights: pl.DataFrame) -> Counts:
    """Write ``stats.drift`` of a job: level shares of tonight's candidate patterns against those of the training.

    Returns how many fields drifted beyond ``DRIFTED``, and the fields that nearly no pair had.
    """
    total = float(candidates["pairs"].sum())
    tonight = train.level_shares(job, candidates).rename({"share": "share_tonight"})
    table = (
        weights.filter((pl.col("job") == job.name) & (pl.col("field") != "prior"))
        .select("job", "field", "level", share_trained="share")
        .join(tonight, on=["field", "level"], how="left", maintain_order="left")
        .with_columns(pl.col("share_tonight").fill_null(0.0))
    )
    # Half a pair where there is none keeps the logarithm finite.
    least = 0.5 / max(total, 1.0)
    missing = table.filter((pl.col("level") == MISSING) & (pl.col("share_tonight") >= UNUSED))
    counts: Counts = {("field_unused", f"{job.name} {field}"): share for field, share in missing.select("field", "share_tonight").rows()}
    before, after = (pl.col(f"share_{when}").clip(least) for when in ("trained", "tonight"))
    index = ((after - before) * (after / before).log()).sum().over("field").round(6)
    table = table.with_columns(psi=index if total else pl.lit(None, pl.Float64))
    store.insert("stats.drift", table)
    if total < LEAST_PAIRS:
        return {}
    worst = table.group_by("field").agg(pl.col("psi").first()).filter(pl.col("psi") > DRIFTED)
    return counts | ({("fields_drifted", job.name): worst.height} if worst.height else {})


def scores(store: Store, job: Job, decided: pl.DataFrame) -> None:
    """Write ``stats.score`` of a job: candidate pairs by match weight in steps of one bit."""
    listed = (pl.col("decision") == "match") & pl.col("tier").is_in(LISTED_TIERS)
    table = decided.group_by(pl.col("match_weight").floor().cast(pl.Int32).alias("bits_from")).agg(
        pairs=pl.col("pairs").sum().cast(pl.Int64), matches=pl.col("pairs").filter(listed).sum().cast(pl.Int64)
    )
    store.insert("stats.score", table.sort("bits_from").select(pl.lit(job.name).alias("job"), pl.all()))


def reliability(store: Store, job: Job, shown: pl.DataFrame, weights: pl.DataFrame) -> Counts:
    """Write ``stats.calibration`` of a job, on tonight's pairs whose truth is known without the model."""
    table = calibrate.reliability(job, calibrate.labelled(job, shown), weights)
    store.insert("stats.calibration", table)
    error = calibrate.error(table)
    return {} if error is None else {("calibration_error", job.name): round(error, 6)}
