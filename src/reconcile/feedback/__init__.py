"""Feedback: the answers of stations become judgements, which are kept for ever and outrank what the rules say."""

from __future__ import annotations

import polars as pl

from reconcile.feedback import judge
from reconcile.feedback.take import Receipt, not_told, take_in, waiting
from reconcile.figures import Counts
from reconcile.settings import Settings
from reconcile.store import Store

__all__ = ["Receipt", "not_told", "run", "take_in", "waiting"]

_STAGE = "feedback"


def run(store: Store, settings: Settings) -> Counts:  # noqa: ARG001 - every stage has this signature
    """Append answers that came with the deliveries and are not taken in yet to ``ops.judgement``; rejects are written anew.

    A judgement is never changed or erased: an answer that differs from an earlier one about the same finding is one more.
    """
    with store.transaction():
        store.execute("DELETE FROM ops.reject WHERE stage = $stage", stage=_STAGE)
        answers = store.frame("SELECT * FROM std.verification_result ORDER BY _load_id, _line")
        judge.judge(store, answers.with_columns(recipient=pl.lit(None, pl.String), is_list=False), _STAGE)
        judgements, rejects = (
            int(store.value(f"SELECT count(*) FROM {table}", stage=_STAGE))
            for table in ("ops.judgement", "ops.reject WHERE stage = $stage")
        )
    return {"answers": answers.height, "judgements": judgements, "rejects": rejects}
