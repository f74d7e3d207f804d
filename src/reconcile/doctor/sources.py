"""Whether those who deliver and answer are heard: deliveries overdue or strange, returned files waiting, answers not yet used."""

from __future__ import annotations

import datetime as dt

from reconcile.doctor.examined import Examined, Line, ok, red, warning
from reconcile.feedback import kept, take

_HISTORY = 3
"""Deliveries from which on a source has a habit."""
_PATIENCE = dt.timedelta(days=1)
"""So long may a returned file wait: it is taken in every quarter of an hour by day."""


def deliveries(examined: Examined) -> Line:
    """Whether a source is silent for longer than it ever was."""
    rows = examined.reader.file("doctor/sources").rows() if examined.reader else []
    today = examined.now.date()
    late = [
        f"{extract} (last {newest}, {(today - newest).days} days ago; at most {longest} until now)"
        for extract, newest, longest, count in rows
        if count >= _HISTORY and (today - newest).days > longest
    ]
    if late:
        return red(f"overdue: {', '.join(late)}", "Ask the source for its delivery before its silence becomes findings.")
    return ok(f"{len(rows)} sources, none silent for longer than before")


def strangers(examined: Examined) -> Line:
    """Whether the last night met files that fit no extract."""
    files = int(examined.reader.file("doctor/unmatched").item()) if examined.reader else 0
    if files:
        return warning(f"{files} of the last night fit no extract", "The night's warnings name them: write a profile, or take them away.")
    return ok("all files of the last night fit an extract")


def returns(examined: Examined) -> Line:
    """Whether returned lists wait to be taken in, or cannot be read."""
    home = examined.home
    unreadable = sum(path.is_file() for path in home.unreadable_returns.rglob("*")) if home.unreadable_returns.exists() else 0
    found, shut = take.lying(home)
    known = {digest for digest, _ in kept.copies(home)}
    waiting = [path for path, sha256 in found.items() if kept.beginning(sha256) not in known]
    seen = f"{len(waiting)} wait, {unreadable} cannot be read"
    if shut:
        return red(f"{seen}, {len(shut)} cannot be opened", "Give them to the account that runs the nights: chown, chmod u+r.")
    if any(examined.age(path) > _PATIENCE for path in waiting):
        return red(seen, "Nobody takes them in: run python -m flows feedback --home DIR, or restart python -m flows serve.")
    if unreadable:
        return warning(seen, "Ask the stations of returns/unreadable to save their lists again; then delete the files there.")
    return ok(seen)


def answers(examined: Examined) -> Line:
    """Returned lists that were taken in since the last night, whose answers the next one uses."""
    told = examined.reader.file("doctor/returned")["sha256"] if examined.reader else []
    known = {kept.beginning(sha256) for sha256 in told}
    unused = [path for digest, path in kept.copies(examined.home) if digest not in known]
    seen = f"{len(unused)} returned lists since the last night"
    if any(examined.age(path) > dt.timedelta(hours=examined.settings.schedule.late_hours) for path in unused):
        return warning(f"{seen}, the oldest for more than a night", "Run the night: until then their findings stand as they were.")
    return ok(seen)
