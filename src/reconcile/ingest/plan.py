"""Which of the files in the inbox tonight's run has to load."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reconcile import checksum
from reconcile.contract.tables import EXTRACTS, Extract, Mode
from reconcile.errors import InputRefusedError, Place, UsageError
from reconcile.ingest import manifest, memo
from reconcile.ingest.discover import Delivery, Inbox
from reconcile.settings import Settings
from reconcile.store import Store


@dataclass(frozen=True, slots=True)
class Loaded:
    """A load that counts, as ``ops.load`` has it."""

    load_id: int
    extract: str
    file: str
    delivered_on: dt.date
    sha256: str


@dataclass(frozen=True, slots=True)
class Task:
    """One file to load; ``repeats`` is the load it replaces row for row (``--full``)."""

    delivery: Delivery
    sha256: str
    load_id: int
    repeats: bool
    claim: manifest.Claim | None


def earlier_loads(store: Store) -> list[Loaded]:
    """Loads that count, in the order they were made."""
    return [Loaded(**row) for row in store.run_file("ingest/loads").pl().to_dicts()]


def tasks(store: Store, inbox: Inbox, settings: Settings) -> list[Task]:
    """Files to load, in order of delivery date and name, each with the load it becomes.

    A file is loaded unless the last load of its name has the same content. Deliveries after ``as_of`` wait. Of a
    snapshot only the newest delivery counts.

    Raises:
        UsageError: when the warehouse already holds deliveries made after ``as_of``.
        InputRefusedError: when nothing can be loaded and nothing ever was, or a manifest does not hold.

    """
    loads = earlier_loads(store)
    _check_dates(inbox, loads, settings)
    by_name = {(load.extract, load.file): load for load in loads}
    beside = {archive.name: archive for archive in inbox.archives}
    beside |= {found.name: found for delivery in inbox.deliveries if not delivery.archive and (found := memo.beside(delivery.path))}
    present = {delivery.file for delivery in inbox.deliveries} | {load.file for load in loads} | beside.keys()
    due_manifests = [item for item in inbox.manifests if item[0] <= settings.as_of]
    claims = manifest.read(due_manifests, present)
    for name, path in beside.items():
        if name in claims:
            claims[name].check_content(name, checksum.sha256(path))
    next_id = 1 + (store.value("SELECT max(load_id) FROM ops.load") or 0)
    result: list[Task] = []
    for delivery in _wanted(inbox.deliveries, loads, settings.as_of):
        sha256, claim = checksum.sha256(delivery.path), claims.get(delivery.file)
        if claim:
            claim.check_content(delivery.file, sha256)
        if texts := memo.beside(delivery.path):
            sha256 = hashlib.sha256(f"{sha256} {checksum.sha256(texts)}".encode()).hexdigest()  # a text may change and its table stay
        before = by_name.get((delivery.extract.name, delivery.file))
        is_same = before is not None and before.sha256 == sha256
        if is_same and not settings.full:
            continue
        load_id = before.load_id if before and is_same else next_id
        next_id += not is_same
        result.append(Task(delivery, sha256, load_id, is_same, claim))
    return result


def _check_dates(inbox: Inbox, loads: Sequence[Loaded], settings: Settings) -> None:
    later = [load.delivered_on for load in loads if load.delivered_on > settings.as_of]
    if later:
        raise UsageError(
            f"as_of {settings.as_of}: the warehouse holds a delivery of {max(later)}. Use that date or a later one, or another --home."
        )
    if loads or any(delivery.delivered_on <= settings.as_of for delivery in inbox.deliveries):
        return
    place = Place(str(settings.inbox))
    dates = sorted({str(delivery.delivered_on) for delivery in inbox.deliveries})
    if dates:
        raise InputRefusedError(place, f"no delivery on or before {settings.as_of}", f"There are deliveries of {', '.join(dates)}.")
    raise InputRefusedError(place, "no delivery found", "Files are named <extract>_<YYYYMMDD>.csv, or a profile in profiles/ matches them.")


def _wanted(deliveries: Sequence[Delivery], loads: Sequence[Loaded], as_of: dt.date) -> list[Delivery]:
    due = [delivery for delivery in deliveries if delivery.delivered_on <= as_of]
    newest = _newest(due, loads)
    return [item for item in due if item.extract.mode is Mode.APPEND or item.delivered_on == newest[item.extract.name]]


def _newest(due: Sequence[Delivery], loads: Sequence[Loaded]) -> Mapping[str, dt.date]:
    newest: dict[str, dt.date] = {}
    dated = [(item.extract.name, item.delivered_on) for item in due] + [(load.extract, load.delivered_on) for load in loads]
    for extract, delivered_on in dated:
        newest[extract] = max(delivered_on, newest.get(extract, delivered_on))
    return newest


def check_mandatory(store: Store, settings: Settings) -> None:
    """See that the extracts the work cannot do without have been loaded at least once.

    Raises:
        InputRefusedError: when one never was.

    """
    there = {load.extract for load in earlier_loads(store)}
    missing = [_in_two_languages(extract) for extract in EXTRACTS.values() if extract.is_mandatory and extract.name not in there]
    if missing:
        remedy = "Put <extract>_<YYYYMMDD>.csv into the inbox."
        raise InputRefusedError(Place(str(settings.inbox)), f"no delivery of {', '.join(missing)} on or before {settings.as_of}", remedy)


def _in_two_languages(extract: type[Extract]) -> str:
    return f"{extract.name} ({extract.chinese})"
