"""Calibration: naive Bayes counts fields that depend on each other twice; where the truth is known without it, it is corrected.

Pairs whose explanation is known (``teaching``) are scored without number and certificate, which chose them.
"""

from __future__ import annotations

import math

import numpy as np
import polars as pl
from scipy.optimize import minimize
from scipy.special import expit

from reconcile.link.explanation import Explanation
from reconcile.link.jobs import Job
from reconcile.link.model import teaching
from reconcile.link.model.score import PRIOR, feature, features, score

LEAST_LABELS = 20
"""With fewer pairs known to be one, or to be two, nothing is corrected."""
SPREAD_BITS = 3.0
"""How far a correction may stray without evidence: one standard deviation of what is expected of it, in bits."""
MOST_LABELS = 1000.0
"""Known pairs count as at most so many of one kind, however many there are: pairs with a proven number are cleaner than the rest, so that
what they teach is only roughly true of it."""
PRECISION = 3
BINS = (0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)
"""Edges of the reliability table."""


def labelled(job: Job, judged: pl.DataFrame) -> pl.DataFrame:
    """Patterns of candidate pairs whose explanation is known, with ``truth`` as ``teaching.known`` gives it and ``pairs``.

    Only pairs that a pass finds which reads neither number nor certificate: the others would not be candidates without them.
    """
    return teaching.known(job, judged.filter((pl.col("passes") & ~job.anchored) != 0))


def corrected(job: Job, weights: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Weights with the corrections of one person under which the known pairs are likeliest, a logistic regression with the odds as offset.

    Corrections are kept small (ridge): a level that no known pair shows keeps the weight it has.
    """
    pairs = known["pairs"].to_numpy().astype(float)
    is_person = (known["truth"] == str(Explanation.PERSON)).to_numpy().astype(float)
    total = max(float(pairs[is_person == kind].sum()) for kind in (0, 1)) if known.height else 0.0
    if min(pairs[is_person == 1].sum(), pairs[is_person == 0].sum()) < LEAST_LABELS:
        return weights
    pairs *= min(1.0, MOST_LABELS / total)
    names = [(PRIOR, "")] + [(field.name, name) for field in job.compares if not field.is_anchor for name, _ in features(field)]
    columns = [pl.lit(1.0).alias(PRIOR)] + [
        (feature(job, field) == name).cast(pl.Float64).alias(f"{field} {name}") for field, name in names[1:]
    ]
    shown = known.select(columns).to_numpy()
    offset = score(job, known, weights, job.anchors)["match_weight"].to_numpy() * math.log(2)
    strength = 1 / (SPREAD_BITS * math.log(2)) ** 2

    def loss(correction: np.ndarray) -> tuple[float, np.ndarray]:
        odds = offset + shown @ correction
        slack = expit(odds) - is_person
        wrong = np.logaddexp(0.0, np.where(is_person == 1, -odds, odds))
        return float(pairs @ wrong + strength / 2 * correction @ correction), shown.T @ (pairs * slack) + strength * correction

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 2000, "gtol": 1e-6})
    table = pl.DataFrame(names, schema=["field", "level"], orient="row").with_columns(
        found=pl.Series((found.x / math.log(2)).round(PRECISION) + 0.0)
    )
    joined = weights.join(table, on=["field", "level"], how="left", maintain_order="left")
    added = joined.with_columns(correction=pl.col("found").fill_null(0.0)).with_columns(weight=pl.col("weight") + pl.col("correction"))
    return added.with_columns(pl.col("weight").round(9)).select(weights.columns)


def reliability(job: Job, known: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    """Rows of ``stats.calibration``: known pairs by the probability of each explanation, scored without their anchors."""
    scored = score(job, known, weights, job.anchors)
    return pl.concat([_curve(job, scored, explanation) for explanation in Explanation])


def _curve(job: Job, scored: pl.DataFrame, explanation: Explanation) -> pl.DataFrame:
    """Expected against observed share of one explanation; pairs of two persons without a known explanation speak of one person only."""
    if explanation is not Explanation.PERSON:
        scored = scored.filter(pl.col("truth") != teaching.TWO_PERSONS)
    expected, truth = pl.col(explanation.share), (pl.col("truth") == str(explanation)).cast(pl.Float64)
    edges = pl.DataFrame({"probability_from": BINS[:-1], "probability_to": BINS[1:]})
    placed = scored.with_columns(at=pl.Series(np.searchsorted(np.array(BINS[1:-1]), scored[explanation.share].to_numpy(), side="right")))
    table = placed.group_by("at").agg(
        pl.col("pairs").sum().alias("known_pairs"),
        expected=(expected * pl.col("pairs")).sum() / pl.col("pairs").sum(),
        observed=(truth * pl.col("pairs")).sum() / pl.col("pairs").sum(),
    )
    joined = edges.with_row_index("at").with_columns(pl.col("at").cast(pl.Int64)).join(table, on="at")
    return joined.sort("at").select(
        pl.lit(job.name).alias("job"),
        pl.lit(str(explanation)).alias("explanation"),
        "probability_from",
        "probability_to",
        pairs="known_pairs",
        expected=pl.col("expected").round(6),
        observed=pl.col("observed").round(6),
    )


def error(table: pl.DataFrame) -> float | None:
    """Expected calibration error of one person in a reliability table: mean distance of expected and observed, weighed by pairs.

    None without pairs.
    """
    table = table.filter(pl.col("explanation") == str(Explanation.PERSON))
    total = float(table["pairs"].sum())
    if not total:
        return None
    return float(((table["expected"] - table["observed"]).abs() * table["pairs"]).sum()) / total
