"""Worklists: what each police station has to check, as CSV and XLSX, one folder a station (CONTRACT §4)."""

from __future__ import annotations

from reconcile.contract.meanings import UNROUTED
from reconcile.figures import Counts
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.worklist import files, rows, wording


def run(store: Store, settings: Settings) -> Counts:
    """Write the lists of all recipients under ``settings.home.staged_worklists``; what an earlier try left there goes.

    A station without findings gets no folder. Findings whose station is not in the station table go to
    ``unrouted/``, those that health or civil affairs must answer to a folder of that name. What exceeds the limit of a
    list waits; it is counted for each list it waits for.
    """
    with store.transaction():
        shown = rows.all_lists(store)
    lists = files.write_all(shown, settings)
    stations = [written for written in lists if written.is_station]
    return {
        "stations": len(stations),
        "station_rows": sum(written.rows for written in stations),
        "unrouted_rows": sum(written.rows for written in lists if written.recipient == UNROUTED),
        "agency_rows": sum(written.rows for written in lists if not written.is_station and written.recipient != UNROUTED),
        "waiting_findings": sum(written.waiting for written in lists),
        **{("standing_rows", name): sum(written.standing[name] for written in lists) for name in wording.STANDING},
    }
