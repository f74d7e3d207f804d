"""Decisions on patterns of levels: who is one person, with which tier, and what forbids it (CONTRACT §2, tiers and readings 1, 4, 9).

Each job has a list of rules over what its fields say; the first that holds decides. Nothing is decided by the number alone, nor by name
and birth date alone. How probable a pair has to be follows from what a mistake costs (``thresholds.Costs``).
"""

from __future__ import annotations

import polars as pl

from reconcile.link import jobs
from reconcile.link.decide import birth, death, death_cremation, registration, relocation
from reconcile.link.decide.rule import Floors

DECIDERS = {
    jobs.REGISTRATION.name: registration.decide,
    jobs.DEATH_CREMATION.name: death_cremation.decide,
    jobs.DEATH.name: death.decide,
    jobs.RELOCATION.name: relocation.decide,
    jobs.BIRTH.name: birth.decide,
}
ANSWERS = {"same": "a station's answer: one person", "different": "a station's answer: two persons"}
"""Verdict of the stations on two registrations, and the rule it makes."""


def run(job: jobs.Job, scored: pl.DataFrame, floors: Floors, *, is_proven: bool = True) -> pl.DataFrame:
    """Decide the scored patterns of a job: adds decision, tier, veto and why.

    What rests on the score alone is for analysts where nothing proved the model: tier C becomes D.
    """
    decided = DECIDERS[job.name](scored, floors)
    if is_proven:
        return decided
    return decided.with_columns(tier=pl.when(pl.col("tier") == "C").then(pl.lit("D")).otherwise("tier"))


def with_answers(decided: pl.DataFrame) -> pl.DataFrame:
    """Decided patterns once as the rules say, once for each verdict of the stations, in the column ``verdict`` (null, same, different).

    A verdict outranks the rules; the tier of a pair that stations call different is what the rules would say.
    """
    same, different = (decided.with_columns(verdict=pl.lit(verdict), why=pl.lit(words)) for verdict, words in ANSWERS.items())
    return pl.concat(
        [
            decided.with_columns(verdict=pl.lit(None, pl.String)),
            same.with_columns(
                decision=pl.lit("match"),
                veto=pl.lit(None, pl.String),
                tier=pl.when(pl.col("tier").fill_null("D") == "D").then(pl.lit("B")).otherwise("tier"),
            ),
            different.with_columns(decision=pl.lit("non_match"), veto=pl.lit("judged_different")),
        ]
    )
