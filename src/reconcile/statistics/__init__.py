"""Statistics of the population: what stands in ``stats`` beside the measures of a night. Counts of places, no person.

Each table is one file, ``sql/statistics/<table>.sql``, a header that declares it and one SELECT. What several of them read is prepared
once, in ``sql/statistics/prepared/``.
"""

from __future__ import annotations

import polars as pl

from reconcile import query, targets
from reconcile.contract.warehouse import TABLES, stats_urban
from reconcile.settings import Settings
from reconcile.standardise.rebuild import counties
from reconcile.statistics import assessment, figures, periods
from reconcile.store import Store

_SAME_MONTH = " WHERE date_trunc('month', as_of) = date_trunc('month', CAST($as_of AS DATE))"
"""Of a table that is kept, the last night of each month stays."""

PREPARED = query.names("statistics/prepared")


def run(store: Store, settings: Settings) -> None:
    """Make every table of the statistics anew, for the register as it stands.

    Raises:
        InputRefusedError: when the targets of the inbox cannot be.

    """
    wanted = targets.read(settings.inbox, counties(store))
    with store.transaction():
        store.replace("stats.period", periods.of(store, settings.as_of))
        store.replace("stats.target", pl.DataFrame(wanted.rows(), schema=stats_urban.TARGET.polars(), orient="row"))
        for name in PREPARED:
            store.run_file(name)
        for figure in figures.discover():
            gone = _SAME_MONTH if TABLES[figure.table].is_kept else ""
            store.execute(f"DELETE FROM {figure.table}{gone}; INSERT INTO {figure.table} BY NAME {figure.select}")
        store.replace("stats.assessment", assessment.of(store, wanted))
        for _, kind, made in figures.prepared():
            store.execute(f"DROP {kind} {made}")
