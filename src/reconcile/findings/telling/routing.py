"""Who is asked, by when, and how early it is read: what follows from a finding's rule, tier and records."""

from __future__ import annotations

import datetime as dt

import polars as pl

from reconcile.contract.tables import EXTRACTS
from reconcile.contract.warehouse import find
from reconcile.findings.raising.rules import Rule
from reconcile.settings import Settings
from reconcile.store import Store

FINDING = find.FINDING.polars(without=("status", "resolved_on", "run_id"))
"""What the rules say of a finding; status and dates of the past are settled against the known ones."""

_TIER_STEP = {"A": 0, "B": 0, "C": 1, "D": 2}
"""How many places a weaker tier comes after the rule's priority."""


def complete(store: Store, findings: pl.DataFrame, members: pl.DataFrame, rules: list[Rule]) -> pl.DataFrame:
    """Add what follows from rule, tier and records: priority, agency, station, dates and the rule's suggestion.

    The station is that of the first subject, else of the first record of its evidence, that the station table knows, or the one that
    station named when it said that the finding is not its own; a finding without one is not routed.
    """
    return (
        findings.join(_declared(rules, store.settings), on="finding_type", how="left", maintain_order="left")
        .join(_asked(store, members), on="finding_id", how="left", maintain_order="left")
        .with_columns(
            priority=pl.col("declared_priority") + pl.col("tier").replace_strict(_TIER_STEP, default=2, return_dtype=pl.Int64),
            agency=pl.col("agency").str.replace("source", pl.col("source").fill_null("police")),
            first_seen_on=pl.lit(store.settings.as_of),
            last_seen_on=pl.lit(store.settings.as_of),
        )
        .select(*FINDING)
    )


def _declared(rules: list[Rule], settings: Settings) -> pl.DataFrame:
    """What each rule says of all its findings."""
    days = [rule.due_days or settings.due_days for rule in rules]
    return pl.DataFrame(
        {
            "finding_type": [rule.finding_type for rule in rules],
            "declared_priority": [rule.priority for rule in rules],
            "agency": [", ".join(rule.agency) for rule in rules],
            "suggestion": [rule.suggestion for rule in rules],
            "due_on": [settings.as_of + dt.timedelta(days=number) for number in days],
        }
    )


def _asked(store: Store, members: pl.DataFrame) -> pl.DataFrame:
    """Station of each finding, and the agency of its first other subject (``source``)."""
    routes = store.frame("SELECT finding_id, from_station AS station_code, to_station, TRUE AS is_routed FROM find.route")
    known = store.frame("SELECT station_code FROM std.station")["station_code"].to_list()
    agencies = {name: extract.agency for name, extract in EXTRACTS.items()}
    first = (
        members.sort("finding_id", ~pl.col("is_subject"), ~pl.col("is_lead"), "record_type", "record_key")
        .join(routes, on=["finding_id", "station_code"], how="left", maintain_order="left")
        .with_columns(station_code=pl.when("is_routed").then("to_station").otherwise("station_code"))
    )
    return first.group_by("finding_id", maintain_order=True).agg(
        pl.col("station_code").filter(pl.col("station_code").is_in(known)).first(),
        source=pl.col("record_type").filter(pl.col("is_subject") & ~pl.col("is_lead")).first().replace(agencies),
    )
