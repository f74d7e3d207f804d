"""Training: how often each level is met under each explanation, fitted on counted patterns by recordlinkage's naive Bayes, then calibrated.

Pairs whose explanation is known teach it (``teaching``), random pairs teach what any two people agree on. What a level declares counts as a
few observations, so that a small register gets a sane model.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from reconcile.asked import Compute
from reconcile.link.decide.condition import means
from reconcile.link.explanation import OTHERS, Explanation
from reconcile.link.fields import birth_date, kin, name
from reconcile.link.fields.level import MISSING, Meaning
from reconcile.link.jobs import Job
from reconcile.link.model import calibrate, declared, frequency, teaching, unsupervised
from reconcile.link.model.file import DIGITS, SCHEMA
from reconcile.link.model.score import PRIOR, feature, features, score
from reconcile.link.pairs import block, compare
from reconcile.link.pairs.patterns import counted, patterns

RANDOM_PAIRS = 40_000
ROUNDS = 3
"""How often candidates of which nobody knows are weighed anew; shares hardly move after the second time."""
PROVEN, AGREEMENT = "numbers", "agreement"
"""What weights are learned from: pairs that numbers prove, or an unsupervised fit where nobody has one."""
LEAST_PRIOR, MOST_PRIOR = 1e-15, 0.5
"""Bounds of what a pair may be expected to be before anything is compared; the upper one is of all explanations but strangers together."""


def train(asked: Compute, job: Job, shown: pl.DataFrame, chance: frequency.Chance) -> tuple[pl.DataFrame, str]:
    """Learn the weights of a job from its compared candidates, from random pairs, and from what the register shares by chance.

    Returns:
        Rows of ``SCHEMA``, and what they were learned from: ``numbers`` or, where nobody has one, ``agreement``.

    """
    taught = {Explanation.STRANGERS: patterns(job, at_random(asked, job))}
    others = pairs_per_left(asked, job)
    shares, candidates = chance.shares, patterns(job, shown)
    parents = chance.parents if kin.FATHER in job.compares or kin.MOTHER in job.compares else None
    if unsupervised.is_needed(asked, job):
        taught[Explanation.PERSON] = unsupervised.matched(job, candidates)
        return with_shares(job, fit(job, taught, shares, others, parents), candidates), AGREEMENT
    known = teaching.known(job, shown)
    taught |= {explanation: known.filter(pl.col("truth") == str(explanation)).drop("truth") for explanation in Explanation
               if explanation is not Explanation.STRANGERS}  # fmt: skip
    labelled = calibrate.labelled(job, shown)

    def learn(person: pl.DataFrame) -> pl.DataFrame:
        return calibrate.corrected(job, fit(job, taught | {Explanation.PERSON: person}, shares, others, parents), labelled)

    weights = learn(taught[Explanation.PERSON])
    if job.is_self:
        weights = with_unproven(job, weights, candidates, taught[Explanation.PERSON], learn)
    if job.has_one_match:
        weights = calibrate.with_prior(weights, np.full(len(OTHERS), np.log2(1 - job.matches_per_left)))
    return with_shares(job, weights, candidates), PROVEN


def at_random(asked: Compute, job: Job) -> pl.DataFrame:
    """What pairs drawn at random show, as ``patterns.counted`` gives it."""
    block.random_pairs(asked, job, RANDOM_PAIRS)
    compare.run(asked, job, "compared_at_random")
    shown = counted(asked, job, "compared_at_random")
    asked.drop("compared_at_random")
    return shown


def with_unproven(
    job: Job, weights: pl.DataFrame, candidates: pl.DataFrame, proven: pl.DataFrame, learn: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """Weights that candidates without a number in common have taught as well, each as far as it is likely one person.

    Registrations with one number are mostly moves, copied from paper. Who is registered twice is written down anew, and more goes wrong.
    Another name is not learned so: twins who live apart would teach that one person bears two names, and then look like one.
    """
    rest = candidates.filter(~teaching.silver(job) & ~means(name.FIELD, Meaning.CONTRADICTS).expr)
    for _ in range(ROUNDS):
        soft = rest.with_columns(pairs=pl.col("pairs") * score(job, rest, weights)["probability"])
        weights = learn(pl.concat([proven.cast({"pairs": pl.Float64}), soft]))
    return weights


def pairs_per_left(asked: Compute, job: Job) -> float:
    """How many pairs there are for each record of the left population."""
    left, right = (
        asked.frame("SELECT count(*) AS records FROM numbered_record WHERE list_contains($types, record_type)", types=list(types)).item()
        for types in (job.left, job.right)
    )
    return (max(right - 1, 1) / 2 if job.is_self else max(right, 1)) if left else 1.0


def fit(
    job: Job, taught: dict[Explanation, pl.DataFrame], shares: pl.DataFrame, others: float, parents: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Shares of every level under every explanation, from counted patterns; shares of candidates and corrections are still zero.

    Args:
        job: what was compared.
        taught: patterns with ``pairs`` that each explanation is true of; strangers are pairs drawn at random.
        shares: how common values are, as ``frequency.shares`` gives it.
        others: pairs for each left record.
        parents: how often namesakes have parents of one name by chance, as ``frequency.parents`` gives it; without, as declared.

    """
    from recordlinkage import NaiveBayesClassifier

    rows = [(at, part) for at, explanation in enumerate(Explanation) for part in _observed(job, explanation, taught.get(explanation))]
    table = pl.concat([part for _, part in rows])
    labels = np.concatenate([np.full(part.height, at) for at, part in rows])
    kernel = NaiveBayesClassifier(binarize=None).kernel
    kernel.fit(table.select(job.fields).to_numpy(), labels, sample_weight=table["pairs"].to_numpy())
    learned = np.exp(kernel.feature_log_prob_)
    frame = _listed(job).with_columns(**{str(explanation): pl.Series(learned[at]) for at, explanation in enumerate(Explanation)})
    frame = declared.keeping_possible(job, frame)
    for explanation in Explanation:
        frame = _spread(_written_alike(job, _keep_declared(job, frame, explanation), explanation), job, explanation, shares)
    frame = _without_word_of_what_is_missing(frame if parents is None else _parents_by_chance(frame, parents))
    shared = [str(explanation) for explanation in Explanation]
    frame = pl.concat([_prior(job, frame, others), frame.select("job", "field", "level", *shared)])
    frame = frame.with_columns(pl.col(shared).round_sig_figs(DIGITS))
    weight = (pl.col(str(Explanation.PERSON)) / pl.col(str(Explanation.STRANGERS))).log(2).round_sig_figs(DIGITS)
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


