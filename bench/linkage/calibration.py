"""What a probability is worth against the truth: whether nine in ten of the pairs that a tool gives 0.9 are one person.

Measured where it decides something: on pairs that no equal number settles and that get at least ``LEAST``. Whom one person is of, the
sample says (``truth.parquet``). What else two records can be, it does not: there the other explanations are told by the parents that both
records state, so that relatives who state none are taken for namesakes or strangers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import polars as pl

from bench.linkage.tasks import Task
from reconcile.link.explanation import Explanation
from reconcile.link.model.calibrate import BINS

LEAST = 0.01
KEYS = ["left_key", "right_key"]
SIDES = ("left", "right")
READ = ("citizen_id", "name_key", "birth_date", "father_id", "mother_id", "father_name_key", "mother_name_key")


def figures(task: Task, pairs: pl.DataFrame) -> dict[str, Any]:
    """Expected calibration error of one person (``calibration_error``), on how many pairs, and the reliability table of each explanation.

    ``pairs`` have left_key, right_key, probability, is_true; with ``as_<explanation>`` each of these has a table, else one person only.
    """
    if "citizen_id" not in task.records().columns:
        return {}
    stated = _stated(task, pairs.filter(pl.col("probability") >= LEAST))
    left, right = pl.col("left_citizen_id"), pl.col("right_citizen_id")
    open_pairs = stated.filter((left != right).fill_null(value=True)).with_columns(truth=_truth())
    shares = [name for name in Explanation if name.share in pairs.columns]
    curves = [row for name in shares or [Explanation.PERSON] for row in _curve(open_pairs, name)]
    return {"open_pairs": float(open_pairs.height), "calibration_error": error(curves, Explanation.PERSON), "reliability": curves}


def error(curves: list[dict[str, Any]], explanation: Explanation) -> float:
    """Expected calibration error of one explanation: mean distance of expected and observed share, weighed by pairs."""
    rows = [row for row in curves if row["explanation"] == str(explanation)]
    total = sum(row["pairs"] for row in rows)
    return sum(abs(row["expected"] - row["observed"]) * row["pairs"] for row in rows) / total if total else 0.0


def _curve(pairs: pl.DataFrame, explanation: Explanation) -> list[dict[str, Any]]:
    """Expected and observed share of one explanation by the probability it was given."""
    share = explanation.share if explanation.share in pairs.columns else "probability"
    rows: list[dict[str, Any]] = []
    for least, most in pairwise(BINS):
        among = pairs.filter(pl.col(share) >= least, (pl.col(share) < most) | (pl.lit(most) == BINS[-1]))
        if among.height:
            observed = float((among["truth"] == str(explanation)).sum()) / among.height
            expected = float(among[share].sum()) / among.height
            rows.append({
                "explanation": str(explanation), "from": least, "to": most, "pairs": among.height,
                "expected": round(expected, 4), "observed": round(observed, 4),
            })  # fmt: skip
    return rows


def _stated(task: Task, pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs with what both records state."""
    for side in SIDES:
        records = task.records(side if task.is_link else "left")
        columns = {f"{side}_{name}": pl.col(name) if name in records.columns else pl.lit(None, pl.String) for name in READ}
        pairs = pairs.join(records.select(pl.col("record_key").alias(f"{side}_key"), **columns), on=f"{side}_key", how="left")
    return pairs


def _truth() -> pl.Expr:
    """What two records are to each other."""

    def same(column: str, other: str = "") -> pl.Expr:
        return (pl.col(f"left_{column}") == pl.col(f"right_{other or column}")).fill_null(value=False)

    parents = [same("mother_id"), same("father_id"), same("mother_name_key") & same("father_name_key")]
    descent = [same("citizen_id", parent) | same(parent, "citizen_id") for parent in ("mother_id", "father_id")]
    return (
        pl.when("is_true").then(pl.lit(str(Explanation.PERSON)))
        .when(pl.any_horizontal(parents) & same("birth_date")).then(pl.lit(str(Explanation.BIRTH)))
        .when(pl.any_horizontal(parents + descent)).then(pl.lit(str(Explanation.FAMILY)))
        .when(same("name_key") & same("birth_date")).then(pl.lit(str(Explanation.NAMESAKES)))
        .otherwise(pl.lit(str(Explanation.STRANGERS)))
    )  # fmt: skip
