"""Worklists: what each police station has to check, as CSV and XLSX, one folder a station (CONTRACT §4)."""

from __future__ import annotations

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
    stations = [one for one in lists if one.is_station]
    return {
        "stations": len(stations),
        "station_rows": sum(one.rows for one in stations),
        "unrouted_rows": sum(one.rows for one in lists if one.recipient == rows.UNROUTED),
        "agency_rows": sum(one.rows for one in lists if not one.is_station and one.recipient != rows.UNROUTED),
        "waiting_findings": sum(one.waiting for one in lists),
        **{("standing_rows", name): sum(one.standing[name] for one in lists) for name in wording.STANDING},
    }
