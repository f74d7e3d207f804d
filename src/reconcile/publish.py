"""Publishing: the night is measured, and its worklists and the readers' database take the place of those before.

Everything that can fail for lack of space is written beside the old publication before anything is switched, so that
a night that fails leaves yesterday's files as they were.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reconcile import brakes, pace, publication, statistics, worklist
from reconcile.contract.tables import EXTRACTS, Mode
from reconcile.figures import Counts
from reconcile.home import make_directory
from reconcile.report import delivery, linkage, night, private, review
from reconcile.settings import Settings
from reconcile.store import Store

_log = logging.getLogger(__name__)

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
    pages = _pages(store, settings)
    entries = review.stage(store, settings)
    pace.advance(_PAGES)
    folder = publication.write(store, settings)
    pace.advance(_DATABASES)
    staged = _staged(settings, pages)
    publication.switch(folder, settings)
    review.put(settings)
    for target, page in staged.items():
        page.replace(target)
    publication.prune(settings.home, settings.keep_publications)
    counts: Counts = {"brakes_overruled": overruled, "report_failed": float(len(staged) < len(pages)), "review_entries": entries}
    return counts | figures_of(store, settings) | delivery.write(store, settings)


def figures_of(store: Store, settings: Settings) -> Counts:
    """What the next night is held against: rows of the snapshots, and the size of the publication."""
    rows = dict(store.run_file("ops/delivered").fetchall())
    snapshots = (extract for extract in EXTRACTS.values() if extract.mode is Mode.SNAPSHOT)
    size: Counts = {"database_mb": settings.home.latest.stat().st_size / 2**20}
    return size | {("rows", extract.name): rows[extract.name] for extract in snapshots if extract.name in rows}


def _pages(store: Store, settings: Settings) -> dict[Path, Callable[[], str]]:
    """The pages about the night, for everybody and, about its linkage, for statisticians: where each will stand, and what gives its text.

    The pictures of the second are drawn while the rest is published.
    """
    home, day = settings.home, settings.as_of

    def failing(error: Exception) -> str:
        raise error

    try:
        about_linkage = linkage.begun(store, settings)
    except Exception as error:  # noqa: BLE001 - told with the other pages
        about_linkage = partial(failing, error)
    return {home.linkage_page(day): about_linkage, home.night_page(day): partial(night.page, store, settings)}


def _staged(settings: Settings, pages: dict[Path, Callable[[], str]]) -> dict[Path, Path]:
    """Write the pages to the scratch directory; a night is not lost for a picture.

    One that fails is left out, and that of the same night removed, since it would tell of other numbers.
    """
    staged: dict[Path, Path] = {}
    for target, text in pages.items():
        path = settings.home.scratch / target.name
        try:
            private.write_text(path, text())
            make_directory(target.parent)
            staged[target] = path
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with a picture, the worklists are due
            _log.warning("%s was not written: %s. reconcile report writes it again.", target.name, type(error).__name__)
            target.unlink(missing_ok=True)
    return staged
