"""What lies in the inbox: deliveries by name or by profile, manifests, and data files nobody expects."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from reconcile.contract.tables import EXTRACTS, Extract
from reconcile.errors import InputRefusedError, Place, UsageError
from reconcile.ingest.profile import Profile

_ENDING = r"\.(?:csv\.gz|txt\.gz|csv|txt|xlsx|xlsm|xls|ods|dbf|parquet)"
_STANDARD = re.compile(rf"(?P<extract>{'|'.join(EXTRACTS)})_(?P<date>\d{{8}})(?:_(?P<part>[^.]+))?{_ENDING}", re.IGNORECASE)
_MANIFEST = re.compile(r"manifest_(?P<date>\d{8})\.csv", re.IGNORECASE)
_DATA = re.compile(rf".*(?:{_ENDING}|\.(?:et|xlsb|zip|rar|7z|mdb|accdb|dmp|sql|json|xml))", re.IGNORECASE)
_SILENT = frozenset({"truth.csv", "decoys.csv", "persons.csv"})
_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-_.年]?(?P<month>\d{2})[-_.月]?(?P<day>\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file of an extract; ``part`` is empty for a delivery in one file."""

    path: Path
    extract: type[Extract]
    delivered_on: dt.date
    part: str
    profile: Profile | None

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Inbox:
    """What was found; each list is in a fixed order: by date, then by file name."""

    deliveries: tuple[Delivery, ...]
    manifests: tuple[tuple[dt.date, Path], ...]
    unmatched: tuple[str, ...]
    astray: tuple[str, ...]


def look(inbox: Path | None, profiles: list[Profile]) -> Inbox:
    """List the files of an inbox; hidden files and sub-directories are passed over, links that lead out of it are named.

    Raises:
        UsageError: when there is no such directory.
        InputRefusedError: when a name bears an impossible date, or two profiles claim one file.

    """
    if inbox is None or not inbox.is_dir():
        raise UsageError(f"inbox {inbox or ''}: no such directory. Name one with --inbox.")
    deliveries: list[Delivery] = []
    manifests: list[tuple[dt.date, Path]] = []
    unmatched: list[str] = []
    astray: list[str] = []
    for path in sorted(path for path in inbox.iterdir() if not path.name.startswith(".")):
        if not _is_file_within(path, inbox):
            if path.is_symlink() and (_DATA.fullmatch(path.name) or any(profile.matches(path.name) for profile in profiles)):
                astray.append(path.name)
            continue
        if found := _MANIFEST.fullmatch(path.name):
            manifests.append((_compact_date(found["date"], path.name), path))
        elif delivery := _delivery(path, profiles):
            deliveries.append(delivery)
        elif _DATA.fullmatch(path.name) and path.name.lower() not in _SILENT:
            unmatched.append(path.name)
    deliveries.sort(key=lambda item: (item.delivered_on, item.file))
    return Inbox(tuple(deliveries), tuple(sorted(manifests)), tuple(unmatched), tuple(astray))


def _is_file_within(path: Path, inbox: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(inbox.resolve())


def _delivery(path: Path, profiles: list[Profile]) -> Delivery | None:
    claims = [profile for profile in profiles if profile.matches(path.name)]
    if len(claims) > 1:
        patterns = ", ".join(profile.pattern for profile in claims)
        raise InputRefusedError(Place(path.name), f"claimed by several profiles ({patterns})", "Make their patterns exclude each other.")
    standard = _STANDARD.fullmatch(path.name)
    if claims:
        return _by_profile(path, claims[0], standard)
    if standard is None:
        return None
    delivered_on = _compact_date(standard["date"], path.name)
    return Delivery(path, EXTRACTS[standard["extract"].lower()], delivered_on, standard["part"] or "", None)


def _by_profile(path: Path, profile: Profile, standard: re.Match[str] | None) -> Delivery:
    part = (standard["part"] or "") if standard else path.name.split(".")[0]
    if profile.delivered_on:
        return Delivery(path, profile.table, profile.delivered_on, part, profile)
    found = _DATE.search(path.name)
    if found is None:
        raise InputRefusedError(Place(path.name), "no delivery date in the name", "Rename the file or set delivered_on in its profile.")
    delivered_on = _compact_date(found["year"] + found["month"] + found["day"], path.name)
    return Delivery(path, profile.table, delivered_on, part, profile)


def _compact_date(digits: str, file: str) -> dt.date:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise InputRefusedError(Place(file), f"{digits} is no date", "Rename the file: <extract>_<YYYYMMDD>.csv.") from error