def _listed(job: Job) -> pl.DataFrame:
    """Every feature of every field, and the level and frequency it stands for."""
    rows = [
        {
            "job": job.name,
            "field": field.name,
            "level": feature_name,
            "base": level.name,
            "scope": field.bearers.scope_of(level) if field.bearers else "",
            "frequency": feature_name.partition(":")[2],
        }
        for field in job.compares
        for feature_name, level in features(field)
    ]
    return pl.DataFrame(rows)


def _keep_declared(job: Job, frame: pl.DataFrame, explanation: Explanation) -> pl.DataFrame:
    """What chose the pairs of an explanation keeps its declared shares."""
    kept = [
        {"field": field.name, "level": feature_name, "declared": share / sum(shares)}
        for field in teaching.chosen_by(job, explanation)
        for shares in [declared.shares(field, explanation)]
        for (feature_name, _), share in zip(features(field), shares, strict=True)
    ]
    table = pl.DataFrame(kept, schema={"field": pl.String, "level": pl.String, "declared": pl.Float64})
    joined = frame.join(table, on=["field", "level"], how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("declared", str(explanation)).alias(str(explanation))).drop("declared")


def _written_alike(job: Job, frame: pl.DataFrame, explanation: Explanation) -> pl.DataFrame:
    """What both state alike under an explanation is written with the habits of one person, but for what is declared otherwise."""
    ratios = [
        {"field": field.name, "base": level.name, "ratio": level.share(explanation) / level.share(Explanation.PERSON)}
        for field in job.compares
        if explanation in field.alike_under
        for level in field.levels
    ]
    table = pl.DataFrame(ratios, schema={"field": pl.String, "base": pl.String, "ratio": pl.Float64})
    joined = frame.join(table, on=["field", "base"], how="left", maintain_order="left")
    alike = pl.col(str(Explanation.PERSON)) * pl.col("ratio")
    return joined.with_columns(pl.coalesce(alike, str(explanation)).alias(str(explanation))).drop("ratio")


