"""Who ran what with which settings: ``ops.audit``, entry by entry, each sealed together with the seal of the one before.

The seal is an HMAC with the key of the finding numbers: who can write to the warehouse and does not hold the key cannot change, remove or
insert an entry without breaking the chain. Entries cut off at the end are noticed where runs are left that none of them is about.
"""

from __future__ import annotations

import getpass
import hmac
import json
import os
import time
from collections.abc import Mapping

from reconcile import __version__, key, query
from reconcile.asked import Readable
from reconcile.settings import Settings
from reconcile.store import Store

_SEALED = ("number", "noted_at", "command", "account", "decided_by", "reason", "program", "settings", "outcome", "run_id")
_FIRST = ""
"""What the first entry is sealed together with."""
_SECRET = {"key", "finding_key", "by", "reason", "tell"}


def note(store: Store, command: str, run_id: str = "", outcome: Mapping[str, int] | None = None) -> None:
    """Append an entry: the command, the account that runs it, who decided and why, and the settings that are not as they come.

    Args:
        store: the warehouse, open for writing.
        command: what is run.
        run_id: the run it is about; that of the store when empty.
        outcome: what it did, in counts.

    Raises:
        WarehouseError: when the key is gone or another one.

    """
    settings = store.settings
    last = store.frame(query.sql("ops/audit")).tail(1).to_dicts()
    entry: dict[str, object] = {
        "number": last[0]["number"] + 1 if last else 1,
        "noted_at": time.strftime("%Y-%m-%d %H:%M:%S"),
        "command": command,
        "account": _account(),
        "decided_by": settings.by,
        "reason": settings.reason,
        "program": __version__,
        "settings": _chosen(settings),
        "outcome": json.dumps(outcome) if outcome else None,
        "run_id": run_id or store.run_id or None,
    }
    seal = _seal(key.of(store), last[0]["seal"] if last else _FIRST, entry)
    names = [*_SEALED, "seal"]
    values = ", ".join(f"${name}" for name in names)
    with store.transaction():
        store.execute(f"INSERT INTO ops.audit ({', '.join(names)}) VALUES ({values})", **entry, seal=seal)


def problem(asked: Readable, secret: bytes) -> str | None:
    """What is wrong with the entries, in one sentence; None where every one is as it was written.

    Args:
        asked: the warehouse, or a publication.
        secret: the key of the finding numbers.

    """
    before = _FIRST
    entries = asked.frame(query.sql("ops/audit"))
    for number, entry in enumerate(entries.iter_rows(named=True), start=1):
        if entry["number"] != number:
            return f"ops.audit: entry {number} is missing."
        if not hmac.compare_digest(str(entry["seal"]), _seal(secret, before, entry)):
            return f"ops.audit: entry {number} is not as it was written, or the one before it is gone."
        before = str(entry["seal"])
    unnoted = asked.frame(query.sql("ops/runs_not_audited"))["run_id"].to_list()
    return f"ops.audit: no entry is about run {unnoted[0]}; the last entries are gone." if unnoted else None


def _seal(secret: bytes, before: str, entry: Mapping[str, object]) -> str:
    text = json.dumps([before, *(entry[name] for name in _SEALED)], ensure_ascii=False)
    return hmac.digest(secret, text.encode(), "sha256").hex()


def _chosen(settings: Settings) -> str:
    """Settings that are not the default, without secrets."""
    chosen = settings.model_dump(mode="json", exclude=_SECRET, exclude_defaults=True)
    return json.dumps(chosen, ensure_ascii=False, sort_keys=True)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name
        return str(os.getuid())
