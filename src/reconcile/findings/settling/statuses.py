"""The status of every finding, from what is known, what was raised tonight and what people judged."""

from __future__ import annotations

import polars as pl

from reconcile.figures import Counts
from reconcile.findings.raising.rules import Rule
from reconcile.store import Store


def settle(store: Store, findings: pl.DataFrame, news: pl.DataFrame, grown: pl.DataFrame) -> None:
    """Write ``find.finding`` and one row of ``find.history`` per change.

    ``findings`` are tonight's, ``news`` what is new about them (``telling.news``), ``grown`` the ids of those that ask about more
    records than before.
    """
    store.run_file("life/tonight")
    store.insert("tonight", findings)
    store.insert("changed", news.filter(pl.col("condition") == "evidence_changed").select("finding_id", "detail"))
    store.insert("uncorrected", news.filter(pl.col("condition") == "still_delivered").select("finding_id"))
    store.insert("unasked", news.filter(pl.col("condition") == "unasked").select("finding_id"))
    store.insert("grown", grown)
    store.run_file("life/settle", run_id=store.run_id)


def counts(store: Store, rules: list[Rule]) -> Counts:
    """Findings that are found tonight per type (those without any count 0), all findings per status, entries of the review list."""
    found = store.frame(
        "SELECT finding_type, count(*) AS n FROM find.finding WHERE last_seen_on = $as_of AND resolved_on IS NULL GROUP BY 1"
    )
    status = store.frame("SELECT status, count(*) AS n FROM find.finding GROUP BY 1 ORDER BY 1")
    raised = dict.fromkeys((rule.finding_type for rule in rules), 0) | dict(found.iter_rows())
    counts: Counts = {("raised", finding_type): number for finding_type, number in raised.items()}
    counts["review_entries"] = float(store.value("SELECT count(*) FROM find.review"))
    counts.update({("with_status", str(name)): number for name, number in status.iter_rows()})
    return counts
