"""Feedback: the answers of stations become judgements, which are kept for ever and outrank what the rules say."""

from __future__ import annotations

import polars as pl

from reconcile import identity
from reconcile.settings import Settings
from reconcile.store import Counts, Store


def run(store: Store, settings: Settings) -> Counts:  # noqa: ARG001 - every stage has this signature
    """Append answers not taken in yet to ``ops.judgement``; answers about no finding of this warehouse are rejected.

    A judgement is never changed or erased: an answer that differs from an earlier one about the same finding is one more.
    """
    with store.transaction():
        numbers = store.frame("SELECT DISTINCT upper(trim(finding_id)) AS finding_id FROM std.verification_result ORDER BY 1")
        # Distinct finding numbers, not rows: the check character is arithmetic in a finite field.
        checked = numbers.with_columns(
            is_valid=pl.Series([identity.is_valid(number) for number in numbers["finding_id"]], dtype=pl.Boolean)
        )
        store.run_file("feedback/prepare")
        store.insert("answer_number", checked)
        store.run_file("feedback/judge", run_id=store.run_id)
        answers, judgements, rejects = (
            int(store.value(f"SELECT count(*) FROM {table}"))
            for table in ("std.verification_result", "ops.judgement", "ops.reject WHERE stage = 'feedback'")
        )
    return {"answers": answers, "judgements": judgements, "rejects": rejects}
