"""Manifests: what the sender says was sent."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from reconcile.errors import InputRefusedError, Place

_DIGITS = 15
"""Of a number of rows, at most; Python reads no number of thousands of digits."""
_HEADINGS = ("file", "rows", "sha256")


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a manifest; what the sender left empty is not checked."""

    place: Place
    rows: int | None
    sha256: str

    def check_content(self, file: str, sha256: str) -> None:
        """Compare the checksum.

        Raises:
            InputRefusedError: when it differs.

        """
        if self.sha256 and self.sha256 != sha256:
            raise InputRefusedError(self.place, f"{file} has another sha256 than listed", "Ask for the file again.")

    def check_rows(self, file: str, rows: int) -> None:
        """Compare the number of data rows, rejected ones included.

        Raises:
            InputRefusedError: when it differs.

        """
        if self.rows is not None and self.rows != rows:
            raise InputRefusedError(self.place, f"{file} has {rows} rows, {self.rows} are listed", "Ask for the file again.")


def read(manifests: Collection[tuple[dt.date, Path]], present: Collection[str]) -> dict[str, Claim]:
    """Claims by file name; of several manifests that list a file the latest counts.

    Args:
        manifests: dates and files, in order of date.
        present: names of files in the inbox and of files loaded before.

    Raises:
        InputRefusedError: when a manifest is unreadable or lists a file that is not present.

    """
    claims: dict[str, Claim] = {}
    for _, path in manifests:
        claims |= _read(path)
    for file, claim in claims.items():
        if file not in present:
            raise InputRefusedError(claim.place, f"{file} is listed but not there", "Ask for the file, or remove the manifest.")
    return claims


def _read(path: Path) -> dict[str, Claim]:
    remedy = "A manifest is UTF-8 with the columns file,rows,sha256."
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        lines = [(reader.line_num, line) for line in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputRefusedError(Place(path.name), "unreadable manifest", remedy) from error
    if tuple(reader.fieldnames or ()) != _HEADINGS:
        raise InputRefusedError(Place(path.name, 1), "unknown headings", remedy)
    return {(line["file"] or "").strip(): _claim(Place(path.name, number), line) for number, line in lines}


def _claim(place: Place, line: dict[str, str | None]) -> Claim:
    rows, sha256 = (line["rows"] or "").strip(), (line["sha256"] or "").strip().lower()
    if rows and (not rows.isdecimal() or len(rows) > _DIGITS):
        raise InputRefusedError(Place(place.file, place.line, "rows"), "not a number", "Ask for a correct manifest.")
    return Claim(place, int(rows) if rows else None, sha256)
