"""Brakes: the night stops before its findings are kept when its result is implausible."""

from __future__ import annotations

from reconcile.contract.tables import EXTRACTS
from reconcile.errors import BrakeError
from reconcile.settings import Settings
from reconcile.standardise import unread
from reconcile.store import Store

_SENTENCES = {
    "age": "the newest {subject} is {found:.0f} days old at as_of (allowed {allowed:.0f})",
    "empty": "{subject} was delivered without any row",
    "volume": "{subject} lost {found:.0%} of its rows since the last good run (allowed {allowed:.0%})",
    "rejects": "{subject}: {found:.0%} of its rows were rejected (allowed {allowed:.0%})",
    "findings": "{subject} was raised for {found:.1%} of the active registrations (allowed {allowed:.1%})",
}


def check(store: Store, settings: Settings) -> None:
    """Judge the night by its deliveries and its settled findings; call it in the transaction that it is to undo.

    Raises:
        BrakeError: when the result is implausible or a mandatory extract is missing, unless ``settings.force``.

    """
    if settings.force:
        return
    if sentences := pulled(store, settings):
        msg = "nothing was published: " + "; ".join(sentences) + ". Look into it; --force --by WHO --reason WHY publishes all the same."
        raise BrakeError(msg)


def pulled(store: Store, settings: Settings) -> list[str]:
    """One sentence for each brake that is pulled."""
    loaded = {extract for extract, _ in store.run_file("ops/delivered").fetchall()}
    mandatory = [extract.name for extract in EXTRACTS.values() if extract.is_mandatory]
    sentences = [f"no {name} was ever delivered" for name in mandatory if name not in loaded]
    rows = store.run_file("ops/brakes", mandatory=mandatory, **settings.brakes.model_dump()).fetchall()
    sentences += [_SENTENCES[brake].format(subject=subject, found=found, allowed=allowed) for brake, subject, found, allowed in rows]
    limits = settings.brakes
    return sentences + [str(column) for column in unread.columns(store, limits.unread_floor) if column.share > limits.unread_share]
