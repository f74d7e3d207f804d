"""What lies in the inbox: deliveries by name or by profile, manifests, and data files nobody expects."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from reconcile import filenames
from reconcile.contract.tables import EXTRACTS, Extract
from reconcile.errors import InputRefusedError, Place, UsageError
from reconcile.ingest.archive import unpack
from reconcile.ingest.profile import Profile

_ENDING = r"\.(?:csv\.gz|txt\.gz|csv|txt|xlsx|xlsm|xls|ods|dbf|parquet)"
_STANDARD = re.compile(rf"(?P<extract>{'|'.join(EXTRACTS)})_(?P<date>\d{{8}})(?:_(?P<part>[^.]+))?{_ENDING}", re.IGNORECASE)
_MANIFEST = re.compile(r"manifest_(?P<date>\d{8})\.csv", re.IGNORECASE)
_DATA = re.compile(rf".*(?:{_ENDING}|\.(?:et|xlsb|zip|rar|7z|mdb|accdb|dmp|sql|json|xml))", re.IGNORECASE)
_NAMED = re.compile(rf"(?:{'|'.join(EXTRACTS)})_\d{{8}}(?!\d).*", re.IGNORECASE)
"""What is named like a delivery is one, whatever it ends in."""
_OF_A_DBF = r"\.(?:dbt|fpt|cpg)"
"""What a DBF is not whole without: texts of its memos, its code page."""
_BESIDE = frozenset(
    {".dbt", ".fpt", ".cpg", ".cdx", ".mdx", ".ntx", ".md5", ".sha1", ".sha256", ".sm3", ".asc", ".sig", ".ok", ".done", ".flag", ".log"}
)
"""What lies beside a delivery: memo, code page and index of a DBF, checksums, signatures, signs that it is complete."""
_SILENT = frozenset({"truth.csv", "decoys.csv", "persons.csv"})
DATE_IN_NAME = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-_.年]?(?P<month>\d{2})[-_.月]?(?P<day>\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file of an extract; ``part`` is empty for a delivery in one file, ``archive`` for one that was not packed."""

    path: Path
    extract: type[Extract]
    delivered_on: dt.date
    part: str
    profile: Profile | None
    archive: str = ""

    @property
    def file(self) -> str:
        """Name of the file, behind that of the archive it came in."""
        return f"{self.archive}/{self.path.name}" if self.archive else self.path.name


@dataclass(frozen=True, slots=True)
class Inbox:
    """What was found; each list is in a fixed order: by date, then by file name."""

    deliveries: tuple[Delivery, ...]
    manifests: tuple[tuple[dt.date, Path], ...]
    archives: tuple[Path, ...]
    unmatched: tuple[Path, ...]
    astray: tuple[str, ...]
    refused: tuple[InputRefusedError, ...]


@dataclass(slots=True)
class _Finds:
    """What the look through an inbox has found so far."""

    deliveries: list[Delivery] = field(default_factory=list[Delivery])
    manifests: list[tuple[dt.date, Path]] = field(default_factory=list[tuple[dt.date, Path]])
    archives: list[Path] = field(default_factory=list[Path])
    unmatched: list[Path] = field(default_factory=list[Path])
    astray: list[str] = field(default_factory=list[str])
    refused: list[InputRefusedError] = field(default_factory=list[InputRefusedError])


def look(inbox: Path | None, profiles: list[Profile], scratch: Path, archive_limit: int) -> Inbox:
    """List the files of an inbox; hidden files and sub-directories are passed over, links that lead out of it are named.

    Archives are unpacked into ``scratch``, each into at most ``archive_limit`` bytes. What is refused, since a name bears an impossible
    date, two profiles claim one file or an archive cannot be unpacked, is listed.

    Raises:
        UsageError: when there is no such directory.

    """
    if inbox is None or not inbox.is_dir():
        raise UsageError(f"inbox {inbox or ''}: no such directory. Name one with --inbox.")
    finds = _Finds()
    for path in sorted(path for path in inbox.iterdir() if not path.name.startswith(".")):
        if not _is_file_within(path, inbox):
            if path.is_symlink() and (_DATA.fullmatch(path.name) or any(profile.matches(path.name) for profile in profiles)):
                finds.astray.append(path.name)
            continue
        try:
            _sort(path, profiles, finds, scratch / "unpacked", archive_limit)
        except InputRefusedError as error:
            finds.refused.append(error)
    finds.deliveries.sort(key=lambda item: (item.delivered_on, item.file))
    return Inbox(
        tuple(finds.deliveries),
        tuple(sorted(finds.manifests)),
        tuple(finds.archives),
        tuple(finds.unmatched),
        tuple(finds.astray),
        tuple(finds.refused),
    )


