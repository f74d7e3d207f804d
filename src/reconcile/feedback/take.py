"""Returned worklists, file by file: judgements into the warehouse, a receipt for the station."""

from __future__ import annotations

import datetime as dt
import logging
import re
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import polars as pl

from reconcile import checksum, filenames
from reconcile.contract.meanings import RETURNED
from reconcile.contract.tables import VerificationResult
from reconcile.errors import InputRefusedError
from reconcile.feedback import judge, kept, receipt, returned, understand, whose
from reconcile.home import Home, make_directory
from reconcile.ingest.delivered import Head
from reconcile.settings import Settings
from reconcile.standardise.table import standardised
from reconcile.store import Store

_log = logging.getLogger(__name__)

_KNOWN = "SELECT min(load_id) FROM ops.load WHERE extract = 'verification_result' AND part = $returned AND sha256 = $sha256"
_TEMPORARY = re.compile(r"[.~]|.*\.(?:tmp|part|crdownload)$")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file, in rows; ``problem`` says why a whole file could not be used."""

    file: str
    path: Path
    accepted: int
    repeated: int
    refused: int
    unanswered: int
    problem: str = ""

    @property
    def is_usable(self) -> bool:
        """Whether at least one answer counts, now or since it was sent before."""
        return self.accepted + self.repeated > 0


def take_in(store: Store, files: Sequence[Path]) -> list[Receipt]:
    """Take in returned worklists and write their receipts; a file sent twice makes no second judgement.

    A file that cannot be read at all gets a receipt that says so, and is moved out of the way where it lay in ``<home>/returns``;
    the others are taken in all the same.
    """
    receipts: list[Receipt] = []
    for path in files:
        with _legibly_named(path, store.settings.home) as file:
            receipts.append(_take(store, file))
        if receipts[-1].problem:
            _put_aside(path, store.settings.home)
    return receipts


def waiting(store: Store, settings: Settings) -> list[Path]:
    """Files of ``<home>/returns`` that were not taken in yet, by name; hidden ones and those still being copied are passed over.

    They stay where they are, what was taken in is known by its content; but for those that could not be read. One that this account may
    not open is told and left alone, so that the others are taken in.
    """
    found, shut = lying(settings.home)
    for path, why in shut.items():
        _log.warning("%s cannot be opened (%s). The others are taken in.", filenames.legible(path), why)
    return [path for path, sha256 in found.items() if store.value(_KNOWN, sha256=sha256) is None]


def lying(home: Home) -> tuple[dict[Path, str], dict[Path, str]]:
    """Files that lie in ``<home>/returns`` by name, each with its sha256, and those that cannot be opened, each with why."""
    paths = (path for path in sorted(home.returns.rglob("*")) if not path.is_relative_to(home.unreadable_returns))
    found: dict[Path, str] = {}
    shut: dict[Path, str] = {}
    for path in paths:
        if path.is_file() and not still_arriving(path):
            try:
                found[path] = checksum.sha256(path)
            except OSError as error:
                shut[path] = type(error).__name__
    return found, shut


def still_arriving(path: Path) -> bool:
    """Whether a file is hidden, or still being copied."""
    return _TEMPORARY.match(path.name) is not None


@contextmanager
def _legibly_named(path: Path, home: Home) -> Generator[Path]:
    """The file; a copy of it where its own name is none that a database and the readers of files take."""
    if filenames.is_legible(path):
        yield path
        return
    make_directory(home.scratch)
    copy = home.scratch / filenames.fitting(filenames.legible(path))
    shutil.copyfile(path, copy)
    try:
        yield copy
    finally:
        copy.unlink()


def _put_aside(path: Path, home: Home) -> None:
    """Move a returned file to those that cannot be read; what was sent under its name before stays."""
    if not path.is_relative_to(home.returns) or path.is_relative_to(home.unreadable_returns):
        return
    target = home.unreadable_returns / path.relative_to(home.returns)
    names = (target.with_stem(f"{target.stem}_{number}") for number in count(2))
    # A folder that allows no renaming keeps the file; its content is known, so it is not read again.
    with suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.rename(target if not target.exists() else next(name for name in names if not name.exists()))


def not_told(store: Store, settings: Settings) -> list[Path]:
    """Files that were taken in and that this warehouse does not know: it was restored from before them. In the order they came in."""
    told = store.frame("SELECT sha256 FROM ops.load WHERE extract = 'verification_result' AND part = $returned")["sha256"]
    known = {kept.beginning(sha256) for sha256 in told}
    return [path for digest, path in kept.copies(settings.home) if digest not in known]


def _take(store: Store, path: Path) -> Receipt:
    sha256 = checksum.sha256(path)
    known = store.value(_KNOWN, sha256=sha256)
    # The same content under another name is the same answer: that of the station it came from first.
    first = store.value("SELECT file FROM ops.load WHERE load_id = $load_id", load_id=known) or ""
    name = first if whose.recipient(first) else path.name
    # Before the transaction: a statement that fails on what a file holds would end it.
    try:
        found, problem = returned.read(store, path), ""
    except InputRefusedError as error:
        found, problem = returned.NOTHING, error.problem
    origin = whose.origin(store, name, found.title, found.numbers)
    with store.transaction():
        load_id = int(known or 1 + (store.value("SELECT max(load_id) FROM ops.load") or 0))
        store.execute("DELETE FROM ops.reject WHERE load_id = $load_id", load_id=load_id)
        lines = receipt.of_file() if problem else _answers(store, found, origin, name, load_id)
        if known is None:
            _record(store, path, found.head, {"load_id": load_id, "sha256": sha256, "rows": found.places.height})
        kept.keep(store.settings.home, path, sha256, filenames.fitting(name))
        # Inside the transaction: without a receipt the file was not taken in, and is tried again.
        target = receipt.path(store.settings, filenames.fitting(path.name), origin.recipient, load_id)
        receipt.write(lines, found.places, target)
    accepted, repeated, refused = (lines.filter(pl.col("result") == result).height for result in receipt.RESULTS)
    return Receipt(path.name, target, accepted, repeated, refused, found.unanswered, problem)


def _answers(store: Store, found: returned.Returned, origin: whose.Origin, file: str, load_id: int) -> pl.DataFrame:
    """Judge the answers of one file; returns what the receipt tells of each row."""
    given = {"_load_id": pl.lit(load_id, pl.Int64), "_file": pl.lit(file)}
    before, ahead = (dt.timedelta(days) for days in (store.settings.answer_days_before, store.settings.answer_days_ahead))
    rows = understand.with_years(found.rows, origin.listed_on, before, store.settings.as_of + ahead)
    result = standardised(rows.with_columns(**given), VerificationResult)
    spoiled = found.spoiled.with_columns(
        load_id=pl.lit(load_id, pl.Int64), extract=pl.lit(VerificationResult.name), file=pl.lit(file), severity=pl.lit("row")
    )
    rejects = [frame.with_columns(stage=pl.lit(RETURNED)) for frame in (result.rejects, spoiled)]
    for frame in rejects:
        store.insert("ops.reject", frame)
    judged = judge.judge(store, result.rows.with_columns(recipient=pl.lit(origin.recipient, pl.String), is_list=True), RETURNED)
    numbers = judge.with_numbers(found.rows).filter("is_valid").select("finding_id", line="_line")
    return receipt.of_rows(judged, pl.concat(rejects, how="diagonal"), numbers)


def _record(store: Store, path: Path, head: Head, found: dict[str, object]) -> None:
    store.run_file(
        "ingest/record_load",
        run_id=store.run_id,
        extract=VerificationResult.name,
        file=path.name,
        delivered_on=store.settings.as_of,
        part=RETURNED,
        bytes=path.stat().st_size,
        encoding=head.encoding,
        delimiter=head.delimiter,
        refused_columns="",
        ignored_columns="",
        **found,
    )
