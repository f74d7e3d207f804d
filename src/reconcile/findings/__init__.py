"""Findings: the problems of a night are raised, told in words a clerk can check, and settled against what is known of them.

Three floors, each using those before it: ``raising``, ``telling``, ``settling``; ``records`` reads the records they name.
"""

from __future__ import annotations

import polars as pl

from reconcile import brakes, engine, pace
from reconcile.figures import Counts
from reconcile.findings.raising import lineage, problems, rules
from reconcile.findings.settling import renewal, statuses
from reconcile.findings.telling import evidence, keep, news, reasons, routing
from reconcile.settings import Settings
from reconcile.store import Store


def run(store: Store, settings: Settings) -> Counts:
    """Raise, keep, reopen and settle findings; counts per type and per status.

    Raises:
        EngineError: when another engine cannot be asked.
        BrakeError: when the result is implausible; the findings and their history are then those of the night before.
        UsageError: when a rule file is wrong.

    """
    declared = rules.discover()
    pace.expect(2 * len(declared))  # what follows the rules takes about as long
    with store.transaction():
        with engine.opened(store, settings) as asked:
            found = problems.raise_all(store, declared, asked)
        raised = lineage.follow(store, *found)
        beside = evidence.collect(store, declared, raised.members)
        renewal.renew(store, raised.members, beside, evidence.stated(store, declared, raised.members))
        fresh = news.collect(store)
        told = reasons.add(raised.problems, raised.members, beside, declared)
        tonight = keep.suggest(store, routing.complete(store, told, raised.members, declared), raised.members)
        store.insert("find.history", raised.changes.with_columns(as_of=pl.lit(settings.as_of), run_id=pl.lit(store.run_id)))
        statuses.settle(store, news.add(tonight, fresh), fresh, raised.grown)
        store.run_file("life/review")
        brakes.check(store, settings)
        return statuses.counts(store, declared)
