"""Ingest: the deliveries of the inbox become text in ``raw.*``; what cannot be read becomes a reject, never a guess."""

from __future__ import annotations

import logging

from reconcile.figures import Counts
from reconcile.ingest import discover, load, plan, profile
from reconcile.settings import Settings
from reconcile.store import Store

__all__ = ["run"]

_log = logging.getLogger(__name__)


def run(store: Store, settings: Settings) -> Counts:
    """Load every delivery that is due and not loaded yet, all or none.

    Returns:
        Counts of files, rows, rejects, columns refused, files that wait for a later ``as_of``, and data files nobody expects.

    Raises:
        UsageError: when the inbox is not there, or ``as_of`` lies before a delivery already loaded.
        InputRefusedError: when a file cannot be used; the warehouse stays as it was.

    """
    profiles = profile.read(settings.inbox) if settings.inbox else []
    inbox = discover.look(settings.inbox, profiles)
    waiting = [delivery for delivery in inbox.deliveries if delivery.delivered_on > settings.as_of]
    for file in inbox.unmatched:
        hint = "is a worklist: take it in with reconcile feedback" if file.startswith("worklist_") else "matches no extract and no profile"
        _log.warning("%s: %s, left alone", file, hint)
    for file in inbox.astray:
        _log.warning("%s: a link that dangles or leads out of the inbox, left alone", file)
    counts: Counts = {"files": 0, "rows": 0, "rejects": 0, "refused_columns": 0}
    with store.transaction():
        for task in plan.tasks(store, inbox, settings):
            result = load.load(store, task)
            counts["files"] += 1
            counts["rows"] += result.rows
            counts["rejects"] += result.rejects
            counts["refused_columns"] += len(result.audit.refused)
            _log.info("%s: %d rows, %d rejects", task.delivery.file, result.rows, result.rejects)
        plan.check_mandatory(store, settings)
    return counts | {"waiting_files": len(waiting), "unmatched_files": len(inbox.unmatched) + len(inbox.astray)}
