"""Whether what a home keeps is whole and out of others' reach: key, warehouse, publication, permissions."""

from __future__ import annotations

import stat
from pathlib import Path

from reconcile import audit, backup, encryption, identity, key, lock
from reconcile.doctor.examined import Examined, Line, ok, red, warning
from reconcile.errors import KeyNeededError, ReconcileError

_BACKUP_DAYS = 7
"""From so many days on a backup is missed."""
_RESTORE = "Run reconcile restore --home DIR."


def finding_key(examined: Examined) -> Line:
    """Whether the key of the finding numbers is the one the publication was numbered with."""
    settings, home = examined.settings, examined.home
    noted = examined.reader.frame("SELECT key_check FROM ops.state").item() if examined.reader else None
    if settings.finding_key is None and not home.finding_key.exists():
        return (
            red(f"{home.finding_key} is not there", "Copy it back from its backup.") if noted else ok("none yet; the first night makes it")
        )
    if noted and noted != key.check(identity.key_of(settings)):
        return red("is not the one the findings were numbered with", "Copy keys/finding.key back from its backup.")
    return ok("is the one the findings were numbered with" if noted else "is there")


def encrypted(examined: Examined) -> Line:
    """Whether the databases can be opened: with the key that is named, where they are encrypted."""
    files = {"warehouse": examined.home.warehouse, "publication": examined.home.latest}
    found = ", ".join(name for name, path in files.items() if encryption.is_encrypted(path))
    try:
        examined.settings.database_key()
        _ = examined.reader
        _ = None if lock.holder(examined.home) else examined.warehouse
    except KeyNeededError as error:
        wrong, _, advice = str(error).partition(". ")
        return red(wrong, advice)
    except ReconcileError:
        return ok("see the lines warehouse and publication")
    return ok(f"{found}, with the key that is named" if found else "nothing is encrypted")


def warehouse(examined: Examined) -> Line:
    """Whether the warehouse has all that was committed; not looked into while somebody writes."""
    if writer := lock.holder(examined.home):
        return ok(f"in use by {writer}")
    found = examined.warehouse  # what is wrong with it is raised, and says what to do
    return ok("none yet") if found is None else ok(f"whole, {examined.home.warehouse.stat().st_size / 2**20:,.0f} MB")


def publication(examined: Examined) -> Line:
    """Whether the publication that readers see is whole, untouched, and that of the warehouse's last good night."""
    home, published = examined.home, examined.published
    if published is None:
        return red("written by an older program, or cut off", "Run the night again.") if home.latest.exists() else ok("none yet")
    database = published.database
    if not database.is_file() or database.stat().st_size != published.bytes:
        return red(f"{database} is not as it was written", "Run the night again; it is published anew.")
    if database.with_suffix(".duckdb.wal").exists():
        return red("another program opened it for writing", "Close that program; the next night publishes anew.")
    if home.latest.resolve() != database.resolve():
        return red(f"{home.latest} leads elsewhere", "Run the night again; it sets the link.")
    if lock.holder(home) is None and examined.warehouse:
        done = examined.warehouse.frame("SELECT max(run_id) AS run_id FROM ops.run WHERE status = 'done'").item()
        if done != published.run_id:
            advice = f"Repeat the night; where the warehouse is an older copy, move it away. {_RESTORE}"
            return red(f"shows run {published.run_id}, the warehouse's last good one is {done}", advice)
    return ok(f"run {published.run_id}, whole")


def audited(examined: Examined) -> Line:
    """Whether every entry about who ran what is as it was written."""
    settings = examined.settings
    if examined.reader is None or (settings.finding_key is None and not examined.home.finding_key.exists()):
        return ok("none yet, or no key to check them with")
    problem = audit.problem(examined.reader, identity.key_of(settings))
    advice = "Somebody changed the warehouse by hand: ask who, and compare ops.audit with that of a backup."
    return red(problem, advice) if problem else ok("every entry as it was written")


def backed_up(examined: Examined) -> Line:
    """How old the last backup is."""
    age = backup.age(examined.home, examined.now)
    if age is None:
        return warning("never, as far as the home knows", "Run reconcile backup TARGET --home DIR, and let a timer do it.")
    told = f"{age.days} days ago" if age.days else "today"
    return warning(told, "Look why reconcile backup does not run any more.") if age.days > _BACKUP_DAYS else ok(told)


def permissions(examined: Examined) -> Line:
    """Whether others than the owner can read what names persons; a group that was given the masked publication may pass."""
    home = examined.home
    passing = 0 if examined.settings.masked_group is None else stat.S_IXGRP
    open_to_others = [path for path in _private(home.root) if _others(path) & ~(passing if path == home.root else 0)]
    if open_to_others:
        names = ", ".join(str(path.relative_to(home.root.parent)) for path in open_to_others[:3])
        return red(f"{len(open_to_others)} open to others: {names}", "Run chmod -R go= on them: they name persons, or hold keys.")
    return ok("the owner's alone")


def _private(root: Path) -> list[Path]:
    """The home; where that is shut nobody comes further, and where it is not, what is worst to lose."""
    inside = ("warehouse.duckdb", "settings.toml", "keys", "keys/finding.key", "answers", "returns", "receipts", "reports", "prefect")
    return [path for path in (root, *(root / name for name in inside)) if path.exists()]


def _others(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode) & 0o077
