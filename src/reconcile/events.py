"""What an operator is told of, one file an event in ``<home>/told``: its text, and the ways by which it was told until now.

Nobody hears of an event twice, or never: who tells notes here by which way he did, and the doctor looks here whether all was told.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from reconcile.home import Home, make_directory
from reconcile.unfinished import in_place_of

_KEPT = dt.timedelta(days=90)
"""What was written so long before the newest event is forgotten."""


class Event(NamedTuple):
    """An event, where it is kept, and the ways that have told of it."""

    path: Path
    subject: str
    text: str
    told: tuple[str, ...]


def read(home: Home) -> list[Event]:
    """All events, by their keys.

    Raises:
        OSError: when one cannot be read.

    """
    return [_read(path) for path in sorted(home.told.glob("*.json"))]


def is_known(home: Home, beginning: str) -> bool:
    """Whether there is an event whose key begins so, as a pattern of file names."""
    return any(home.told.glob(f"{beginning}*.json"))


def note(home: Home, key: str, subject: str, text: str) -> None:
    """Write an event down; one with the same key is the same event.

    Raises:
        OSError: when it cannot be written.

    """
    make_directory(home.told)
    path = home.told / f"{key}.json"
    if not path.exists():
        _write(Event(path, subject, text, ()))


def note_told(event: Event, way: str) -> None:
    """Write down that a way has told of an event.

    Raises:
        OSError: when it cannot be written.

    """
    _write(event._replace(told=(*event.told, way)))


def forget(home: Home) -> None:
    """Delete what is so old that nobody asks for it any more."""
    written = {path: path.stat().st_mtime for path in home.told.glob("*.json")}
    for path, moment in written.items():
        if moment < max(written.values()) - _KEPT.total_seconds():
            path.unlink()


def _read(path: Path) -> Event:
    """An event; of one that was cut off, or is of another form, there is nothing to tell but that."""
    try:
        kept = json.loads(path.read_bytes())
        return Event(path, str(kept["subject"]), str(kept["text"]), _ways(kept["told"]))
    except (ValueError, KeyError, TypeError):
        return Event(path, path.stem, f"{path.stem}: what was to be told is lost.", ())


def _ways(told: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    """The ways as they were written."""
    if not isinstance(told, list):
        raise TypeError
    return tuple(map(str, told))


def _write(event: Event) -> None:
    kept = {"subject": event.subject, "text": event.text, "told": event.told}
    with (
        in_place_of(event.path) as fresh,
        os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file,
    ):
        json.dump(kept, file, ensure_ascii=False)
