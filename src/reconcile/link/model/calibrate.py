"""Calibration: naive Bayes counts fields that depend on each other twice; where the truth is known without it, it is corrected.

The truth of a candidate pair is known when people answered, when its numbers or certificates prove it one person, or when they prove
two and no rule would take the pair for one whatever its score. The pair is then scored without number and certificate.
"""

from __future__ import annotations

import math

import numpy as np
import polars as pl

from reconcile.link import decide
from reconcile.link.decide.condition import at, means
from reconcile.link.decide.rule import ANY
from reconcile.link.fields import number
from reconcile.link.fields.level import Meaning
from reconcile.link.jobs import Job
from reconcile.link.model.score import feature, features, score
from reconcile.link.pairs.patterns import patterns

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


def labelled(job: Job, judged: pl.DataFrame, silver: pl.Expr) -> pl.DataFrame:
    """Patterns of candidate pairs whose truth is known, with ``truth`` (1 one person, 0 two) and ``pairs``.

    Only pairs that a pass finds which reads neither number nor certificate: the others would not be candidates without them. Twins
    (also: two valid numbers of one place and day) take no part: they agree by nature, neither as one person nor as strangers do, and
    rules decide them.

    Args:
        job: what was compared.
        judged: levels of the candidates with ``verdict`` as ``answers.beside`` gives it.
        silver: patterns that are one person by their anchors.

    """
    found = judged.filter((pl.col("passes") & ~job.anchored) != 0)
    answered = [
        patterns(job, found.filter(pl.col("verdict") == verdict).drop("verdict")).with_columns(truth=pl.lit(truth))
        for verdict, truth in (("same", 1), ("different", 0))
    ]
    counted = patterns(job, found.filter(pl.col("verdict").is_null()).drop("verdict"))
    outcome = decide.run(job, counted.with_columns(probability=1.0), ANY)
    never = outcome["decision"] != "match"
    equal, apart = (
        pl.any_horizontal(means(field, meaning).expr for field in job.compares if field.is_anchor)
        for meaning in (Meaning.AGREES, Meaning.CONTRADICTS)
    )
    of_one_day = [at(number.FIELD, number.PLACE_DAY).expr] if number.FIELD in job.compares else []
    twins = pl.any_horizontal(pl.lit(outcome["veto"].fill_null("") == "twins"), *of_one_day)
    truth = pl.when(silver & ~pl.lit(never)).then(1).when((apart | equal) & pl.lit(never)).then(0)
    return pl.concat([*answered, counted.with_columns(truth=truth).filter(pl.col("truth").is_not_null() & ~twins)])


def corrected(job: Job, weights: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Weights with the corrections under which the known pairs are likeliest, a logistic regression with the weights as offset.

    Corrections are kept small (ridge): a level that no known pair shows keeps the weight it has.
    """
    from scipy.optimize import minimize
    from scipy.special import expit

    pairs = known["pairs"].to_numpy().astype(float)
    truth = known["truth"].to_numpy().astype(float)
    total = max(float(pairs[truth == kind].sum()) for kind in (0, 1))
    if min(pairs[truth == 1].sum(), pairs[truth == 0].sum()) < LEAST_LABELS:
        return weights
    pairs *= min(1.0, MOST_LABELS / total)
    names = [("prior", "")] + [(field.name, name) for field in job.compares if not field.is_anchor for name, _ in features(field)]
    columns = [pl.lit(1.0).alias("prior")] + [
        (feature(job, field) == name).cast(pl.Float64).alias(f"{field} {name}") for field, name in names[1:]
    ]
    shown = known.select(columns).to_numpy()
    offset = score(job, known, weights, job.anchors)["match_weight"].to_numpy() * math.log(2)
    strength = 1 / (SPREAD_BITS * math.log(2)) ** 2

    def loss(correction: np.ndarray) -> tuple[float, np.ndarray]:
        odds = offset + shown @ correction
        slack = expit(odds) - truth
        wrong = np.logaddexp(0.0, np.where(truth == 1, -odds, odds))
        return float(pairs @ wrong + strength / 2 * correction @ correction), shown.T @ (pairs * slack) + strength * correction

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 2000, "gtol": 1e-6})
    table = pl.DataFrame(names, schema=["field", "level"], orient="row").with_columns(
        found=pl.Series((found.x / math.log(2)).round(PRECISION) + 0.0)
    )
    joined = weights.join(table, on=["field", "level"], how="left", maintain_order="left")
    added = joined.with_columns(correction=pl.col("found").fill_null(0.0)).with_columns(weight=pl.col("weight") + pl.col("correction"))
    return added.with_columns(pl.col("weight").round(9)).select(weights.columns)


def reliability(job: Job, known: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    """Rows of ``stats.calibration``: known pairs by probability, scored without their anchors."""
    scored = score(job, known, weights, job.anchors)
    edges = pl.DataFrame({"probability_from": BINS[:-1], "probability_to": BINS[1:]})
    placed = scored.with_columns(at=pl.Series(np.searchsorted(np.array(BINS[1:-1]), scored["probability"].to_numpy(), side="right")))
    mean = {"expected": pl.col("probability"), "observed": pl.col("truth")}
    table = placed.group_by("at").agg(
        pairs=pl.col("pairs").sum(), **{name: (value * pl.col("pairs")).sum() / pl.col("pairs").sum() for name, value in mean.items()}
    )
    joined = edges.with_row_index("at").with_columns(pl.col("at").cast(pl.Int64)).join(table, on="at")
    return joined.sort("at").select(
        pl.lit(job.name).alias("job"), "probability_from", "probability_to", "pairs", pl.col("expected", "observed").round(6)
    )


def error(table: pl.DataFrame) -> float | None:
    """Expected calibration error of a reliability table: mean distance of expected and observed, weighed by pairs; None without pairs."""
    total = float(table["pairs"].sum())
    if not total:
        return None
    return float(((table["expected"] - table["observed"]).abs() * table["pairs"]).sum()) / total
