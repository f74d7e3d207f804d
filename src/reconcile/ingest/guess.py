"""What a file seems to be that no extract's name and no profile fits: by its headings, read in every way there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reconcile.contract.tables import EXTRACTS, Extract, VerificationResult
from reconcile.errors import InputRefusedError
from reconcile.ingest import header, readers
from reconcile.ingest.dbf import DbfReader
from reconcile.ingest.delivered import Head
from reconcile.ingest.discover import Delivery
from reconcile.ingest.profile import Profile
from reconcile.ingest.sheets import SheetReader

LEAST = 3
"""So many known headings make a guess; two may be a list of something else."""
DRAFTED_DELIMITERS = (";", "~")
"""Delimiters that only a profile can name."""
_WORKLIST = "is a worklist: take it in with reconcile feedback"
_FOREIGN = {
    ".zip": "an archive without a table in it",
    ".rar": "an archive of RAR: pack it as ZIP",
    ".7z": "an archive of 7-Zip: pack it as ZIP",
    ".et": "a table of WPS: save it as XLSX",
    ".xlsb": "a binary workbook: save it as XLSX",
    ".mdb": "a database of Access: export its tables as XLSX or CSV",
    ".accdb": "a database of Access: export its tables as XLSX or CSV",
    ".dmp": "a dump of a database: ask for CSV",
    ".sql": "a dump of a database: ask for CSV",
    ".json": "JSON: ask for CSV",
    ".xml": "XML: ask for CSV or XLSX",
    ".xz": "a file packed by xz: pack it as ZIP or gz",
    ".bz2": "a file packed by bzip2: pack it as ZIP or gz",
    ".zst": "a file packed by zstd: pack it as ZIP or gz",
    ".tar": "an archive of tar: pack it as ZIP",
    ".tgz": "an archive of tar: pack it as ZIP",
    ".html": "a web page: save it as XLSX",
    ".htm": "a web page: save it as XLSX",
    ".fods": "a workbook in one XML file: save it as XLSX",
}
_READ = frozenset({".csv", ".txt", ".gz", ".xlsx", ".xlsm", ".xls", ".ods", ".dbf", ".parquet"})


@dataclass(frozen=True, slots=True)
class Guess:
    """The extract that most headings of a line belong to.

    Attributes:
        extract: its class.
        head: the line.
        known: how many different columns of the extract it names.
        sheet: sheet of the line, where it is not the first of the workbook.

    """

    extract: type[Extract]
    head: Head
    known: int
    sheet: str | None = None


def of(path: Path, scratch: Path, extracts: Sequence[type[Extract]] = tuple(EXTRACTS.values()), least: int = LEAST) -> Guess | None:
    """The best guess among some extracts, or None where fewer than ``least`` headings are known.

    Raises:
        InputRefusedError: when the file cannot be read at all.

    """
    found = [
        Guess(extract, head, known, sheet)
        for extract, head, sheet in _readings(path, scratch, extracts)
        if (known := header.score(extract, head.headings, {})) >= least
    ]
    return max(found, key=lambda one: (one.known, _has_key(one)), default=None)


def _has_key(one: Guess) -> int:
    """Columns of the key and required ones that are there: extracts share most of their other headings."""
    there = {header.column_of(one.extract, heading, {}) for heading in one.head.headings}
    return 2 * len(there & set(one.extract.key)) + sum(field.required and name in there for name, field in one.extract.fields.items())


def _readings(path: Path, scratch: Path, extracts: Sequence[type[Extract]]) -> Iterator[tuple[type[Extract], Head, str | None]]:
    source = readers.reader(_as_delivery(path, extracts[0]), scratch)
    if isinstance(source, DbfReader):
        for extract in extracts:
            yield extract, DbfReader(_as_delivery(path, extract)).head(), None
    elif isinstance(source, SheetReader):
        for sheet, head in source.rows():
            yield from ((extract, head, sheet) for extract in extracts)
    else:
        heads = source.candidates()
        for delimiter in DRAFTED_DELIMITERS:
            heads += readers.reader(_as_delivery(path, extracts[0], delimiter), scratch).candidates()
        for head in heads:
            yield from ((extract, head, None) for extract in extracts)


def _as_delivery(path: Path, extract: type[Extract], delimiter: str | None = None) -> Delivery:
    profile = Profile.model_validate({"pattern": "*", "extract": extract.name, "delimiter": delimiter}) if delimiter else None
    return Delivery(path, extract, dt.date.min, "", profile)


def sentence(path: Path, scratch: Path) -> str:
    """What the file seems to be, in words that name no person."""
    if path.name.startswith("worklist_"):
        return _WORKLIST
    if path.suffix.lower() in _FOREIGN:
        return f"seems to be {_FOREIGN[path.suffix.lower()]}"
    problem = "matches no extract and no profile, and few of its headings are known"
    try:
        found = of(path, scratch)
    except InputRefusedError as error:
        problem, found = f"matches no extract and no profile; {error.problem}", None
    if found is None:
        return problem if path.suffix.lower() in _READ else "is of a kind that is not read: ask for CSV or XLSX"
    if found.extract is VerificationResult:
        return _WORKLIST
    shown = f"{found.known} of its {len(found.head.headings)} headings are known"
    return f"matches no extract and no profile; seems to be {found.extract.name} ({found.extract.chinese}): {shown}"
