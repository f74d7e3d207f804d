"""Linkage: which records are of one person. Levels and records, pairs of every job, persons, then what events and deaths are of whom."""

from __future__ import annotations

from reconcile import pace
from reconcile.figures import Counts
from reconcile.link import events, pairing, persons, prepare, reuse
from reconcile.link.jobs import DEATH, JOBS, RELOCATION
from reconcile.link.model import file
from reconcile.settings import Settings
from reconcile.store import Store

_COUNTED = ("name", "death", "death_conflict", "police_death", "police_death_source", "relocation", "activity")
TABLES = {"record": "numbered_record"} | {table: f"link.{table}" for table in _COUNTED}
"""Tables of which the night counts the rows; the view link.record by its working copy."""


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
        counts = prepare.run(store)
        pace.advance(_BEFORE)
        counts |= pairing.run(store, settings, chosen)
        counts |= persons.run(store)
        store.run_file("link/police_death")
        store.run_file("link/relocation", bits_ahead=settings.costs.bits_ahead(RELOCATION.name))
        store.run_file("link/death_bond")
        store.run_file("link/death", bits_ahead=settings.costs.bits_ahead(DEATH.name))
        store.run_file("link/police_death_source")
        counts |= events.run(store, settings)
        store.run_file("link/activity")
        counts |= _counted(store)
        prepare.release(store)
        version = store.value("SELECT min(version) FROM link.model")
        reuse.remember(store, reuse.fingerprint(store, settings, version))
    return counts


def _counted(store: Store) -> Counts:
    """Figures of the tables written."""
    counts: Counts = {("rows", table): store.value(f"SELECT count(*) FROM {source}") for table, source in TABLES.items()}
    counts["persons"] = store.value("SELECT count(DISTINCT person_id) FROM link.person")
    for tier, number in store.execute("SELECT coalesce(tier, 'none'), count(*) FROM link.death GROUP BY ALL ORDER BY ALL").fetchall():
        counts["deaths", tier] = number
    return counts
