"""The stages of a night in order: the only place that knows the order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reconcile import feedback, findings, ingest, link, publish, standardise, worklist
from reconcile.settings import Settings
from reconcile.store import Counts, Store


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the night.

    ``run`` is idempotent and leaves its tables whole or unchanged.
    """

    name: str
    sentence: str
    run: Callable[[Store, Settings], Counts]


STAGES = (
    Stage("ingest", "load the deliveries of the inbox as text", ingest.run),
    Stage("standardise", "type and normalise what was delivered", standardise.run),
    Stage("feedback", "take in what stations answered", feedback.run),
    Stage("link", "decide which records are of one person", link.run),
    Stage("findings", "raise, keep and settle findings", findings.run),
    Stage("worklist", "write what each station has to check", worklist.run),
    Stage("publish", "swap in the new database and worklists", publish.run),
)
