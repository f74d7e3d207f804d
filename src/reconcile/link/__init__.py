"""Linkage: which records are of one person. Levels and records, pairs of every job, persons, then what events and deaths are of whom."""

from __future__ import annotations

from reconcile import engine, pace
from reconcile.asked import Compute
from reconcile.figures import Counts
from reconcile.link import events, pairing, persons, prepare, record, reuse
from reconcile.link.jobs import JOBS
from reconcile.link.model import file
from reconcile.settings import Settings
from reconcile.store import Store

_COUNTED = ("name", "death", "death_conflict", "police_death", "police_death_source", "relocation", "activity")
"""Tables of which the night counts the rows, beside the records."""
_BEFORE = _AFTER = 10
"""What comes before and after the pairs, in passes of blocking, which it takes about as long as."""


def run(store: Store, settings: Settings) -> Counts:
    """Link what is standardised: fill every table of the schema ``link`` and the measures of ``stats``, unless they stand (``reuse``).

    The model is the pinned or newest one of ``<home>/models``; where there is none for this program one is trained and written there.

    Raises:
        UsageError: when the pinned model is not there or knows other levels.

    """
    chosen = file.choose(settings)
    with store.transaction():
        if chosen is not None and not settings.full:
            counts = reuse.standing(store, reuse.fingerprint(store, settings, chosen.version))
            if counts is not None:
                return counts
        store.run_file("link/night")
        pace.expect(_BEFORE + pairing.parts(JOBS) + _AFTER)
        record.declare(store)
        with engine.opened(store, settings) as asked:
            counts = prepare.run(store, asked)
            pace.advance(_BEFORE)
            counts |= pairing.run(store, asked, settings, chosen)
            counts |= persons.run(store)
            counts |= events.run(store, asked, settings)
            counts |= _counted(store, asked)
            prepare.release(store, asked)
        version = store.value("SELECT min(version) FROM link.model")
        reuse.remember(store, reuse.fingerprint(store, settings, version))
    return counts


def _counted(store: Store, asked: Compute) -> Counts:
    """Figures of the tables written."""
    counts: Counts = {("rows", "record"): asked.frame("SELECT count(*) AS records FROM numbered_record").item()}
    counts |= {("rows", table): store.value(f"SELECT count(*) FROM link.{table}") for table in _COUNTED}
    counts["persons"] = store.value("SELECT count(DISTINCT person_id) FROM link.person")
    for tier, number in store.execute("SELECT coalesce(tier, 'none'), count(*) FROM link.death GROUP BY ALL ORDER BY ALL").fetchall():
        counts["deaths", tier] = number
    return counts
