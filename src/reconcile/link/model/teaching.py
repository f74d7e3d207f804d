"""Pairs whose explanation is known without the model: what their numbers, certificates and parents prove, and what stations answered.

Two valid numbers do not prove two persons: to find who has two is the purpose. So a pair of two valid numbers teaches another explanation
only where the rest says so as well: children of one birth have one mother and other names, namesakes have other parents.
"""

from __future__ import annotations

from functools import reduce
from operator import and_

import polars as pl

from reconcile.link.decide.condition import Condition, agrees, at, means
from reconcile.link.explanation import Explanation
from reconcile.link.fields import address, birth_date, kin, name, number, sex
from reconcile.link.fields.level import Field, Meaning
from reconcile.link.jobs import Job
from reconcile.link.pairs.patterns import patterns

TWO_PERSONS = "two"
"""Truth of a pair that a station called two persons: which other explanation is true nobody said."""

_CHOSEN_BY: dict[Explanation, tuple[Field, ...]] = {
    Explanation.PERSON: (),
    Explanation.BIRTH: (number.FIELD, birth_date.FIELD, kin.MOTHER),
    Explanation.FAMILY: (number.FIELD, birth_date.FIELD, kin.FATHER, kin.MOTHER),
    Explanation.NAMESAKES: (number.FIELD, name.FIELD, birth_date.FIELD, kin.FATHER, kin.MOTHER),
    Explanation.STRANGERS: (),
}
"""Fields that choose the pairs an explanation is learned from, beside the anchors of one person."""


def chosen_by(job: Job, explanation: Explanation) -> tuple[Field, ...]:
    """Fields of a job that choose the pairs an explanation is learned from, and therefore cannot teach it."""
    if explanation is Explanation.PERSON:
        return tuple(field for field in job.compares if field.is_anchor)
    elsewhere = (address.FIELD,) if explanation is Explanation.NAMESAKES and not _parents(job) else ()
    return tuple(field for field in job.compares if field in (*_CHOSEN_BY[explanation], *elsewhere))


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


def proven_others(job: Job) -> dict[Explanation, pl.Expr]:
    """Patterns that surely are another explanation: two valid numbers, or two certificates, and what else each asks for."""
    apart = _apart(job)
    if apart is None:
        return {}
    other_name = means(name.FIELD, Meaning.CONTRADICTS)
    other_birth = means(birth_date.FIELD, Meaning.CONTRADICTS)
    one_name, one_day = at(name.FIELD, name.EQUAL, name.FOLDED), means(birth_date.FIELD, Meaning.AGREES)
    # Where nothing is known of parents, another place has to say that a second number is no second one of the same person.
    elsewhere = [~agrees(address.FIELD)] if address.FIELD in job.compares and not _parents(job) else []
    found = {
        Explanation.NAMESAKES: [apart, one_name, one_day, *(means(parent, Meaning.CONTRADICTS) for parent in _parents(job)), *elsewhere],
        Explanation.STRANGERS: [apart, other_name, other_birth, *(~agrees(parent) for parent in _parents(job))],
    }
    if kin.MOTHER in job.compares:
        mother = at(kin.MOTHER, kin.NUMBER)
        # A name that nearly agrees may be a second number of one child, unless the two live side by side and were numbered in a row.
        alike = means(name.FIELD, Meaning.SLIP) & at(number.FIELD, number.PLACE_DAY) & at(address.FIELD, address.HOUSE)
        twin_name = (other_name | alike) if address.FIELD in job.compares else other_name
        found[Explanation.BIRTH] = [apart, mother, one_day, twin_name]
        found[Explanation.FAMILY] = [apart, mother, other_birth & ~at(birth_date.FIELD, birth_date.SAME_YEAR), other_name]
    return {explanation: reduce(and_, conditions).expr for explanation, conditions in found.items()}


def _apart(job: Job) -> Condition | None:
    """Whether an anchor says that the two are not one; nothing where the job has none."""
    anchors = [means(field, Meaning.CONTRADICTS) for field in job.compares if field.is_anchor]
    return reduce(lambda left, right: left | right, anchors) if anchors else None


def _parents(job: Job) -> list[Field]:
    return [field for field in job.compares if field in (kin.FATHER, kin.MOTHER)]


def known(job: Job, judged: pl.DataFrame) -> pl.DataFrame:
    """Patterns of pairs whose explanation is known, with ``truth`` (an explanation, or ``TWO_PERSONS``) and ``pairs``.

    ``judged`` are counted candidates with their ``verdict``, as ``pairs.patterns.counted`` gives them.
    """
    answered = [
        patterns(job, judged.filter(pl.col("verdict") == verdict).drop("verdict")).with_columns(truth=pl.lit(truth))
        for verdict, truth in (("same", str(Explanation.PERSON)), ("different", TWO_PERSONS))
    ]
    counted = patterns(job, judged.filter(pl.col("verdict").is_null()).drop("verdict"))
    truth = pl.when(silver(job)).then(pl.lit(str(Explanation.PERSON)))
    for explanation, condition in proven_others(job).items():
        truth = truth.when(condition).then(pl.lit(str(explanation)))
    proven = counted.with_columns(truth=truth.otherwise(None)).filter(pl.col("truth").is_not_null())
    return pl.concat([*answered, proven])
