"""What was told and what still has to be: one file an event in ``<home>/told``, so that nobody hears of it twice, or never.

A receiver that is down is noted with the event, which is told with the next one, by the next night or by ``reconcile doctor --tell``.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
from pathlib import Path
from typing import Any

from reconcile import lock
from reconcile.errors import LockedError
from reconcile.home import Home, make_directory
from reconcile.settings import Settings
from reconcile.tell import channels
from reconcile.tell.channels import Send
from reconcile.unfinished import in_place_of

_log = logging.getLogger(__name__)

_KEPT = dt.timedelta(days=90)
"""What was told so long before the newest event is forgotten."""
_WAIT = 60
"""Seconds to wait for another process that is telling."""


def tell(settings: Settings, key: str, subject: str, text: str) -> None:
    """Tell of an event, and of those that nobody could be told of before; nothing happens for one that is known.

    Never raises: that nobody can be told stops no night. Without a way in the settings nothing is kept.
    """
    if not is_asked_for(settings):
        return
    try:
        make_directory(settings.home.told)
        _note(settings.home, key, subject, text)
        _deliver(settings)
    except Exception as error:  # noqa: BLE001 - a receiver, a disk: the event is kept where it could be noted
        _log.warning("nobody could be told of: %s (%s).", subject, type(error).__name__)


def is_asked_for(settings: Settings) -> bool:
    """Whether the settings name a way to tell somebody."""
    return bool(channels.configured(settings.tell))


def is_known(home: Home, beginning: str) -> bool:
    """Whether there is an event whose key begins so, as a pattern of file names."""
    return any(home.told.glob(f"{beginning}*.json"))


def deliver(settings: Settings) -> None:
    """Tell of what nobody could be told of before; never raises."""
    if not settings.home.told.is_dir():
        return
    try:
        _deliver(settings)
    except Exception as error:  # noqa: BLE001 - as above
        _log.warning("nobody could be told (%s).", type(error).__name__)


def _note(home: Home, key: str, subject: str, text: str) -> None:
    """Write an event down; one with the same key is the same event."""
    path = home.told / f"{key}.json"
    if path.exists():
        return
    _write(path, {"subject": subject, "text": text, "told": []})


def _deliver(settings: Settings) -> None:
    try:
        with lock.alone(settings.home.told / "lock", "telling", _WAIT):
            _forget(settings.home)
            for name, send in channels.configured(settings.tell).items():
                _send(settings, name, send)
    except LockedError:
        return  # whoever tells now, or the next one, tells of this, too


def _send(settings: Settings, name: str, send: Send) -> None:
    """Send one message with all events that this way has not told of."""
    events = {path: event for path in sorted(settings.home.told.glob("*.json")) if name not in (event := _read(path))["told"]}
    if not events:
        return
    subjects = [event["subject"] for event in events.values()]
    more = f" (and {len(subjects) - 1} more)" if len(subjects) > 1 else ""
    try:
        send(settings.tell, f"reconcile: {subjects[0]}{more}", "\n\n".join(event["text"] for event in events.values()))
    except Exception as error:  # noqa: BLE001 - a receiver that is down may fail in any way; its text may quote the message
        _log.warning("%s: nobody could be told of: %s (%s). It is tried again.", name, "; ".join(subjects), type(error).__name__)
        return
    for path, event in events.items():
        _write(path, event | {"told": [*event["told"], name]})


def _forget(home: Home) -> None:
    written = {path: path.stat().st_mtime for path in home.told.glob("*.json")}
    for path, moment in written.items():
        if moment < max(written.values()) - _KEPT.total_seconds():
            path.unlink()


def _read(path: Path) -> dict[str, Any]:
    try:
        return {"told": [], **json.loads(path.read_bytes())}
    except ValueError:  # cut off by a kill: there is nothing to tell but that
        return {"subject": path.stem, "text": f"{path.stem}: what was to be told is lost.", "told": []}


def _write(path: Path, event: dict[str, Any]) -> None:
    with in_place_of(path) as fresh, os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(event, file, ensure_ascii=False)
