"""Worklists: what each police station has to check, as CSV and XLSX, one folder a station (CONTRACT §4)."""

from __future__ import annotations

from reconcile.settings import Settings
from reconcile.store import Counts, Store
from reconcile.worklist import files, rows


def run(store: Store, settings: Settings) -> Counts:
    """Write the lists of all recipients under ``settings.staged_worklists``; what an earlier try left there goes.

    A station without findings gets no folder. Findings whose station is not in the station table go to
    ``unrouted/``, those that health or civil affairs must answer to a folder of that name.
    """
    lists = files.write_all(rows.all_lists(store), settings)
    stations = [one for one in lists if one.is_station]
    return {
        "stations": len(stations),
        "station_rows": sum(one.rows for one in stations),
        "unrouted_rows": sum(one.rows for one in lists if one.recipient == rows.UNROUTED),
        "agency_rows": sum(one.rows for one in lists if not one.is_station and one.recipient != rows.UNROUTED),
    }
