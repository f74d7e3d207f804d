"""Training: Fellegi-Sunter weights per level, fitted on counted patterns by recordlinkage's naive Bayes, then calibrated.

Silver truth gives m: pairs with one valid number (or one certificate) that agree otherwise, and what people answered. Random pairs
give u. What a level declares counts as a few observations, so that a small register gets a sane model.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from reconcile.link import bearers
from reconcile.link.decide.condition import means
from reconcile.link.fields import birth_date, name, sex
from reconcile.link.fields.level import FREQUENCIES, Field, Meaning, frequency
from reconcile.link.jobs import Job
from reconcile.link.model import calibrate, unsupervised
from reconcile.link.model.file import DIGITS, SCHEMA
from reconcile.link.model.score import feature, features
from reconcile.link.pairs import answers, block, compare
from reconcile.link.pairs.patterns import patterns
from reconcile.store import Store

RANDOM_PAIRS = 100_000
PROVEN, AGREEMENT = "numbers", "agreement"
"""What weights are learned from: pairs that numbers prove, or an unsupervised fit where nobody has one."""
DECLARED_STRENGTH = 200.0
"""A declared distribution counts as so many pairs when there is nothing else."""
DECLARED_MOST = 20.0
"""A declared rare level counts as at most so many pairs however many were seen."""


def train(store: Store, job: Job, levels: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """Learn the weights of a job from its compared candidates and from random pairs.

    Returns:
        Rows of ``SCHEMA``, and what they were learned from: ``numbers`` or, where nobody has one, ``agreement``.

    """
    judged = answers.beside(store, job, levels)
    block.random_pairs(store, job, RANDOM_PAIRS)
    random = patterns(job, compare.run(store, job))
    sizes = [store.value("SELECT count(*) FROM numbered_record WHERE list_contains($types, record_type)", types=list(types))
             for types in (job.left, job.right)]  # fmt: skip
    shares, chance = frequency_shares(store), prior(job, *sizes)
    candidates = patterns(job, levels)
    if unsupervised.is_needed(store, job):
        weights = fit(job, unsupervised.matched(job, candidates), random, shares, chance)
        return with_shares(job, weights, candidates), AGREEMENT
    matched = patterns(job, judged.filter(pl.col("verdict").is_null() | (pl.col("verdict") == "same")).drop("verdict"))
    confirmed = patterns(job, judged.filter(pl.col("verdict") == "same").drop("verdict"))
    weights = fit(job, pl.concat([matched.filter(silver(job)), confirmed.filter(~silver(job))]), random, shares, chance)
    weights = calibrate.corrected(job, weights, calibrate.labelled(job, judged, silver(job)))
    return with_shares(job, weights, candidates), PROVEN


def silver(job: Job) -> pl.Expr:
    """Patterns that surely are one person without the model: one proven anchor, and the name or birth date and sex agree."""
    if not job.anchors:
        return pl.lit(value=False)
    anchored = pl.any_horizontal(means(field, Meaning.AGREES).expr for field in job.compares if field.is_anchor)
    same_name = means(job.field(name.FIELD.name), Meaning.AGREES, Meaning.TOLERATED, Meaning.SLIP).expr
    born = pl.all_horizontal(
        means(field, Meaning.AGREES).expr for field in job.compares if field.name in (birth_date.FIELD.name, sex.FIELD.name)
    )
    return anchored & (same_name | born)


def prior(job: Job, left: int, right: int) -> float:
    """Share of matches among all pairs of two populations of these sizes."""
    others = max(right - 1, 1) / 2 if job.is_self else max(right, 1)
    return min(job.matches_per_left / others, 0.5) if left else 0.5


def frequency_shares(store: Store) -> pl.DataFrame:
    """Per scope of ``bearers.SCOPES`` and frequency level.

    ``m`` is the share of registrations with such a value, ``u`` the chance that two registrations (born in one decade, where that is
    counted) share one.
    """
    spread = store.frame("SELECT scope, decade, bearers, how_many FROM link.value_spread ORDER BY scope, decade, bearers")
    return pl.concat(
        [_shares(spread.filter(pl.col("scope") == scope)).select(pl.lit(scope).alias("scope"), pl.all()) for scope in bearers.SCOPES]
    )


def _shares(values: pl.DataFrame) -> pl.DataFrame:
    bearing = values.with_columns(borne=(pl.col("bearers") * pl.col("how_many")).cast(pl.Float64))
    bearing = bearing.with_columns(of_decade=pl.col("borne").sum().over("decade"))
    total = max(float(bearing["borne"].sum()), 2.0)
    chance = pl.col("borne") * (pl.col("bearers") - 1) / (pl.col("of_decade") - 1).clip(1) / total
    shares = bearing.group_by(frequency().cast(pl.String).alias("frequency")).agg(
        m=pl.col("borne").sort_by("decade", "bearers").sum() / total, u=chance.sort_by("decade", "bearers").sum()
    )
    # Half a shared name keeps a level possible that a small register does not show.
    known = pl.DataFrame({"frequency": [known for known, _ in FREQUENCIES]}).join(shares, on="frequency", how="left", maintain_order="left")
    known = known.with_columns(pl.col("m").fill_null(0.0).clip(0.001), pl.col("u").fill_null(0.0) + 0.5 / total**2)
    # A more common name is never the stronger evidence, also where nobody bears one.
    return known.with_columns(u=pl.col("m") * (pl.col("u") / pl.col("m")).cum_max())


def fit(job: Job, matched: pl.DataFrame, random: pl.DataFrame, shares: pl.DataFrame, match_share: float) -> pl.DataFrame:
    """Weights from counted patterns of matched and of random pairs; shares and corrections are still zero.

    Args:
        job: what was compared.
        matched: patterns with ``pairs`` that are one person.
        random: patterns with ``pairs`` drawn at random.
        shares: name-frequency shares as ``frequency_shares`` gives them.
        match_share: share of matches among all pairs.

    """
    from recordlinkage import NaiveBayesClassifier

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
        {
            "job": job.name,
            "field": field.name,
            "scope": field.bearers.scope_of(level) if field.bearers else "",
            "level": feature_name,
            "declared": level.m,
            "keeps": field.is_anchor,
            "base": level.name,
        }
        for field in job.compares
        for feature_name, level in features(field)
    ]
    frame = pl.DataFrame(learned).with_columns(m=pl.Series(m), u=pl.Series(u))
    frame = frame.with_columns(m=pl.when("keeps").then("declared").otherwise("m")).pipe(_by_frequency, shares)
    frame = _as_others(job, frame).with_columns(pl.col(name) / pl.col(name).sum().over("field") for name in ("m", "u"))
    odds = pl.DataFrame({"job": [job.name], "field": ["prior"], "level": [""], "m": [match_share], "u": [1 - match_share]})
    frame = pl.concat([odds, frame.select(odds.columns)])
    frame = frame.with_columns(pl.col(name).round_sig_figs(DIGITS) for name in ("m", "u"))
    weight = (pl.col("m") / pl.col("u")).log(2).round_sig_figs(DIGITS)
    return frame.with_columns(weight=weight, share=pl.lit(0.0), correction=pl.lit(0.0)).select(list(SCHEMA))


def with_shares(job: Job, weights: pl.DataFrame, candidates: pl.DataFrame) -> pl.DataFrame:
    """Weights with the share of every level among candidate pairs, which drift is measured against."""
    shares = level_shares(job, candidates)
    return weights.drop("share").join(shares, on=["field", "level"], how="left", maintain_order="left").with_columns(
        pl.col("share").fill_null(0.0)
    ).select(list(SCHEMA))  # fmt: skip


def level_shares(job: Job, candidates: pl.DataFrame) -> pl.DataFrame:
    """Share of every feature among counted patterns: field, level, share."""
    total = max(float(candidates["pairs"].sum()), 1.0)
    parts = [
        candidates.group_by(feature(job, field).alias("level")).agg(share=(pl.col("pairs").sum() / total).round_sig_figs(DIGITS))
        .select(pl.lit(field).alias("field"), "level", "share")
        for field in job.fields
    ]  # fmt: skip
    return pl.concat(parts).sort("field", "level")


def _by_frequency(frame: pl.DataFrame, shares: pl.DataFrame) -> pl.DataFrame:
    """Spread m and u of levels weighed by frequency over the frequencies as the register has them; for an equal name u is exact."""
    split = frame.with_columns(frequency=pl.col("level").str.split(":").list.get(1, null_on_oob=True))
    keyed = shares.rename({"m": "of_m", "u": "of_u"})
    joined = split.join(keyed, on=["scope", "frequency"], how="left", maintain_order="left")
    whole = [pl.col(name).sum().over("field", "base").alias(f"all_{name}") for name in ("m", "u")]
    exact = (
        pl.when((pl.col("base") == name.EQUAL.name) & (pl.col("scope") == "name"))
        .then(pl.col("of_u"))
        .otherwise(pl.col("all_u") * pl.col("of_u") / pl.col("of_u").sum().over("field", "base"))
    )
    spread = pl.col("all_m") * pl.col("of_m") / pl.col("of_m").sum().over("field", "base")
    return joined.with_columns(whole).with_columns(
        m=pl.when(pl.col("frequency").is_null()).then("m").otherwise(spread),
        u=pl.when(pl.col("frequency").is_null()).then("u").otherwise(exact),
    )


def _as_others(job: Job, frame: pl.DataFrame) -> pl.DataFrame:
    """Give levels that are ``like`` another one its ratio of m to u."""
    borrowed = ((field.name, level.name, level.like) for field in job.compares for level in field.levels if level.like)
    for field, own, like in borrowed:
        mine, other = ((pl.col("field") == field) & (pl.col("level") == level) for level in (own, like))
        ratio = pl.col("m").filter(other).first() / pl.col("u").filter(other).first()
        frame = frame.with_columns(u=pl.when(mine).then(pl.col("m") / ratio).otherwise("u"))
    return frame


def _coded(job: Job, counted: pl.DataFrame) -> pl.DataFrame:
    """Patterns as one code per field, with their counts."""
    codes = {field.name: {known: code for code, (known, _) in enumerate(features(field))} for field in job.compares}
    coded = [feature(job, field).replace_strict(code, return_dtype=pl.Int64).alias(field) for field, code in codes.items()]
    return counted.select(*coded, pl.col("pairs").cast(pl.Float64))


def _declared(job: Job, which: str, seen: float) -> pl.DataFrame:
    """Patterns with weights whose sums per field are the declared counts: the fields' distributions laid side by side and cut together."""
    counts = {field.name: _declared_counts(field, which, seen) for field in job.compares}
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


def _declared_counts(field: Field, which: str, seen: float) -> np.ndarray:
    """How many pairs of each feature the declaration counts as."""
    listed = features(field)
    times = {level.name: sum(other is level for _, other in listed) for _, level in listed}
    shares = np.array([getattr(level, which) / times[level.name] for _, level in listed], dtype=float)
    shares /= shares.sum()
    return np.minimum(max(seen, DECLARED_STRENGTH) * shares, np.maximum(DECLARED_MOST, DECLARED_STRENGTH * shares))
