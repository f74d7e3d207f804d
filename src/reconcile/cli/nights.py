"""Commands of a night and its lists: run it, look at what it would read, write its lists, take in answers, train its model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from reconcile import operate, pace, terminal
from reconcile.cli.base import app
from reconcile.errors import CheckedError, InputRefusedError, Place
from reconcile.home import Home
from reconcile.program import AsOf, By, Engine, Force, Full, HomeDirectory, Inbox, Reason


@app.command
def run(
    *,
    inbox: Inbox,
    home: HomeDirectory,
    as_of: AsOf,
    full: Full = False,
    force: Force = False,
    by: By = None,
    reason: Reason = None,
    engine: Engine = None,
) -> None:
    """Run the night: read the deliveries, compare, publish worklists and warehouse."""
    decided = {name: value for name, value in (("by", by), ("reason", reason), ("engine", engine)) if value}
    settings = operate.settings_of(inbox=inbox, home=home, as_of=as_of, full=full, force=force, **decided)
    with pace.heard(terminal.show_line):
        operate.run(settings, terminal.show_progress)
    terminal.show_summary(Home(home))


@app.command
def check(
    *,
    inbox: Inbox,
    home: Annotated[Path | None, Parameter(help="Directory whose settings hold; the defaults when left out.")] = None,
    drafts: Annotated[Path | None, Parameter(help="Folder of the profile drafts instead of <inbox>/profiles/drafts.")] = None,
) -> None:
    """Say what a night would make of every file of an inbox, without loading any, and draft the profiles that are needed.

    Exit code 0 when all are read, 3 when one is refused or fits nothing, 4 when a brake would be pulled.
    """
    checked = operate.check_inbox(inbox, Home(home) if home else None, drafts)
    terminal.show_check(checked)
    if checked.exit_code:
        raise CheckedError(checked.exit_code)


@app.command
def worklist(*, home: HomeDirectory) -> None:
    """Write the worklists of the last night again, from the warehouse."""
    terminal.show_fact("worklists", operate.write_worklists(Home(home)))


@app.command
def feedback(*files: Annotated[Path, Parameter(help="Returned worklists, CSV or XLSX.")], home: HomeDirectory) -> None:
    """Take in what stations answered, and write a receipt for each file; the next night knows the answers."""
    receipts = operate.take_in(Home(home), files)
    terminal.show_receipts(receipts)
    if not any(receipt.is_usable for receipt in receipts):
        names = ", ".join(receipt.file for receipt in receipts)
        raise InputRefusedError(Place(names), "no row could be used", "The receipts say why, row by row.")


@app.command
def train(
    *,
    home: HomeDirectory,
    out: Annotated[Path | None, Parameter(help="File to write instead of one in <home>/models.")] = None,
) -> None:
    """Train a match model on the register of the last night; later nights use the newest one in <home>/models, or the pinned one."""
    version, path = operate.learn(Home(home), out)
    terminal.show_fact("model", f"{version}  {path}")
