"""Commands of whoever keeps a home: is all well, what is set, backup, restore, what goes after its time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from reconcile import consult, in_force, operate, preserve, terminal
from reconcile.backup import keys_beside
from reconcile.cli.base import app
from reconcile.errors import UnwellError, UsageError
from reconcile.home import Home
from reconcile.program import HomeDirectory, options


@app.command
def doctor(
    *,
    home: HomeDirectory,
    inbox: Annotated[Path | None, Parameter(help="Directory the deliveries arrive in, to reckon the room they need.")] = None,
    tell: Annotated[bool, Parameter(help="Tell those whom the settings name ([tell]), once a day for each red check.")] = False,
) -> None:
    """Check whether all is well: schedule, last night, key, warehouse, disk, sources, returned files. Changes nothing."""
    results = operate.examine(Home(home), inbox, is_told=tell)
    terminal.show_checkup(results)
    wrong = [result.name for result in results if result.line.level == "red"]
    if wrong:
        msg = f"{len(wrong)} of {len(results)} checks are red: {', '.join(wrong)}."
        raise UnwellError(msg)


@app.command
def settings(*, home: HomeDirectory) -> None:
    """Print the settings that hold for the nights of a home, and where each is from: settings.toml, the environment or the default."""
    terminal.show_settings(consult.settings_in_force(Home(home)), in_force.meant_for_nothing(options(app)))


@app.command
def backup(
    target: Annotated[Path, Parameter(help="Directory to make; on another disk.")],
    /,
    *,
    home: HomeDirectory,
    keys: Annotated[Path | None, Parameter(help="Directory for the key of the finding numbers instead of TARGET.keys.")] = None,
) -> None:
    """Back up a home, with the SHA-256 of every file, and its key apart from it. Waits for a night; readers need not stop."""
    made = preserve.back_up(Home(home), target, keys)
    terminal.show_fact("backup", f"{target}  {len(made.files):,} files, {made.bytes / 2**20:,.0f} MB, up to run {made.run_id or 'none'}")
    terminal.show_fact("key", f"{keys or keys_beside(target)}  keep it apart from the backup; without it a restored home cannot be used")


@app.command
def restore(
    *,
    home: HomeDirectory,
    from_: Annotated[Path | None, Parameter(name="--from", help="A backup, for an empty home; else the last publication is taken.")] = None,
    keys: Annotated[Path | None, Parameter(help="Where the key of the backup is instead of BACKUP.keys.")] = None,
    old: Annotated[Path | None, Parameter(help="What is left of the lost home: answers since the backup are taken from it.")] = None,
) -> None:
    """Make a lost or damaged warehouse again from the last publication, or a whole home from a backup, and take in the answers since."""
    if from_ is None:
        if keys or old:
            msg = "--keys and --old say more about a backup. Name it with --from."
            raise UsageError(msg)
        restored = preserve.make_again(Home(home))
    else:
        restored = preserve.restore_backup(Home(home), from_, keys, Home(old) if old else None)
    told = f"run {restored.run_id or 'none'}; {restored.files:,} files; {len(restored.receipts)} returned files taken in again"
    terminal.show_fact("restored", told)
    terminal.show_receipts(restored.receipts)


@app.command
def purge(
    *,
    home: HomeDirectory,
    inbox: Annotated[Path | None, Parameter(help="Also delete old deliveries here; left alone when it is not named.")] = None,
) -> None:
    """Delete what is older than [retention] in settings.toml says; what went is counted, also in ops.audit."""
    for name, count in preserve.clear_out(Home(home), inbox).items():
        terminal.show_fact(name, f"{count:,}")
