"""Telling of events by every way that is set, so that nobody hears of one twice, or never (``events``).

A receiver that is down is noted with the event, which is told with the next one, by the next night or by ``reconcile doctor --tell``.
"""

from __future__ import annotations

import logging

from reconcile import events, lock
from reconcile.errors import LockedError
from reconcile.settings import Settings
from reconcile.tell import channels
from reconcile.tell.channels import Send

_log = logging.getLogger(__name__)

_WAIT = 60
"""Seconds to wait for another process that is telling."""


def tell(settings: Settings, key: str, subject: str, text: str) -> None:
    """Tell of an event, and of those that nobody could be told of before; nothing happens for one that is known.

    Never raises: that nobody can be told stops no night. Without a way in the settings nothing is kept.
    """
    if not is_asked_for(settings):
        return
    try:
        events.note(settings.home, key, subject, text)
        _deliver(settings)
    except Exception as error:  # noqa: BLE001 - a receiver, a disk: the event is kept where it could be noted
        _log.warning("nobody could be told of: %s (%s).", subject, type(error).__name__)


def is_asked_for(settings: Settings) -> bool:
    """Whether the settings name a way to tell somebody."""
    return bool(channels.configured(settings.tell))


def deliver(settings: Settings) -> None:
    """Tell of what nobody could be told of before; never raises."""
    if not settings.home.told.is_dir():
        return
    try:
        _deliver(settings)
    except Exception as error:  # noqa: BLE001 - as above
        _log.warning("nobody could be told (%s).", type(error).__name__)


def _deliver(settings: Settings) -> None:
    try:
        with lock.alone(settings.home.told / "lock", "telling", _WAIT):
            events.forget(settings.home)
            for name, send in channels.configured(settings.tell).items():
                _send(settings, name, send)
    except LockedError:
        return  # whoever tells now, or the next one, tells of this, too


def _send(settings: Settings, name: str, send: Send) -> None:
    """Send one message with all events that this way has not told of."""
    waiting = [event for event in events.read(settings.home) if name not in event.told]
    if not waiting:
        return
    subjects = [event.subject for event in waiting]
    more = f" (and {len(subjects) - 1} more)" if len(subjects) > 1 else ""
    try:
        send(settings.tell, f"reconcile: {subjects[0]}{more}", "\n\n".join(event.text for event in waiting))
    except Exception as error:  # noqa: BLE001 - a receiver that is down may fail in any way; its text may quote the message
        _log.warning("%s: nobody could be told of: %s (%s). It is tried again.", name, "; ".join(subjects), type(error).__name__)
        return
    for event in waiting:
        events.note_told(event, name)