def _spread(frame: pl.DataFrame, job: Job, explanation: Explanation, shares: pl.DataFrame) -> pl.DataFrame:
    """Spread the share of a level over the frequencies of its value: as people bear it where it is one value, else as chance has it.

    For an equal name of two strangers the chance is exact, since the register counts how often two people share one.
    """
    column = str(explanation)
    keyed = shares.select("scope", "frequency", "one", "chance")
    is_one = pl.col("field").is_in([field.name for field in job.compares if explanation in field.shared_by])
    joined = frame.join(keyed, on=["scope", "frequency"], how="left", maintain_order="left")
    part = pl.when(is_one).then("one").otherwise("chance")
    spread = pl.col(column).sum().over("field", "base") * part / part.sum().over("field", "base")
    if explanation is Explanation.STRANGERS:
        is_exact = (pl.col("field") == name.FIELD.name) & (pl.col("base") == name.EQUAL.name)
        spread = pl.when(is_exact).then("chance").otherwise(spread)
    weighed = pl.col("frequency") != ""
    return joined.with_columns(pl.when(weighed).then(spread).otherwise(column).alias(column)).drop("one", "chance")


def _parents_by_chance(frame: pl.DataFrame, parents: pl.DataFrame) -> pl.DataFrame:
    """Shares of one name of a parent among namesakes, counted in the register; what is declared counts as a few pairs."""
    namesakes = pl.col(str(Explanation.NAMESAKES))
    told = namesakes.filter(pl.col("level") != MISSING).sum().over("field")
    joined = frame.join(parents, on=["field", "frequency"], how="left", maintain_order="left")
    counted = (pl.col("shared") * told + declared.STRENGTH * namesakes) / (pl.col("pairs") + declared.STRENGTH)
    is_name = pl.col("base") == kin.NAME.name
    return joined.with_columns(pl.when(is_name).then(pl.coalesce(counted, namesakes)).otherwise(namesakes).alias("namesakes")).drop(
        "pairs", "shared"
    )


def _without_word_of_what_is_missing(frame: pl.DataFrame) -> pl.DataFrame:
    """Shares that sum to one in each field, with one share of what is missing under every explanation: it speaks for none."""
    missing = pl.col("level") == MISSING
    kept = pl.col(str(Explanation.STRANGERS)) / pl.col(str(Explanation.STRANGERS)).sum().over("field")
    frame = frame.with_columns(absent=kept.filter(missing).first().over("field"))
    for explanation in map(str, Explanation):
        told = pl.col(explanation).filter(~missing).sum().over("field")
        share = pl.when(missing).then("absent").otherwise(pl.col(explanation) / told * (1 - pl.col("absent")))
        frame = frame.with_columns(share.alias(explanation))
    return frame.drop("absent")


def _prior(job: Job, frame: pl.DataFrame, others: float) -> pl.DataFrame:
    """Share of each explanation among all pairs; two strangers share name and birth date as often as chance has it."""
    strangers = str(Explanation.STRANGERS)
    chance = [
        float(frame.filter(pl.col("field") == field.name, pl.col("base") == level.name)[strangers].sum())
        for field, level in ((name.FIELD, name.EQUAL), (birth_date.FIELD, birth_date.EQUAL))
    ]
    expected = {
        Explanation.PERSON: job.matches_per_left / others,
        Explanation.BIRTH: job.births_per_left / others,
        Explanation.FAMILY: job.family_per_left / others,
        Explanation.NAMESAKES: chance[0] * chance[1],
    }
    known = {str(explanation): min(max(share, LEAST_PRIOR), MOST_PRIOR / len(expected)) for explanation, share in expected.items()}
    rest = {str(Explanation.STRANGERS): 1.0 - sum(known.values())}
    return pl.DataFrame([{"job": job.name, "field": PRIOR, "level": "", **known, **rest}])


def _observed(job: Job, explanation: Explanation, counted: pl.DataFrame | None) -> list[pl.DataFrame]:
    """Coded patterns of an explanation: those seen, and those that its declared shares count as."""
    seen = [] if counted is None else [_coded(job, counted)]
    return [*seen, declared.patterns(job, explanation, float(sum(part["pairs"].sum() for part in seen)))]


def _coded(job: Job, counted: pl.DataFrame) -> pl.DataFrame:
    """Patterns as one code per field, with their counts."""
    codes = {field.name: {known: code for code, (known, _) in enumerate(features(field))} for field in job.compares}
    coded = [feature(job, field).replace_strict(code, return_dtype=pl.Int64).alias(field) for field, code in codes.items()]
    return counted.select(*coded, pl.col("pairs").cast(pl.Float64))
