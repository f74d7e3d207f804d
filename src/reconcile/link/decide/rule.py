"""A rule and its outcome; the first rule of a job's list that holds decides a pattern, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import polars as pl

from reconcile.ladder import first_that_holds
from reconcile.link.decide.condition import Condition
from reconcile.link.jobs import Job
from reconcile.thresholds import Costs

NO_RULE = "no rule holds"


@dataclass(frozen=True, slots=True)
class Floors:
    """Least probability of a pair on a list (tiers A to C) and of a lead for analysts (tier D), where rules ask for one."""

    listed: float
    lead: float

    @classmethod
    def of(cls, job: Job, costs: Costs) -> Self:
        """Floors of a job, from what its mistakes cost."""
        return cls(costs.floor(job.name), costs.floor("lead"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One outcome: the first rule of a list whose condition holds decides a pattern."""

    when: Condition
    decision: str
    tier: str | None = None
    veto: str | None = None


def first_rule(patterns: pl.DataFrame, rules: list[Rule]) -> pl.DataFrame:
    """Add decision, tier, veto and why to scored patterns; one that no rule holds for is no match."""
    outcomes: dict[str, tuple[list[str | None], str | None]] = {
        "decision": ([rule.decision for rule in rules], "non_match"),
        "tier": ([rule.tier for rule in rules], None),
        "veto": ([rule.veto for rule in rules], None),
        "why": ([rule.when.words for rule in rules], NO_RULE),
    }
    conditions = [rule.when.expr for rule in rules]
    return patterns.with_columns(
        first_that_holds(zip(conditions, values, strict=True), otherwise).alias(name) for name, (values, otherwise) in outcomes.items()
    )
