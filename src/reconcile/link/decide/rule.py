"""A rule and its outcome; the first rule of a job's list that holds decides a pattern, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import polars as pl

from reconcile.ladder import first_that_holds
from reconcile.link.decide.condition import Condition
from reconcile.link.jobs import Job
from reconcile.thresholds import Costs

OTHERWISE = ("non_match", None, None, "no rule holds")
"""Decision, tier, veto and why of a pattern that no rule holds for."""


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
    outcomes = pl.DataFrame(
        [*((rule.decision, rule.tier, rule.veto, rule.when.words) for rule in rules), OTHERWISE],
        schema={"decision": pl.String, "tier": pl.String, "veto": pl.String, "why": pl.String},
        orient="row",
    )
    # Each condition is asked once, not once for each column.
    place = first_that_holds([(rule.when.expr, pl.lit(at)) for at, rule in enumerate(rules)], pl.lit(len(rules)))
    return patterns.hstack(outcomes[patterns.select(place.alias("place")).to_series()])
