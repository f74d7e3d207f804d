"""The key of the finding numbers, and whether it is still the one that a warehouse was numbered with."""

from __future__ import annotations

import hmac

from reconcile import identity
from reconcile.errors import WarehouseError
from reconcile.store import Store

_REMEDY = (
    "Copy keys/finding.key back from its backup: with another key every finding would get another number, "
    "and every question that was answered would be asked again."
)


def check(key: bytes) -> str:
    """Digest that only this key gives, and that tells nothing of it; noted in ``ops.state``."""
    return hmac.digest(key, b"key of the finding numbers", "sha256").hex()[:16]


def of(store: Store) -> bytes:
    """Key of the finding numbers of a warehouse; one is made for a warehouse that has none, and its digest is noted there.

    Raises:
        WarehouseError: when the key is gone, empty, or not the one the findings were numbered with.

    """
    settings = store.settings
    noted, findings = store.run_file("ops/key_check").fetchall()[0]
    is_there = settings.finding_key is not None or settings.home.finding_key.exists()
    if not is_there and (findings or noted):
        msg = f"{settings.home.finding_key}: is not there, though the warehouse has {findings:,} findings numbered with it. {_REMEDY}"
        raise WarehouseError(msg)
    key = identity.key_of(settings)
    digest = check(key)
    if noted is None:
        store.execute("UPDATE ops.state SET key_check = $digest", digest=digest)
    elif noted != digest:
        where = settings.home.finding_key if settings.finding_key is None else "finding_key (a setting)"
        msg = f"{where}: is not the key the findings of this warehouse were numbered with. {_REMEDY}"
        raise WarehouseError(msg)
    return key
