"""The command line (CONTRACT §4): parses, calls ``operate``, shows what came of it."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.config import Env

from reconcile import __version__, documents, evaluate, in_force, operate, pace, preserve, terminal
from reconcile import sample as sample_register
from reconcile.backup import keys_beside
from reconcile.errors import CheckedError, InputRefusedError, Place, UnwellError, UsageError
from reconcile.export import Form
from reconcile.home import Home
from reconcile.program import DEBUG, AsOf, By, Day, Engine, Force, Full, HomeDirectory, Inbox, Reason, options, run_program
from reconcile.report import linkage

app = App(
    name="reconcile",
    help="Compares what police, civil affairs and health record about births, deaths and moves.",
    help_epilogue=f"{DEBUG} after any command shows where an unexpected error arose. Exit codes: 0 done, 2 usage, 3 an input was refused, "
    "4 a brake stopped publication, 5 the warehouse is locked or damaged, 6 a check is red, 1 anything else.",
    help_format="plaintext",  # <home> and [tell] are words, no markup
    version=__version__,
    config=Env("RECONCILE_", command=False),
    default_parameter=Parameter(negative=()),
)


def main() -> None:
    """Entry point of the ``reconcile`` command."""
    sys.exit(run_program(app, "reconcile"))


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
def sample(
    *,
    out: Annotated[Path, Parameter(help="Directory to write the deliveries to.")],
    population: Annotated[int, Parameter(help="Registrations, about.")] = 6000,
    seed: Annotated[int, Parameter(help="Same seed, same files.")] = 1,
    world: Annotated[
        sample_register.WorldName, Parameter(help="plain, or hard: more cases, written with the habits of real offices.")
    ] = "plain",
) -> None:
    """Write an invented prefecture with planted faults and their truth."""
    sample_register.write(out, population, seed, kind=world)
    terminal.show_fact("sample", out)


@app.command
def train(
    *,
    home: HomeDirectory,
    out: Annotated[Path | None, Parameter(help="File to write instead of one in <home>/models.")] = None,
) -> None:
    """Train a match model on the register of the last night; later nights use the newest one in <home>/models, or the pinned one."""
    version, path = operate.learn(Home(home), out)
    terminal.show_fact("model", f"{version}  {path}")


@app.command
def compare(
    first: Annotated[str, Parameter(help="A published night: its run, 20261121-01, or its day, 2026-11-21.")],
    second: Annotated[str, Parameter(help="A later one.")],
    /,
    *,
    home: HomeDirectory,
    models: Annotated[bool, Parameter(help="The two are models, by version or file: the last night is linked with each.")] = False,
    out: Annotated[Path | None, Parameter(help="CSV file for all changes: numbers of findings, ids and keys, nobody's data.")] = None,
) -> None:
    """Count and list what two nights, or two models, make different: findings, persons, pairs. Publishes nothing."""
    compared = operate.compare_models if models else operate.compare_nights
    terminal.show_comparison(compared(Home(home), first, second, out))
    if out:
        terminal.show_fact("changes", out)


@app.command
def export(
    target: Annotated[Path, Parameter(help="Directory of the exported nights; a folder as_of=DAY is made in it, and nothing overwritten.")],
    /,
    *,
    home: HomeDirectory,
    schemas: Annotated[str, Parameter(help="Schemas, separated by commas.")] = "find,stats,ops",
    format: Annotated[Form, Parameter(help="Format of the files.")] = "parquet",  # noqa: A002 - the word for it on a command line
    masked: Annotated[bool, Parameter(help="Take the publication for those who may not see persons.")] = False,
) -> None:
    """Write the tables of the last published night as files for other systems, with a manifest. Personal data, unless --masked."""
    names = [name.strip() for name in schemas.split(",") if name.strip()]
    done = operate.export_night(Home(home), target, names, format, is_masked=masked)
    terminal.show_fact("export", f"{done.folder}  {done.files} files, {done.rows:,} rows")


@app.command(name="evaluate")
def evaluate_(
    *,
    home: HomeDirectory,
    truth: Annotated[Path, Parameter(help="truth.csv of a sample; decoys.csv is looked for beside it.")],
) -> None:
    """Print recall, precision and F1 of the last night against the truth, and the decoys it fell for."""
    terminal.show_evaluation(evaluate.evaluate(Home(home), truth))


@app.command
def explain(
    first: Annotated[str, Parameter(help="Number of a finding, as in the worklist; or a record, TYPE:KEY or its key alone.")],
    second: Annotated[str | None, Parameter(help="Another record; the two are compared.")] = None,
    /,
    *,
    home: HomeDirectory,
    html: Annotated[Path | None, Parameter(help="Also write the weights of the two records as a chart; it names nobody.")] = None,
) -> None:
    """Show one finding in full, or why two records were or were not taken for one person. Prints personal data."""
    if second is not None:
        explained = operate.explain_pair(Home(home), first, second)
        terminal.show_pair(explained)
        if html:
            linkage.write_pair(html, explained)
        return
    if html:
        msg = "--html shows two records. Name both."
        raise UsageError(msg)
    terminal.show_finding(operate.explain_finding(Home(home), first))


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


@app.command
def report(
    *,
    home: HomeDirectory,
    as_of: Annotated[Day | None, Parameter(help="Another published night than the last one.")] = None,
    since: Annotated[Day | None, Parameter(help="List the nights since this day, published or not.")] = None,
    open: Annotated[bool, Parameter(help="Show the page about the night in a browser.")] = False,  # noqa: A002 - the word for it
) -> None:
    """Say how the newest night ended, then show the last good one and how stations answered, in counts.

    The pages about the night and its linkage are written again. Exit code 0 when the newest night is published, 4 when a brake
    stopped it, else 1.
    """
    newest = operate.newest_night(Home(home))
    terminal.show_headline(newest)
    if since:
        terminal.show_what_is_there(lambda: terminal.show_nights(operate.nights_since(Home(home), since)))
    elif Home(home).latest.is_file():
        terminal.show_what_is_there(
            *([] if as_of else [lambda: operate.write_pages(Home(home))]),
            lambda: terminal.show_summary(Home(home), as_of),
            lambda: terminal.show_measures(Home(home), as_of),
        )
        page = Home(home).night_page(as_of or operate.settings_of_last_night(Home(home))[1].as_of)
        if open and page.is_file():
            webbrowser.open(page.absolute().as_uri())
    newest.check()


@app.command
def bulletin(
    *,
    home: HomeDirectory,
    since: Annotated[Day | None, Parameter(help="First day of the period; else the first of the month of the last night.")] = None,
) -> None:
    """Write the bulletin by county up to the last night (信息简报): a workbook with charts and a page of text. Counts only."""
    for name, path in zip(("workbook", "text"), operate.write_bulletin(Home(home), since), strict=True):
        terminal.show_fact(name, path)


@app.command
def settings(*, home: HomeDirectory) -> None:
    """Print the settings that hold for the nights of a home, and where each is from: settings.toml, the environment or the default."""
    terminal.show_settings(operate.settings_in_force(Home(home)), in_force.meant_for_nothing(options(app)))


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
def docs(
    *,
    check: Annotated[bool, Parameter(help="Write nothing; fail when a page is stale.")] = False,
    folder: Annotated[Path, Parameter(help="Where the pages are.")] = Path("docs"),
) -> None:
    """Write the generated pages: the data dictionary and the catalogue of findings. For developers, in a checkout."""
    documents.write(folder, check=check)
