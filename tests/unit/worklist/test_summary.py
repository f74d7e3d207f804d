"""The summary of a night and a query for data engineers, on a published database."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from rich.console import Console
from worklist_case import AS_OF, RESIDENTS

from reconcile.home import Home
from reconcile.link import record
from reconcile.report import summary
from reconcile.settings import Settings
from reconcile.store import Reader, Store

RUN = "20261121-01"


@pytest.fixture
def home(store: Store, settings: Settings) -> Home:
    run = {"run_id": RUN, "as_of": AS_OF, "status": "done", "started_at": dt.datetime(2026, 11, 22)}  # noqa: DTZ001 - no zone in the table
    load = {
        "load_id": 1,
        "extract": "police_resident",
        "file": "police_resident_20261121.csv",
        "delivered_on": AS_OF,
        "rows": 1234,
        "superseded": False,
    }
    reject = {
        "load_id": 1,
        "file": "police_resident_20261121.csv",
        "line": 7,
        "column_name": "birth_date",
        "rule": "date",
        "severity": "row",
    }
    with store.transaction():
        record.declare(store)
        store.run_file("link/night")
        store.insert("ops.run", pl.DataFrame([run]))
        store.insert("ops.load", pl.DataFrame([load]))
        store.insert("ops.reject", pl.DataFrame([reject]))
        store.insert("ops.metric", pl.DataFrame([{"run_id": RUN, "stage": "worklist", "name": "stations", "value": 2.0}]))
        store.execute("UPDATE find.finding SET last_seen_on = $as_of")
        store.run_file("publish/night")
    settings.home.published.mkdir()
    store.copy_to(settings.home.latest)
    return settings.home


def test_the_summary_names_each_type_in_both_languages_and_no_person(home: Home) -> None:
    text = summary.markdown(home)
    assert "| death_not_cancelled | 应销未销 | 1 |" in text
    assert "| police_resident | 2026-11-21 | 1 | 1,234 | 1 | 0 |" in text
    assert "| stations | 2 |" in text
    assert not [row["name"] for row in RESIDENTS if row["name"] in text or str(row["citizen_id"]) in text]
    assert str(home) not in text


def test_the_tables_say_where_everything_is(home: Home) -> None:
    console = Console(width=300, record=True, quiet=True)
    with console.capture() as shown:
        console.quiet = False
        console.print(*summary.tables(home))
    assert str(home.root / "worklists" / "2026-11-21") in shown.get()
    assert str(home.root / "published" / "latest.duckdb") in shown.get()


def test_every_table_fits_a_terminal_of_80_columns(home: Home) -> None:
    console = Console(width=200)
    shown = [table for table in [*summary.tables(home), *summary.measures(home)] if table.title]
    assert len(shown) == 5
    assert [str(table.title).strip() for table in shown if console.measure(table).maximum > 80] == []


def test_nobody_has_answered_so_there_is_no_share(home: Home) -> None:
    with Reader(home) as reader:
        shares = reader.file("report/measures_type", as_of=AS_OF).select("median_days", "confirmed_share", "dismissed_share")
    assert shares.null_count().row(0) == (shares.height,) * 3


def test_open_findings_counts_tiers_and_what_nobody_can_be_asked(home: Home) -> None:
    with Reader(home) as reader:
        frame = reader.file("inspect/open_findings")
    assert frame["open_findings"].sum() == 9
    assert frame["tier_d"].sum() == 1
    assert set(frame.filter(pl.col("station_name") == "unrouted")["finding_type"]) == {"number_invalid", "cancellation_without_evidence"}
