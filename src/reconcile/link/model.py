"""The match model: Fellegi-Sunter weights per level, fitted on counted patterns by recordlinkage's naive Bayes.

Silver truth gives m: pairs with one valid number (or one certificate) that agree otherwise. Random pairs give u. What is
declared in ``spec`` counts as a few observations, so that a small register gets a sane model.
"""

from __future__ import annotations

import hashlib
import math

import numpy as np
import polars as pl
from recordlinkage import NaiveBayesClassifier

from reconcile.link import block, compare
from reconcile.link.spec import FREQUENCIES, SLIPPED_NAMES, TOLERATED_NAMES, Comparison, Job, Level
from reconcile.store import Store

RANDOM_PAIRS = 100_000
DECLARED_STRENGTH = 200.0
"""A declared distribution counts as so many pairs when there is nothing else."""
DECLARED_MOST = 20.0
"""A declared rare level counts as at most so many pairs however many were seen."""
SCHEMA = {"job": pl.String, "field": pl.String, "level": pl.String, "m": pl.Float64, "u": pl.Float64, "weight": pl.Float64}
DIGITS = 9


def patterns(job: Job, levels: pl.DataFrame) -> pl.DataFrame:
    """Distinct combinations of levels with ``pairs``, how many pairs show them, in a fixed order."""
    keys = [*(f"{field}_level" for field in job.fields), "name_frequency"]
    frequent = [level.name for comparison in job.comparisons for level in comparison.levels if level.by_frequency]
    relevant = pl.when(pl.col("name_level").is_in(frequent)).then(pl.col("name_frequency"))
    return levels.with_columns(name_frequency=relevant).group_by(keys).agg(pairs=pl.len()).sort(keys)


def silver(job: Job) -> pl.Expr:
    """Patterns that surely are one person without the model: one proven anchor, and the name or birth date and sex agree."""
    anchors = [field for field in ("number", "certificate") if field in job.fields]
    if not anchors:
        return pl.lit(value=False)
    anchored = pl.any_horizontal(pl.col(f"{field}_level") == "equal" for field in anchors)
    same_name = pl.col("name_level").is_in(TOLERATED_NAMES + SLIPPED_NAMES)
    born = pl.all_horizontal(pl.col(f"{field}_level") == "equal" for field in ("birth_date", "sex") if field in job.fields)
    return anchored & (same_name | born)


def features(comparison: Comparison) -> list[tuple[str, Level]]:
    """What the model tells apart in a field: its levels, those weighed by frequency once per frequency (``equal:rare``)."""
    return [
        (f"{level.name}:{frequency}" if frequency else level.name, level)
        for level in comparison.levels
        for frequency in ([name for name, _ in FREQUENCIES] if level.by_frequency else [""])
    ]


def feature(field: str) -> pl.Expr:
    """Feature of a pattern in a field."""
    level = pl.col(f"{field}_level").cast(pl.String)
    if field != "name":
        return level
    return level + pl.when(pl.col("name_frequency").is_null()).then(pl.lit("")).otherwise(":" + pl.col("name_frequency").cast(pl.String))


def train(store: Store, job: Job, levels: pl.DataFrame) -> pl.DataFrame:
    """Weights of a job learned from its compared candidates and from random pairs; rows of ``link.model`` without version."""
    block.random_pairs(store, job, RANDOM_PAIRS)
    random = patterns(job, compare.run(store, job))
    sizes = [store.value(f"SELECT count(*) FROM numbered_record WHERE list_contains($types, record_type) AND {side}", types=list(types))
             for side, types in (("TRUE", job.left), ("TRUE", job.right))]  # fmt: skip
    matched = patterns(job, levels).filter(silver(job))
    return fit(job, matched, random, frequency_shares(store), prior(job, *sizes))


def prior(job: Job, left: int, right: int) -> float:
    """Share of matches among all pairs of two populations of these sizes."""
    others = max(right - 1, 1) / 2 if job.is_self else max(right, 1)
    return min(job.matches_per_left / others, 0.5) if left else 0.5


def frequency_shares(store: Store) -> pl.DataFrame:
    """Per frequency level: ``m``, the share of registrations with such a name, and ``u``, the chance that two registrations share one."""
    names = store.frame("SELECT bearers, count(*) AS names FROM link.name WHERE bearers > 0 GROUP BY bearers ORDER BY bearers")
    total = max(float((names["bearers"] * names["names"]).sum()), 2.0)
    shares = names.group_by(compare.frequency().cast(pl.String).alias("frequency"), maintain_order=True).agg(
        m=(pl.col("bearers") * pl.col("names")).sum() / total,
        u=(pl.col("bearers") * (pl.col("bearers") - 1.0) * pl.col("names")).sum() / (total * (total - 1)),
    )
    # Half a shared name keeps a level possible that a small register does not show.
    known = pl.DataFrame({"frequency": [name for name, _ in FREQUENCIES]}).join(shares, on="frequency", how="left", maintain_order="left")
    return known.with_columns(pl.col("m").fill_null(0.0).clip(0.001), pl.col("u").fill_null(0.0) + 0.5 / total**2)


