"""Use cases that ask something of a home and leave its findings as they are: one finding, two records, nights beside each other, reports.

What they write is what was asked for: pages, files for other systems.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from reconcile import audit, compare, export, identity
from reconcile.compare import Comparison
from reconcile.errors import UsageError
from reconcile.export import Exported
from reconcile.home import Home
from reconcile.in_force import InForce, in_force
from reconcile.link import explain
from reconcile.link.explain import Explained
from reconcile.operate import settings_of_last_night, writing
from reconcile.report import bulletin, finding, nights, pages
from reconcile.report.finding import FullFinding
from reconcile.settings import settings_of
from reconcile.store import Reader


def compare_nights(home: Home, first: str, second: str, out: Path | None = None) -> Comparison:
    """What changed between two published nights, each named by its run or its day; ``out`` is a file for all changes.

    Raises:
        UsageError: when one of them is not published, both are one, or the file cannot be written.

    """
    _, settings = settings_of_last_night(home)
    comparison = compare.nights(home, settings, first, second)
    if out:
        compare.write(comparison, out, settings)
    return comparison


def compare_models(home: Home, first: str, second: str, out: Path | None = None) -> Comparison:
    """What two models, each named by its version or its file, make of the last night; nothing of the home changes.

    Raises:
        UsageError: when a model is not there or cannot be used, nothing was published yet, or the file cannot be written.
        WarehouseError: when another comparison is running.

    """
    _, settings = settings_of_last_night(home)
    comparison = compare.models(home, settings, first, second)
    if out:
        compare.write(comparison, out, settings)
    return comparison


def export_night(home: Home, target: Path, schemas: Sequence[str], form: export.Form = "parquet", *, is_masked: bool = False) -> Exported:
    """Write the last publication as files for other systems; ``ops.audit`` says who did.

    Raises:
        UsageError: when a schema is not known, the night is in the target already, or nothing was published yet.
        WarehouseError: when a night is running.

    """
    with writing(home, "exporting") as store:
        return export.write(
            home,
            target,
            schemas,
            form,
            is_masked=is_masked,
            small_number=store.settings.statistics.small_number,
            agree=lambda counts: audit.note(store, "export", outcome=counts),
        )


def explain_finding(home: Home, number: str) -> FullFinding:
    """Everything the last publication knows of one finding.

    Raises:
        UsageError: when this is no number of a finding, there is no such finding, or nothing was published yet.

    """
    finding_id = number.strip().upper()
    if not identity.is_valid(finding_id):
        msg = "this is not the number of a finding: its check character is wrong. Copy it from the worklist, or name two records."
        raise UsageError(msg)
    return finding.read(home, finding_id)


def explain_pair(home: Home, first: str, second: str) -> Explained:
    """Why two records, ``TYPE:KEY`` or a key alone, were or were not taken for one person.

    Raises:
        UsageError: when a record is not known or means several, no job compares the two, or nothing was published yet.

    """
    _, settings = settings_of_last_night(home)
    with Reader(home) as reader:
        left, right = explain.record(reader, first, "first"), explain.record(reader, second, "second")
        return explain.pair(reader, left, right, settings.costs)


def write_pages(home: Home) -> Path:
    """Write the pages about the last night, its linkage and its deliveries again, and return where that for everybody is.

    Raises:
        UsageError: when nothing was published yet.
        OSError: when a page cannot be written.

    """
    run_id, settings = settings_of_last_night(home)
    with Reader(home) as reader:
        pages.write_again(reader, settings, run_id)
    return home.night_page(settings.as_of)


def write_bulletin(home: Home, since: dt.date | None = None) -> tuple[Path, Path]:
    """Write the bulletin by county up to the last night, and return its workbook and its page; without a day, of the month of that night.

    Raises:
        UsageError: when nothing was published yet, or the period begins after the night.

    """
    _, settings = settings_of_last_night(home)
    first = since or settings.as_of.replace(day=1)
    if first > settings.as_of:
        raise UsageError(f"--since {first}: after the last night, {settings.as_of}. Name a day before it.")
    with Reader(home) as reader:
        return bulletin.write(reader, settings, first)


def settings_in_force(home: Home) -> list[InForce]:
    """Every setting that holds for the nights of a home, and where its value is from.

    Raises:
        UsageError: when the home is not there, or a setting is wrong.

    """
    return in_force(settings_of(home=home, as_of=dt.date.min))


def newest_night(home: Home) -> nights.Newest:
    """How the newest night of a home ended, whatever became of it.

    Raises:
        UsageError: when no night was ever run here.
        WarehouseError: when the warehouse is damaged.

    """
    return nights.newest(settings_of(home=home, as_of=dt.date.min))


def nights_since(home: Home, day: dt.date) -> pl.DataFrame:
    """One row for each night since a day, as ``report.nights.since`` has it."""
    return nights.since(settings_of(home=home, as_of=dt.date.min), day)
