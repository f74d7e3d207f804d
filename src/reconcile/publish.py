"""Publishing: the night is measured, and its worklists and the readers' database take the place of those before.

Everything that can fail for lack of space is written beside the old publication before anything is switched, so that
a night that fails leaves yesterday's files as they were.
"""

from __future__ import annotations

from reconcile import brakes, pace, publication, statistics, worklist
from reconcile.contract.tables import EXTRACTS, Mode
from reconcile.figures import Counts
from reconcile.report import delivery, pages
from reconcile.settings import Settings
from reconcile.store import Store

_STATISTICS, _PAGES, _DATABASES = 2, 1, 6
"""How long its parts take beside each other (``pace``)."""


def run(store: Store, settings: Settings) -> Counts:
    """Measure the night, publish the staged worklists and a copy of the warehouse.

    The brakes were judged when the findings were settled.
    """
    overruled = len(brakes.pulled(store, settings))
    if not settings.home.staged_worklists.is_dir():
        worklist.run(store, settings)  # a try that was killed while it published had moved them
    pace.expect(_STATISTICS + _PAGES + _DATABASES)
    with store.transaction():
        store.run_file("publish/night")
        statistics.run(store, settings)
        store.describe()
    pace.advance(_STATISTICS)
    texts = pages.texts(store, settings, store.run_id)
    counts: Counts = {"brakes_overruled": overruled, "review_entries": int(store.value("SELECT count(*) FROM find.review"))}
    counts |= delivery.figures(store, store.run_id)
    pace.advance(_PAGES)
    folder = publication.write(store, settings)
    pace.advance(_DATABASES)
    waiting = pages.staged(texts, settings)
    publication.switch(folder, settings)
    counts["report_failed"] = float(pages.put(waiting) < len(texts))
    publication.prune(settings.home, settings.keep_publications)
    return counts | figures_of(store, settings)


def figures_of(store: Store, settings: Settings) -> Counts:
    """What the next night is held against: rows of the snapshots, and the size of the publication."""
    rows = dict(store.run_file("ops/delivered").fetchall())
    snapshots = (extract for extract in EXTRACTS.values() if extract.mode is Mode.SNAPSHOT)
    size: Counts = {"database_mb": settings.home.latest.stat().st_size / 2**20}
    return size | {("rows", extract.name): rows[extract.name] for extract in snapshots if extract.name in rows}
