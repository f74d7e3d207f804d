"""What a tool's pairs are worth against the truth: completeness of blocking, precision, recall, F1, the best F1 over thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from bench.linkage import calibration
from bench.linkage.tasks import Task

KEYS = ["left_key", "right_key"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool hands over.

    Attributes:
        pairs: left_key, right_key, score, probability, decided.
        candidates: all pairs it compared.
        seconds: from records to decided pairs.
        peak_mb: largest resident size of that part.

    """

    pairs: pl.DataFrame
    candidates: pl.DataFrame
    seconds: float
    peak_mb: float


def figures(task: Task, pairs: pl.DataFrame, candidates: pl.DataFrame) -> dict[str, Any]:
    """All figures of one tool on one task, with the reliability tables of ``calibration``.

    Those of names with a separator or of more than four characters begin with ``long_``.
    """
    truth, pairs, candidates = (ordered(task, frame) for frame in (task.truth(), pairs, candidates))
    found = candidates.select(KEYS).unique().join(truth.select(KEYS), on=KEYS, how="semi")
    scored = pairs.join(truth.select(*KEYS, is_true=pl.lit(value=True)), on=KEYS, how="left").with_columns(
        pl.col("is_true").fill_null(value=False)
    )
    names = pl.concat([task.records(side).select("record_key", "is_long") for side in (("left", "right") if task.is_link else ("left",))])
    long = names.filter("is_long")["record_key"].implode()
    among = pl.any_horizontal(pl.col(key).is_in(long) for key in KEYS)
    result: dict[str, Any] = {
        "truth_pairs": float(truth.height),
        "candidates": float(candidates.height),
        "completeness": found.height / truth.height,
        **agreement(scored.filter("decided"), truth.height),
        **best(scored, truth.height),
        **calibration.figures(task, scored),
    }
    if not names["is_long"].any():
        return result
    decided, wanted = scored.filter("decided"), truth.height
    parts = {"long": among, "other": ~among}
    for part, holds in parts.items():
        wanted = truth.filter(holds).height
        result |= {f"{part}_{name}": value for name, value in agreement(decided.filter(holds), wanted).items()}
        result[f"{part}_truth_pairs"] = float(wanted)
    return result


def ordered(task: Task, pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one population with the smaller key on the left; pairs of two as they are."""
    if task.is_link:
        return pairs
    return pairs.with_columns(left_key=pl.min_horizontal(KEYS), right_key=pl.max_horizontal(KEYS))


def agreement(decided: pl.DataFrame, wanted: int) -> dict[str, float]:
    """Precision, recall and F1 of decided pairs with ``is_true``, of ``wanted`` true ones."""
    right = float(decided["is_true"].sum())
    return {
        "precision": right / max(decided.height, 1),
        "recall": right / max(wanted, 1),
        "f1": 2 * right / max(decided.height + wanted, 1),
        "false_pairs": decided.height - right,
        "missed_pairs": wanted - right,
    }


def best(scored: pl.DataFrame, wanted: int) -> dict[str, float]:
    """Best F1 over thresholds of the score, which no tool can know without the truth, and its threshold."""
    by_score = scored.group_by("score").agg(pl.len().alias("pairs"), pl.col("is_true").sum().alias("right")).sort("score", descending=True)
    f1 = by_score.with_columns(f1=2 * pl.col("right").cum_sum() / (pl.col("pairs").cum_sum() + wanted))
    top = f1.filter(pl.col("f1") == pl.col("f1").max()).head(1)
    return (
        {"best_f1": float(top["f1"][0]), "best_threshold": float(top["score"][0])}
        if top.height
        else {"best_f1": 0.0, "best_threshold": 0.0}
    )
