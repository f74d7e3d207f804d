"""From records to decided pairs, one job after the other: block, compare, train where there is no model, score, decide, measure, keep."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from reconcile import engine, pace
from reconcile.asked import Compute
from reconcile.errors import UsageError
from reconcile.figures import Counts
from reconcile.link import decide, prepare, record
from reconcile.link.decide.rule import Floors
from reconcile.link.jobs import DEATH, JOBS, Job
from reconcile.link.model import file, frequency, measure, train
from reconcile.link.model.score import score
from reconcile.link.pairs import block, compare, informants
from reconcile.link.pairs import store as pair_table
from reconcile.link.pairs.patterns import counted, pattern_keys, patterns
from reconcile.settings import Settings
from reconcile.store import Store

Learned = tuple[pl.DataFrame, str]
"""Weights of a job, and what they were learned from."""


_COMPARED = _DECIDED = 4
"""What comparing and deciding the pairs of a job take, in passes of blocking."""


def parts(jobs: Sequence[Job]) -> int:
    """How much there is to do for jobs (``pace``)."""
    return sum(len(job.passes) + _COMPARED + _DECIDED for job in jobs)


def run(store: Store, asked: Compute, settings: Settings, chosen: file.Model | None) -> Counts:
    """Fill the pair table of every job, with the chosen model or one that is trained on the way and written to ``<home>/models``."""
    counts: Counts = {"models_trained": int(chosen is None)}
    learned: dict[str, Learned] = {}
    chance = frequency.Chance(asked)
    for job in JOBS:
        found, shown = compared(asked, job)
        weights, learned_from = (
            train.train(asked, job, shown, chance) if chosen is None else (chosen.of(job), chosen.learned_from[job.name])
        )
        learned[job.name] = (weights, learned_from)
        counts |= found | decided(store, asked, job, shown, weights, settings=settings, is_proven=learned_from == train.PROVEN)
        pace.advance(_DECIDED)
    if chosen is None:
        chosen = _model(learned, settings)
        file.write(chosen, settings.home.model(chosen.version))
    store.insert("link.model", chosen.rows())
    counts["model_weights", chosen.version] = chosen.weights.height
    return counts


def learn(store: Store, settings: Settings, out: Path | None = None) -> tuple[str, Path]:
    """Train a model on what was standardised last, and write it; nothing else changes.

    Args:
        store: the warehouse of a night.
        settings: where models are.
        out: file to write instead of ``<home>/models/<version>.json``.

    Returns:
        Version of the model and its file.

    Raises:
        EngineError: when another engine cannot be asked.
        UsageError: when nothing was standardised yet.

    """
    if not store.value("SELECT count(*) FROM std.police_resident"):
        raise UsageError("There is no register to learn from. Run a night first.")
    with store.transaction():
        record.declare(store)
        with engine.opened(store, settings) as asked:
            prepare.run(store, asked)
            chance = frequency.Chance(asked)
            model = _model({job.name: train.train(asked, job, compared(asked, job)[1], chance) for job in JOBS}, settings)
            prepare.release(store, asked)
    path = out or settings.home.model(model.version)
    file.write(model, path)
    return model.version, path


def compared(asked: Compute, job: Job) -> tuple[Counts, pl.DataFrame]:
    """Counts of blocking, and what the candidate pairs of a job show (``patterns.counted``); the pairs stay in ``compared``."""
    counts = block.run(asked, job)
    pace.advance(len(job.passes))
    compare.run(asked, job)
    pace.advance(_COMPARED)
    return counts, counted(asked, job)


def _model(learned: dict[str, Learned], settings: Settings) -> file.Model:
    weights = pl.concat([rows for rows, _ in learned.values()])
    return file.named(weights, {job: learned_from for job, (_, learned_from) in learned.items()}, settings.home.models)


def decided(
    store: Store, asked: Compute, job: Job, shown: pl.DataFrame, weights: pl.DataFrame, *, settings: Settings, is_proven: bool
) -> Counts:
    """Score, decide, measure and keep the pairs of a job; where the model rests on no proof, no pair is listed for its score alone."""
    floors = Floors.of(job, settings.costs)
    candidates = patterns(job, shown)
    counts = measure.drift(store, job, candidates, weights) | measure.reliability(store, job, shown, weights)
    if job is DEATH:
        at_first = decide.run(job, score(job, candidates, weights), floors)
        informants.set_aside(asked, job, at_first)
        shown = counted(asked, job)
        candidates = patterns(job, shown)
    outcomes = decide.run(job, score(job, candidates, weights), floors, is_proven=is_proven)
    if not is_proven:
        counts["without_numbers", job.name] = 1
    counts["patterns", job.name] = outcomes.height
    keys = pattern_keys(job)
    is_listed = (pl.col("decision") == "match") & (pl.col("tier") != "D")
    listed = outcomes.select(*keys, matched=is_listed)
    counts |= measure.blocking(store, job, shown.join(listed, on=keys, how="left", nulls_equal=True))
    measure.scores(store, job, outcomes)
    return counts | pair_table.write(store, asked, job, outcomes)
