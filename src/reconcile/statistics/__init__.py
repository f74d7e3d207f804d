"""Statistics of the population: what stands in ``stats`` beside the measures of a night. Counts of places, no person.

Each table is one file, ``sql/statistics/<table>.sql``, a header that declares it and one SELECT. What several of them read is prepared
once, in ``sql/statistics/prepared/``.
"""

from __future__ import annotations

from reconcile import query
from reconcile.settings import Settings
from reconcile.statistics import figures, periods
from reconcile.store import Store

PREPARED = query.names("statistics/prepared")


def run(store: Store, settings: Settings) -> None:
    """Make every table of the statistics anew, for the register as it stands."""
    with store.transaction():
        store.replace("stats.period", periods.of(store, settings.as_of))
        for name in PREPARED:
            store.run_file(name)
        for figure in figures.discover():
            store.execute(f"DELETE FROM {figure.table}; INSERT INTO {figure.table} BY NAME {figure.select}")
        for table in figures.prepared_tables():
            store.execute(f"DROP TABLE {table}")
