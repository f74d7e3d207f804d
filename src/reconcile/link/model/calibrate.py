"""Calibration: naive Bayes counts fields that depend on each other twice; where the truth is known without it, it is corrected.

Pairs whose explanation is known (``teaching``) are scored without number and certificate, which chose them.
"""

from __future__ import annotations

import math

import numpy as np
import polars as pl

from reconcile.link.explanation import OTHERS, Explanation
from reconcile.link.jobs import Job
from reconcile.link.model import teaching
from reconcile.link.model.score import PRIOR, feature, features, logarithms, score

LEAST_LABELS = 20
"""With fewer pairs known to be one, or to be two, nothing is corrected."""
PRIOR_BITS, LEVEL_BITS = 6.0, 1.0
"""How far a prior and a correction may stray without evidence: one standard deviation of what is expected of them, in bits."""
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
    """Weights under which the known pairs are likeliest: a multinomial logistic regression that starts at the model.

    Two things are learned: how common each explanation is among pairs that are compared (the prior), and, within narrow bounds, what
    a level speaks for one person beyond its share (correction). A level that no known pair shows keeps the weight it has.
    """
    is_person = known["truth"] == str(Explanation.PERSON)
    pairs = known["pairs"].to_numpy().astype(float)
    kinds = [float(pairs[kind.to_numpy()].sum()) for kind in (is_person, ~is_person)]
    if min(kinds, default=0.0) < LEAST_LABELS:
        return weights
    names = [(field.name, name) for field in job.compares if not field.is_anchor for name, _ in features(field)]
    shown = known.select((feature(job, field) == name).cast(pl.Float64).alias(f"{field} {name}") for field, name in names).to_numpy()
    logits = logarithms(job, known, weights, job.anchors) * math.log(2)
    found = _fitted(logits, shown, _targets(known["truth"]), pairs * min(1.0, MOST_LABELS / max(kinds)))
    offsets, corrections = found[: len(OTHERS)], found[len(OTHERS) :]
    table = pl.DataFrame(names, schema=["field", "level"], orient="row").with_columns(found=pl.Series(_rounded(corrections)))
    joined = weights.join(table, on=["field", "level"], how="left", maintain_order="left").with_columns(pl.col("found").fill_null(0.0))
    added = joined.with_columns(correction="found", weight=(pl.col("weight") + pl.col("found")).round(9))
    return with_prior(added, _rounded(offsets)).select(weights.columns)


def _targets(truth: pl.Series) -> np.ndarray:
    """Which explanations may be true of each pair: the known one, or, of two persons, any but one person."""
    return np.stack([(truth == str(explanation)).to_numpy() | ((truth == teaching.TWO_PERSONS).to_numpy() & (explanation in OTHERS))
                     for explanation in Explanation], axis=1)  # fmt: skip


def _fitted(logits: np.ndarray, shown: np.ndarray, targets: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Offsets of the other explanations, then corrections of one person, both as natural logarithms."""
    from scipy.optimize import minimize

    spread = np.concatenate([np.full(len(OTHERS), PRIOR_BITS), np.full(shown.shape[1], LEVEL_BITS)]) * math.log(2)

    def loss(found: np.ndarray) -> tuple[float, np.ndarray]:
        total = logits.copy()
        total[:, 1:] += found[: len(OTHERS)]
        total[:, 0] += shown @ found[len(OTHERS) :]
        total -= np.logaddexp.reduce(total, axis=1, keepdims=True)
        allowed = np.logaddexp.reduce(np.where(targets, total, -np.inf), axis=1)
        share = np.exp(total)
        slack = (share - np.where(targets, np.exp(total - allowed[:, None]), 0.0)) * pairs[:, None]
        gradient = np.concatenate([slack[:, 1:].sum(axis=0), shown.T @ slack[:, 0]])
        return float(-pairs @ allowed + ((found / spread) ** 2).sum() / 2), gradient + found / spread**2

    start = np.zeros(len(spread))
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000, "gtol": 1e-6}).x


def _rounded(found: np.ndarray) -> np.ndarray:
    """Bits, so rounded that equal registers give equal bytes."""
    return (found / math.log(2)).round(PRECISION) + 0.0


def with_prior(weights: pl.DataFrame, offsets: np.ndarray) -> pl.DataFrame:
    """The prior with the offsets of the other explanations (bits), summing to one."""
    of_prior = pl.col("field") == PRIOR
    for explanation, offset in zip(OTHERS, offsets, strict=True):
        weights = weights.with_columns(
            pl.when(of_prior).then(pl.col(str(explanation)) * 2.0**offset).otherwise(str(explanation)).alias(str(explanation))
        )
    shares = list(map(str, Explanation))
    total = pl.sum_horizontal(shares)
    weights = weights.with_columns(
        pl.when(of_prior).then((pl.col(share) / total).round_sig_figs(9)).otherwise(share).alias(share) for share in shares
    )
    ratio = (pl.col(str(Explanation.PERSON)) / pl.col(str(Explanation.STRANGERS))).log(2).round_sig_figs(9)
    return weights.with_columns(weight=pl.when(of_prior).then(ratio).otherwise("weight"))


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
