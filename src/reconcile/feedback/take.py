"""Returned worklists, file by file: judgements into the warehouse, a receipt for the station."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from reconcile.contract.tables import VerificationResult
from reconcile.errors import InputRefusedError
from reconcile.feedback import judge, receipt, returned
from reconcile.ingest import decode
from reconcile.ingest.delivered import Head
from reconcile.settings import Settings
from reconcile.standardise.table import standardised
from reconcile.store import Store

_PART = "returned"
"""``ops.load.part`` of files that came back as worklists; their rows are in ``ops.judgement`` and ``ops.reject``, not in ``raw``."""
_KNOWN = "SELECT min(load_id) FROM ops.load WHERE extract = 'verification_result' AND part = $part AND sha256 = $sha256"
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

    A file that cannot be read at all gets a receipt that says so; the others are taken in all the same.
    """
    return [_take(store, path) for path in files]


def waiting(store: Store, settings: Settings) -> list[Path]:
    """Files of ``<home>/returns`` that were not taken in yet, by name; hidden ones and those still being copied are passed over.

    They stay where they are: what was taken in is known by its content.
    """
    files = [path for path in sorted(settings.home.returns.rglob("*")) if path.is_file() and not _TEMPORARY.match(path.name)]
    return [path for path in files if store.value(_KNOWN, part=_PART, sha256=decode.sha256(path)) is None]


def _take(store: Store, path: Path) -> Receipt:
    with store.transaction():
        sha256 = decode.sha256(path)
        known = store.value(_KNOWN, part=_PART, sha256=sha256)
        load_id = known or 1 + (store.value("SELECT max(load_id) FROM ops.load") or 0)
        store.execute("DELETE FROM ops.reject WHERE load_id = $load_id", load_id=load_id)
        # The same content under another name is the same answer: that of the station it came from first.
        first = store.value("SELECT file FROM ops.load WHERE load_id = $load_id", load_id=load_id) or ""
        name = first if returned.recipient(first) else path.name
        try:
            found = returned.read(store, path)
        except InputRefusedError as error:
            found, lines, problem = returned.NOTHING, receipt.of_file(), error.problem
        else:
            lines, problem = _answers(store, found, name, int(load_id)), ""
        if known is None:
            _record(store, path, found.head, {"load_id": load_id, "sha256": sha256, "rows": found.places.height})
        # Inside the transaction: without a receipt the file was not taken in, and is tried again.
        target = receipt.path(store.settings, path.name, returned.recipient(name), int(load_id))
        receipt.write(lines, found.places, target)
    accepted, repeated, refused = (lines.filter(pl.col("result") == result).height for result in receipt.RESULTS)
    return Receipt(path.name, target, accepted, repeated, refused, found.unanswered, problem)


def _answers(store: Store, found: returned.Returned, file: str, load_id: int) -> pl.DataFrame:
    """Judge the answers of one file; returns what the receipt tells of each row."""
    given = {"_load_id": pl.lit(load_id, pl.Int64), "_file": pl.lit(file)}
    result = standardised(found.rows.with_columns(**given), VerificationResult)
    spoiled = found.spoiled.with_columns(
        load_id=pl.lit(load_id, pl.Int64), extract=pl.lit(VerificationResult.name), file=pl.lit(file), severity=pl.lit("row")
    )
    rejects = [frame.with_columns(stage=pl.lit(_PART)) for frame in (result.rejects, spoiled)]
    for frame in rejects:
        store.insert("ops.reject", frame)
    judged = judge.judge(store, result.rows.with_columns(recipient=pl.lit(returned.recipient(file), pl.String), is_list=True), _PART)
    numbers = judge.with_numbers(found.rows).filter("is_valid").select("finding_id", line="_line")
    return receipt.of_rows(judged, pl.concat(rejects, how="diagonal"), numbers)


def _record(store: Store, path: Path, head: Head, found: dict[str, object]) -> None:
    store.run_file(
        "ingest/record_load",
        run_id=store.run_id,
        extract=VerificationResult.name,
        file=path.name,
        delivered_on=store.settings.as_of,
        part=_PART,
        bytes=path.stat().st_size,
        encoding=head.encoding,
        delimiter=head.delimiter,
        refused_columns="",
        ignored_columns="",
        **found,
    )