def _sort(path: Path, profiles: list[Profile], finds: _Finds, unpacked: Path, archive_limit: int) -> None:
    if not filenames.is_legible(path):
        name = filenames.legible(path)
        if _DATA.fullmatch(name) or any(profile.matches(name) for profile in profiles):
            raise InputRefusedError(Place(name), "its name is no text in UTF-8", "Rename it, to what is shown here where that is right.")
    elif path.suffix.lower() == ".zip":
        deliveries, others = _packed(path, profiles, unpacked / path.name, archive_limit)
        finds.archives.append(path)
        finds.deliveries.extend(deliveries)
        finds.unmatched.extend(others or ([] if deliveries else [path]))
    elif found := _MANIFEST.fullmatch(path.name):
        finds.manifests.append((_compact_date(found["date"], path.name), path))
    elif delivery := _delivery(path, profiles):
        finds.deliveries.append(delivery)
    elif _is_data(path) and path.name.lower() not in _SILENT:
        finds.unmatched.append(path)


def _packed(archive: Path, profiles: list[Profile], folder: Path, archive_limit: int) -> tuple[list[Delivery], list[Path]]:
    """Deliveries in an archive, and its other tables; where the archive alone is named like a delivery, the one table in it is that."""
    is_wanted = re.compile(rf".*(?:{_ENDING}|{_OF_A_DBF})", re.IGNORECASE).fullmatch
    together = unpack(
        archive, folder, lambda name: bool(is_wanted(name) or any(profile.matches(name) for profile in profiles)), archive_limit
    )
    unpacked = [path for path in together if not re.fullmatch(_OF_A_DBF, path.suffix, re.IGNORECASE)]
    if len(unpacked) == 1 and not _delivery(unpacked[0], profiles, archive.name):
        named = unpacked[0].with_name(archive.stem + "".join(unpacked[0].suffixes[-1:]))
        if _delivery(named, profiles):
            for path in together:
                path.rename(named.with_suffix(path.suffix))
            unpacked = [named]
    found = {path: _delivery(path, profiles, archive.name) for path in unpacked}
    deliveries = [replace(delivery, archive=archive.name) for delivery in found.values() if delivery]
    return deliveries, [path for path, delivery in found.items() if not delivery]


def _is_data(path: Path) -> bool:
    return bool(_DATA.fullmatch(path.name) or (_NAMED.fullmatch(path.name) and path.suffix.lower() not in _BESIDE))


def shown_name(path: Path, inbox: Path) -> str:
    """What messages call a file that was found: its name, behind that of the archive it came in."""
    return path.name if path.parent == inbox else f"{path.parent.name}/{path.name}"


def _is_file_within(path: Path, inbox: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(inbox.resolve())


def _delivery(path: Path, profiles: list[Profile], archive: str = "") -> Delivery | None:
    claims = [profile for profile in profiles if profile.matches(path.name)]
    if len(claims) > 1:
        patterns = ", ".join(profile.pattern for profile in claims)
        raise InputRefusedError(Place(path.name), f"claimed by several profiles ({patterns})", "Make their patterns exclude each other.")
    standard = _STANDARD.fullmatch(path.name)
    if claims:
        return _by_profile(path, claims[0], standard, archive)
    if standard is None:
        return None
    delivered_on = _compact_date(standard["date"], path.name)
    return Delivery(path, EXTRACTS[standard["extract"].lower()], delivered_on, standard["part"] or "", None)


def _by_profile(path: Path, profile: Profile, standard: re.Match[str] | None, archive: str) -> Delivery:
    part = (standard["part"] or "") if standard else path.name.split(".")[0]
    if profile.delivered_on:
        return Delivery(path, profile.table, profile.delivered_on, part, profile)
    found = DATE_IN_NAME.search(path.name) or DATE_IN_NAME.search(archive)
    if found is None:
        raise InputRefusedError(Place(path.name), "no delivery date in the name", "Rename the file or set delivered_on in its profile.")
    delivered_on = _compact_date(found["year"] + found["month"] + found["day"], path.name)
    return Delivery(path, profile.table, delivered_on, part, profile)


def _compact_date(digits: str, file: str) -> dt.date:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise InputRefusedError(Place(file), f"{digits} is no date", "Rename the file: <extract>_<YYYYMMDD>.csv.") from error
