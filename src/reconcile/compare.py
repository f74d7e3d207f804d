"""What differs between two nights of a home, or between two models on the last one: findings, persons, pairs.

One question for both: a model is compared by linking copies of the last publication, and the copies are then compared like two nights.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from reconcile import findings, link, query
from reconcile.cells import defused, guarded
from reconcile.errors import UsageError, WarehouseError
from reconcile.home import Home, make_directory
from reconcile.link.jobs import JOBS
from reconcile.settings import Settings
from reconcile.side_by_side import SideBySide
from reconcile.store import Store

FINDING_CHANGES = ("gained", "lost", "tier", "station", "status")
PERSON_CHANGES = ("merged", "split")
_NUMBER = r"\b\d{17}[\dX]\b"
WITHHELD = "(number)"
"""Stands for a key that has the form of a citizen number: since 2026 that of a death certificate is one (CONTRACT §2, reading 14)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one side to the other.

    Attributes:
        before: name of the first side: a run, or a model.
        after: name of the second side.
        findings: a row a type: before, after, then how many of each of ``FINDING_CHANGES``.
        persons: one row: before, after, merged, split.
        pairs: job, before, after, pairs: how many pairs went from one outcome to another.
        changes: one row a change: kind (finding, person, pair), about (type or job), change, id, records, before, after. Names nobody.

    """

    before: str
    after: str
    findings: pl.DataFrame
    persons: pl.DataFrame
    pairs: pl.DataFrame
    changes: pl.DataFrame


def nights(home: Home, settings: Settings, first: str, second: str) -> Comparison:
    """Compare two published nights, each named by its run or by its day, of which the last publication is meant.

    Raises:
        UsageError: when one of them is not published, or both are one.

    """
    runs = [_published_run(home, night) for night in (first, second)]
    if runs[0] == runs[1]:
        msg = f"{first} and {second}: are one night. There are {_listed(home.published_runs())}."
        raise UsageError(msg)
    return _compare(settings, (runs[0], home.publication(runs[0])), (runs[1], home.publication(runs[1])))


def models(home: Home, settings: Settings, first: str, second: str) -> Comparison:
    """Compare what two models make of the last night; the home keeps its publication, its warehouse and its models.

    Args:
        home: where the night is.
        settings: of the last night.
        first: version of a model in ``<home>/models``, or the file of one.
        second: another one.

    Raises:
        UsageError: when a model is not there, cannot be read, or knows other levels than the program.
        WarehouseError: when another comparison is running.

    """
    files = [_model_file(home, model) for model in (first, second)]
    with _working_directory(home) as directory:
        sides = [_linked(settings, Home(directory / side), file) for side, file in zip(("before", "after"), files, strict=True)]
        return _compare(settings, (first, sides[0]), (second, sides[1]))


def write(comparison: Comparison, out: Path, settings: Settings) -> Path:
    """Write all changes as CSV, and return the file.

    Raises:
        UsageError: when the file cannot be written.

    """
    shown = comparison.changes.with_columns(guarded(defused(pl.all()), settings.id_guard)).fill_null("")
    try:
        shown.write_csv(out, include_bom=True, line_terminator="\r\n", quote_style="always")
    except OSError as error:
        msg = f"{out}: cannot be written. Name a file in a directory that is there."
        raise UsageError(msg) from error
    return out


def _published_run(home: Home, night: str) -> str:
    """Run that a night means."""
    runs = home.published_runs()
    meant = [run for run in runs if night == run or run.startswith(f"{night.replace('-', '')}-")]
    if not meant:
        msg = f"{night}: no such night is published. There are {_listed(runs)}; the setting keep_publications says how many are kept."
        raise UsageError(msg)
    return meant[-1]


def _model_file(home: Home, model: str) -> Path:
    """File of a model that is named by its version, or by its file."""
    for path in (home.model(model), Path(model)):
        if path.is_file():
            return path
    msg = f"model {model}: no such version in {home.models} and no such file. There are {_listed(home.model_versions())}."
    raise UsageError(msg)


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"


@contextmanager
def _working_directory(home: Home) -> Generator[Path]:
    """The directory of copies, emptied before and after; it holds personal data.

    Raises:
        WarehouseError: when another comparison is running.

    """
    make_directory(home.comparison)
    handle = os.open(home.comparison, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left_behind in home.comparison.iterdir():
            shutil.rmtree(left_behind)
        try:
            yield home.comparison
        finally:
            shutil.rmtree(home.comparison, ignore_errors=True)
    except BlockingIOError as error:
        msg = f"{home.comparison}: another comparison is running. Wait for it to end."
        raise WarehouseError(msg) from error
    finally:
        os.close(handle)


def _linked(settings: Settings, side: Home, model: Path) -> Path:
    """Link a copy of the last publication with a model, raise its findings, and return the database.

    Brakes do not stop it: what they would say is part of what one wants to see.
    """
    for source, copy in (
        (settings.home.latest, side.warehouse),
        (model, side.model(model.stem)),
        (settings.home.finding_key, side.finding_key),
    ):
        make_directory(copy.parent)
        if source.exists():
            shutil.copyfile(source, copy)
    with Store(settings.model_copy(update={"home": side, "model": model.stem, "full": True, "force": True}), "comparison") as store:
        link.run(store, store.settings)
        findings.run(store, store.settings)
    return side.warehouse


def _compare(settings: Settings, before: tuple[str, Path], after: tuple[str, Path]) -> Comparison:
    """Compare two databases, each with its name.

    Raises:
        WarehouseError: when one cannot be read, or was written by a program with other tables.

    """
    with SideBySide(before[1], after[1], settings) as both:
        pairs = both.frame(f"{_pairs_of('before')}; {_pairs_of('after')}; {query.sql('compare/pairs')}")
        changes = pl.concat([both.file("compare/findings"), both.file("compare/persons"), pairs])
        totals = both.file("compare/totals")
    changes = changes.with_columns(pl.col("id", "records", "before", "after").str.replace_all(_NUMBER, WITHHELD))
    return Comparison(
        before[0],
        after[0],
        _counted(totals, changes, "finding", FINDING_CHANGES).rename({"about": "finding_type"}),
        _counted(totals, changes, "person", PERSON_CHANGES).drop("about"),
        pairs.group_by(job="about", before="before", after="after").agg(pairs=pl.len()).sort("job", "before", "after"),
        changes,
    )


def _pairs_of(side: str) -> str:
    """Statement that makes ``pair_<side>``: the pairs of every job with their outcome, a match with its tier."""
    outcome = "CASE WHEN decision = 'match' THEN concat('match ', tier) ELSE decision END AS outcome"
    arms = (f"SELECT '{job.name}' AS job, left_type, left_key, right_type, right_key, {outcome} FROM {side}.{job.table}" for job in JOBS)
    return f"CREATE TEMP VIEW pair_{side} AS {' UNION ALL '.join(arms)}"


def _counted(totals: pl.DataFrame, changes: pl.DataFrame, kind: str, names: tuple[str, ...]) -> pl.DataFrame:
    """Totals of a kind beside the number of each of its changes."""
    of_kind = changes.filter(pl.col("kind") == kind)
    counts = of_kind.group_by("about").agg((pl.col("change") == name).sum().cast(pl.Int64).alias(name) for name in names)
    beside = totals.filter(pl.col("kind") == kind).drop("kind").join(counts, on="about", how="left", maintain_order="left")
    return beside.with_columns(pl.col(names).fill_null(0))