def fit(job: Job, matched: pl.DataFrame, random: pl.DataFrame, shares: pl.DataFrame, match_share: float) -> pl.DataFrame:
    """Weights from counted patterns of matched and of random pairs.

    Args:
        job: what was compared.
        matched: patterns with ``pairs`` that are one person.
        random: patterns with ``pairs`` drawn at random.
        shares: name-frequency shares as ``frequency_shares`` gives them.
        match_share: share of matches among all pairs.

    """
    rows = [
        _coded(job, matched),
        _declared(job, "m", float(matched["pairs"].sum())),
        _coded(job, random),
        _declared(job, "u", float(random["pairs"].sum())),
    ]
    kernel = NaiveBayesClassifier(binarize=None).kernel
    labels = np.concatenate([np.full(part.height, label) for part, label in zip(rows, (1, 1, 0, 0), strict=True)])
    table = pl.concat(rows)
    kernel.fit(table.select(job.fields).to_numpy(), labels, sample_weight=table["pairs"].to_numpy())
    u, m = np.exp(kernel.feature_log_prob_)
    learned = [
        {"job": job.name, "field": comparison.field, "level": name, "declared": level.m, "keeps": comparison.declared_m, "base": level.name}
        for comparison in job.comparisons
        for name, level in features(comparison)
    ]
    frame = pl.DataFrame(learned).with_columns(m=pl.Series(m), u=pl.Series(u))
    frame = frame.with_columns(m=pl.when("keeps").then("declared").otherwise("m")).pipe(_by_frequency, shares)
    frame = frame.with_columns(pl.col(name) / pl.col(name).sum().over("field") for name in ("m", "u"))
    odds = pl.DataFrame({"job": [job.name], "field": ["prior"], "level": [""], "m": [match_share], "u": [1 - match_share]})
    frame = pl.concat([odds, frame.select(odds.columns)])
    frame = frame.with_columns(pl.col(name).round_sig_figs(DIGITS) for name in ("m", "u"))
    return frame.with_columns(weight=(pl.col("m") / pl.col("u")).log(2).round_sig_figs(DIGITS)).select(list(SCHEMA))


def _by_frequency(frame: pl.DataFrame, shares: pl.DataFrame) -> pl.DataFrame:
    """Spread m and u of levels weighed by frequency over the frequencies as the register has them; for an equal name u is exact."""
    split = frame.with_columns(frequency=pl.col("level").str.split(":").list.get(1, null_on_oob=True))
    joined = split.join(shares.rename({"m": "of_m", "u": "of_u"}), on="frequency", how="left", maintain_order="left")
    whole = [pl.col(name).sum().over("field", "base").alias(f"all_{name}") for name in ("m", "u")]
    exact = (
        pl.when(pl.col("base") == "equal")
        .then(pl.col("of_u"))
        .otherwise(pl.col("all_u") * pl.col("of_u") / pl.col("of_u").sum().over("base"))
    )
    return joined.with_columns(whole).with_columns(
        m=pl.when(pl.col("frequency").is_null()).then("m").otherwise(pl.col("all_m") * pl.col("of_m") / pl.col("of_m").sum().over("base")),
        u=pl.when(pl.col("frequency").is_null()).then("u").otherwise(exact),
    )


def _coded(job: Job, counted: pl.DataFrame) -> pl.DataFrame:
    """Patterns as one code per field, with their counts."""
    codes = {comparison.field: {name: code for code, (name, _) in enumerate(features(comparison))} for comparison in job.comparisons}
    fields = [feature(field).replace_strict(code, return_dtype=pl.Int64).alias(field) for field, code in codes.items()]
    return counted.select(*fields, pl.col("pairs").cast(pl.Float64))


def _declared(job: Job, which: str, seen: float) -> pl.DataFrame:
    """Patterns with weights whose sums per field are the declared counts: the fields' distributions laid side by side and cut together."""
    counts = {comparison.field: _declared_counts(comparison, which, seen) for comparison in job.comparisons}
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


def _declared_counts(comparison: Comparison, which: str, seen: float) -> np.ndarray:
    """How many pairs of each feature the declaration counts as."""
    listed = features(comparison)
    times = {level.name: sum(other is level for _, other in listed) for _, level in listed}
    shares = np.array([getattr(level, which) / times[level.name] for _, level in listed], dtype=float)
    shares /= shares.sum()
    return np.minimum(max(seen, DECLARED_STRENGTH) * shares, np.maximum(DECLARED_MOST, DECLARED_STRENGTH * shares))


def covers(job: Job, weights: pl.DataFrame) -> bool:
    """Whether a stored model knows exactly the levels the job has; another program's model does not."""
    wanted = {(comparison.field, name) for comparison in job.comparisons for name, _ in features(comparison)} | {("prior", "")}
    return set(weights.select("field", "level").rows()) == wanted


def version(weights: pl.DataFrame) -> str:
    """Name of a model: a digest of its numbers, so that equal models have equal names."""
    return hashlib.sha256(weights.select(list(SCHEMA)).write_csv().encode()).hexdigest()[:8]


def score(job: Job, counted: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    """Add ``<field>_weight``, ``match_weight`` (log2 odds, the prior included) and ``probability`` to patterns."""
    own = weights.filter(pl.col("job") == job.name)
    scored = counted
    for field in job.fields:
        table = own.filter(pl.col("field") == field)
        by_level = dict(zip(table["level"], table["weight"], strict=True))
        scored = scored.with_columns(feature(field).replace_strict(by_level, return_dtype=pl.Float64).alias(f"{field}_weight"))
    start = own.filter(pl.col("field") == "prior")["weight"].item()
    total = pl.sum_horizontal(*(f"{field}_weight" for field in job.fields), pl.lit(start)).round(6)
    return scored.with_columns(match_weight=total).with_columns(probability=1 / (1 + (-pl.col("match_weight") * math.log(2)).exp()))
