"""What is older than the settings say goes: rows as delivered, deliveries, publications, lists and what stations returned.

Answers stay as numbers of findings, which are keyed hashes, with outcome and day; where no record of a finding is left, everything
that names a person or an officer goes from them too. What went is counted, in ``ops.audit``.
"""

from __future__ import annotations

import datetime as dt
import hmac
from pathlib import Path

from reconcile import audit, checksum, identity, lists, publication, query
from reconcile.contract.tables import EXTRACTS, Mode
from reconcile.errors import StorageError, UsageError
from reconcile.feedback import kept
from reconcile.home import below
from reconcile.settings import Settings
from reconcile.store import Store
from reconcile.unfinished import discard


def run(store: Store, settings: Settings) -> dict[str, int]:
    """Purge a home, counted from its last night, and return what went; the caller holds the lock.

    Raises:
        UsageError: when no setting says how long anything is kept.
        StorageError: when a publication does not say how old it is; none is then deleted.

    """
    keep = settings.retention
    if not keep.model_dump(exclude_none=True):
        msg = f"{settings.home}: nothing under [retention] in settings.toml says how long anything is kept. Nothing was deleted."
        raise UsageError(msg)

    def before(days: int) -> dt.date:
        return settings.as_of - dt.timedelta(days=days)

    gone: dict[str, int] = {}
    if keep.raw_days is not None:
        gone |= _rows(store, before(keep.raw_days))
    if keep.deliveries_days is not None and settings.inbox is not None:
        gone["deliveries"] = _deliveries(store, settings.inbox, before(keep.deliveries_days))
    if keep.publications_days is not None:
        gone["publications"] = _publications(settings, before(keep.publications_days))
    if keep.lists_days is not None:
        gone |= _lists(settings, before(keep.lists_days)) | _returned(store, before(keep.lists_days))
    audit.note(store, "purge", outcome=gone)
    store.execute("CHECKPOINT")
    return gone


def _rows(store: Store, before: dt.date) -> dict[str, int]:
    """Rows of events as delivered and as typed, rejected rows, and what names persons in answers about nobody who is left."""
    extracts = [extract.name for extract in EXTRACTS.values() if extract.mode is not Mode.SNAPSHOT]
    with store.transaction():
        loads = store.frame(query.sql("purge/loads"), before=before, extracts=extracts).rows()
        rows = 0
        for load_id, extract in loads:
            rows += int(store.value(f"SELECT count(*) FROM raw.{extract} WHERE _load_id = $load", load=load_id))
            for layer in ("raw", "std"):
                store.execute(f"DELETE FROM {layer}.{extract} WHERE _load_id = $load", load=load_id)
        old = "raw_row IS NOT NULL AND load_id IN (SELECT load_id FROM ops.load WHERE delivered_on < $before)"
        rejects = int(store.value(f"SELECT count(*) FROM ops.reject WHERE {old}", before=before))
        store.execute(f"UPDATE ops.reject SET raw_row = NULL WHERE {old}", before=before)
        records = " UNION ALL ".join(
            f"SELECT '{extract.name}' AS record_type, {extract.key[0]} AS record_key FROM std.{extract.name}"
            for extract in EXTRACTS.values()
            if len(extract.key) == 1
        )
        store.execute(f"CREATE OR REPLACE TEMP VIEW left_record AS {records}")
        salt = hmac.digest(identity.key_of(store.settings), b"records that are gone", "sha256").hex()
        findings = int((store.execute(query.sql("purge/gone"), salt=salt).fetchone() or (0,))[0])
        store.execute("DROP VIEW left_record")
    return {"rows": rows, "rejected_rows": rejects, "answers_without_a_person": findings}


def _deliveries(store: Store, inbox: Path, before: dt.date) -> int:
    """Files of the inbox that were loaded and are old; what was never loaded stays."""
    known = set(store.frame("SELECT sha256 FROM ops.load WHERE delivered_on < $before", before=before)["sha256"])
    old = [path for path in sorted(inbox.iterdir()) if path.is_file() and checksum.sha256(path) in known]
    for path in old:
        path.unlink()
    return len(old)


def _publications(settings: Settings, before: dt.date) -> int:
    home = settings.home
    current = home.current.resolve()
    folders = [folder for folder in _named(home.published, "[0-9]*") if (folder / home.latest.name).exists()]
    found = {folder: publication.read(folder) for folder in folders}
    unread = next((folder for folder, each in found.items() if each is None), None)
    if unread is not None:
        msg = f"{unread}/publication.json: cannot be read: nobody can tell how old this publication is. Delete the folder, purge again."
        raise StorageError(msg)
    old = [folder for folder, each in found.items() if each and each.as_of < str(before) and folder.resolve() != current]
    for folder in old:
        discard(home, folder)
    return len(old)


def _lists(settings: Settings, before: dt.date) -> dict[str, int]:
    """Lists of old nights and their reports; what people put beside them or changed stays, and is counted."""
    home, removed, left = settings.home, 0, 0
    for link in _named(home.worklists, "[0-9]*"):
        if link.name < str(before) and home.current.name not in (link.readlink().parts if link.is_symlink() else ()):
            folder = link.resolve()
            if folder.exists():  # else a purge was killed between the two
                went, stayed = lists.remove(home, folder)
                removed, left = removed + went, left + stayed
            if not folder.exists() and link.is_symlink():
                link.unlink()
    reports = [path for path in _named(home.reports, "*_????-??-??.*") if path.stem.rpartition("_")[2] < str(before)]
    for path in reports:
        path.unlink()
    return {"lists": removed, "files_of_people_left": left, "reports": len(reports)}


def _named(folder: Path, pattern: str) -> list[Path]:
    """What is directly in a folder under such a name; ``glob`` would take a folder that cannot be read for an empty one."""
    return sorted(path for path in folder.iterdir() if path.match(pattern)) if folder.is_dir() else []


def _returned(store: Store, before: dt.date) -> dict[str, int]:
    """Returned lists, the copies that were kept of them, and their receipts."""
    home = store.settings.home
    old = store.frame(query.sql("purge/returned"), before=before)
    digests = {kept.beginning(sha256) for sha256 in old["sha256"]}
    numbers = {str(load_id) for load_id in old["load_id"]}
    copies = [path.parent for digest, path in kept.copies(home) if digest in digests]
    files = [path for path in below(home.returns) if path.is_file() and kept.beginning(checksum.sha256(path)) in digests]
    receipts = [path for path in below(home.receipts) if path.suffix == ".csv" and path.stem.rpartition("_")[2] in numbers]
    discard(home, *copies)
    for path in [*files, *receipts]:
        path.unlink()
    return {"returned_lists": len(copies), "receipts": len(receipts)}
