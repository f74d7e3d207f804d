"""The probability of every explanation of a pattern of levels, and what each field speaks for one person."""

from __future__ import annotations

import math

import numpy as np
import polars as pl

from reconcile.link.explanation import OTHERS, Explanation
from reconcile.link.fields.level import FREQUENCIES, Field, Level
from reconcile.link.jobs import Job

PRIOR = "prior"
"""Name of the field that says what a pair weighs before anything is compared."""


def features(field: Field) -> list[tuple[str, Level]]:
    """What the model tells apart in a field: its levels, those weighed by frequency once per frequency (``equal:rare``)."""
    return [
        (f"{level.name}:{frequency}" if frequency else level.name, level)
        for level in field.levels
        for frequency in ([name for name, _ in FREQUENCIES] if level.by_frequency else [""])
    ]


def feature(job: Job, field: str) -> pl.Expr:
    """Feature of a pattern in a field."""
    level = pl.col(f"{field}_level").cast(pl.String)
    if field not in job.weighed_by_frequency:
        return level
    suffix = ":" + pl.col(f"{field}_frequency").cast(pl.String)
    return level + suffix.fill_null("")


def score(job: Job, counted: pl.DataFrame, weights: pl.DataFrame, without: tuple[str, ...] = ()) -> pl.DataFrame:
    """Divide the probability of each pattern among the explanations.

    Adds ``as_<explanation>`` (their shares, summing to 1), ``explanation`` (the likeliest), ``probability`` (that of one person),
    ``match_weight`` (log2 odds of one person against all others) and ``<field>_weight`` (log2 of the level's share among pairs of one
    person by that under the likeliest other explanation). Fields in ``without`` are taken for unknown: they weigh nothing.
    """
    bits = _by_field(job, counted, weights, without)
    total = _summed(job, bits, weights)
    person, others = total[:, 0], total[:, 1:]
    rival = np.argmax(others, axis=1) + 1 if counted.height else np.zeros(0, dtype=int)
    odds = person - np.logaddexp2.reduce(others, axis=1)
    shares = np.exp2(total - np.logaddexp2.reduce(total, axis=1, keepdims=True))
    rows = np.arange(counted.height)
    likeliest = pl.Series(np.argmax(total, axis=1)).replace_strict(dict(enumerate(map(str, Explanation))), return_dtype=pl.String)
    return counted.with_columns(
        *(pl.Series(f"{field}_weight", found[:, 0] - found[rows, rival]).round(6) for field, found in bits.items()),
        *(pl.Series(explanation.share, shares[:, at]) for at, explanation in enumerate(Explanation)),
        explanation=likeliest,
        match_weight=pl.Series(odds).round(6),
    ).with_columns(probability=1 / (1 + (-pl.col("match_weight") * math.log(2)).exp()))


def logarithms(job: Job, counted: pl.DataFrame, weights: pl.DataFrame, without: tuple[str, ...] = ()) -> np.ndarray:
    """Bits of each pattern under each explanation, the prior included: patterns by explanations."""
    return _summed(job, _by_field(job, counted, weights, without), weights)


def _by_field(job: Job, counted: pl.DataFrame, weights: pl.DataFrame, without: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Bits of each pattern in each field under each explanation."""
    own = weights.filter(pl.col("job") == job.name)
    bits = _logarithms(own)
    of_field: dict[str, dict[str, int]] = {field: {} for field in (*job.fields, PRIOR)}
    for at, (field, level) in enumerate(own.select("field", "level").rows()):
        of_field[field][level] = at
    places = counted.select(feature(job, field).replace_strict(of_field[field], return_dtype=pl.Int64).alias(field) for field in job.fields)
    return {field: bits[places[field].to_numpy()] * (field not in without) for field in job.fields}


def _summed(job: Job, bits: dict[str, np.ndarray], weights: pl.DataFrame) -> np.ndarray:
    prior = weights.filter(pl.col("job") == job.name, pl.col("field") == PRIOR)
    return np.sum(list(bits.values()), axis=0) + _logarithms(prior)


def _logarithms(rows: pl.DataFrame) -> np.ndarray:
    """Bits of the shares of some rows of the model under each explanation, one person first; its correction is added."""
    columns = [pl.col(str(explanation)).log(2) for explanation in OTHERS]
    return rows.select(pl.col(str(Explanation.PERSON)).log(2) + pl.col("correction"), *columns).to_numpy()
