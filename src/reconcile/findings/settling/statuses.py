"""The status of every finding, from what is known, what was raised tonight and what people judged."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from reconcile.figures import Counts
from reconcile.findings.raising.rules import Rule
from reconcile.store import Store


@dataclass(frozen=True, slots=True)
class StatusReason:
    """One reason for a status.

    Attributes:
        condition: name of what holds, as in ``sql/life/conditions.sql``.
        status: what the finding becomes.
        sentence: when the condition holds.

    """

    condition: str
    status: str
    sentence: str


STATUS_REASONS = (
    StatusReason("not_found", "resolved", "no rule raises it tonight"),
    StatusReason("evidence_changed", "reopened", "it was answered 不属实, and its records say something new since"),
    StatusReason("not_an_error", "dismissed", "the newest answer is 不属实"),
    StatusReason("grown_since_answer", "reopened", "it was confirmed or undetermined, and asks about more records tonight"),
    StatusReason("found_again", "reopened", "it was resolved"),
    StatusReason("reopened_since_answer", "reopened", "it was reopened after the day from which the newest answer counts"),
    StatusReason("still_delivered", "reopened", "it was answered 已纠正, and a delivery of a later day shows it all the same"),
    StatusReason(
        "unasked_once_reopened", "reopened", "the newest answer is from before it asked about all it asks, and it was reopened once"
    ),
    StatusReason("unasked", "open", "the newest answer is from before it asked about all it asks"),
    StatusReason("confirmed", "confirmed", "the newest answer is 属实 or 已纠正"),
    StatusReason("undetermined", "undetermined", "the newest answer is 无法核实"),
    StatusReason("once_reopened", "reopened", "nobody has answered since it was reopened"),
    StatusReason("raised", "open", "nobody has answered"),
)
"""In order of precedence: the first whose condition holds decides. Every finding is raised tonight or not found, so one always holds."""


def settle(store: Store, findings: pl.DataFrame, news: pl.DataFrame, grown: pl.DataFrame) -> None:
    """Write ``find.finding`` and one row of ``find.history`` per change.

    ``findings`` are tonight's, ``news`` what is new about them (``telling.news``), ``grown`` the ids of those that ask about more
    records than before.
    """
    store.run_file("life/tonight")
    store.insert("tonight", findings)
    store.insert("news", news.select("finding_id", "condition", "detail"))
    store.insert("news", grown.with_columns(condition=pl.lit("grown")))
    store.insert("status_reason", _reasons())
    for step in ("conditions", "settle", "history", "remember"):
        store.run_file(f"life/{step}", run_id=store.run_id)


def _reasons() -> pl.DataFrame:
    rows = [(place, reason.condition, reason.status) for place, reason in enumerate(STATUS_REASONS, 1)]
    return pl.DataFrame(rows, schema=["place", "condition", "status"], orient="row")


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
