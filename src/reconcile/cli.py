"""The command line (CONTRACT §4), and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter
from cyclopts.config import Env
from pydantic import ValidationError
from pydantic_settings import SettingsError

from reconcile import __version__, catalogue, dictionary, evaluate, feedback, identity, link, pipeline, publish, query, terminal, worklist
from reconcile import sample as sample_register
from reconcile.errors import InputRefusedError, Place, ReconcileError, UnexpectedError, UsageError
from reconcile.link import explain
from reconcile.report import linkage
from reconcile.settings import Settings
from reconcile.store import Reader, Store

DEBUG = "--debug"

app = App(
    name="reconcile",
    help="Compares what police, civil affairs and health record about births, deaths and moves.",
    help_epilogue=f"{DEBUG} after any command shows where an unexpected error arose. Exit codes: 0 done, 2 usage, 3 an input was refused, "
    "4 a brake stopped publication, 5 the warehouse is locked or damaged, 1 anything else.",
    version=__version__,
    config=Env("RECONCILE_", command=False),
    default_parameter=Parameter(negative=()),
)

Home = Annotated[Path, Parameter(help="Directory of the warehouse, the publications and the worklists.")]
Inbox = Annotated[Path, Parameter(help="Directory the deliveries arrive in.")]
AsOf = Annotated[dt.date, Parameter(help="Business date of the night, YYYY-MM-DD.")]
Full = Annotated[bool, Parameter(help="Repeat every stage, also those whose inputs did not change.")]
Force = Annotated[bool, Parameter(help="Publish although a brake was pulled.")]


def main() -> None:
    """Entry point of the ``reconcile`` command."""
    sys.exit(run_program(app, "reconcile"))


def run_program(program: App, name: str) -> int:
    """Run the command line of this process with a program; give its exit code."""
    given = sys.argv[1:]
    tokens = [token for token in given if token != DEBUG]
    return exit_code(lambda: call(tokens, program), debug=DEBUG in given, program=name)


def call(tokens: list[str], program: App | None = None) -> None:
    """Run one command line; errors are raised."""
    (program or app)(tokens, exit_on_error=False, print_error=False, result_action="return_value")


def exit_code(action: Callable[[], object], *, debug: bool = False, program: str = "reconcile") -> int:
    """Run an action and give the exit code of how it ended, after one message on stderr; ``program`` is how it was called.

    An unexpected error may carry a person's data in its text, so only its kind is shown; with ``debug`` also the
    places it passed, still without its text.
    """
    os.umask(0o077)  # whatever is written names persons
    try:
        action()
    except CycloptsError as error:
        return _complain(f"{error} See {program} --help.", UsageError.exit_code)
    except KeyboardInterrupt:
        return _complain("stopped by the operator; the last publication is untouched.", ReconcileError.exit_code)
    except ReconcileError as error:
        expected = error
    except Exception as error:  # noqa: BLE001 - the last resort is a message without values, not a traceback
        expected = UnexpectedError("reconcile", error)
    else:
        return 0
    places = expected.places if debug and isinstance(expected, UnexpectedError) else ""
    return _complain(f"{places}{expected}", expected.exit_code)


def _complain(message: str, code: int) -> int:
    terminal.ERRORS.print(f"reconcile: {message}", markup=False)
    return code


def settings_of(**given: object) -> Settings:
    """Settings from the command line, the environment and ``<home>/settings.toml``.

    Raises:
        UsageError: when a value is unknown or out of range.

    """
    try:
        return Settings(**given)  # pyright: ignore[reportArgumentType] - pydantic checks the values
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False, include_url=False))
        msg = f"settings: {wrong}."
    except (SettingsError, tomllib.TOMLDecodeError) as error:
        msg = f"settings.toml or a RECONCILE_ variable cannot be read: {error}."
    raise UsageError(msg)


@app.command
def run(*, inbox: Inbox, home: Home, as_of: AsOf, full: Full = False, force: Force = False) -> None:
    """Run the night: read the deliveries, compare, publish worklists and warehouse."""
    settings = settings_of(inbox=inbox, home=home, as_of=as_of, full=full, force=force)
    pipeline.run_night(settings, terminal.show_progress)
    terminal.show_summary(home)


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
    terminal.OUT.print(f"sample     {out}", markup=False)


@app.command
def train(
    *,
    home: Home,
    out: Annotated[Path | None, Parameter(help="File to write instead of one in <home>/models.")] = None,
) -> None:
    """Train a match model on the register of the last night; later nights use the newest one in <home>/models, or the pinned one."""
    version, path = learn(home, out)
    terminal.OUT.print(f"model      {version}  {path}", markup=False)


def learn(home: Path, out: Path | None = None) -> tuple[str, Path]:
    """Train a model on the register of the last night, and return its version and file.

    Raises:
        UsageError: when nothing was published yet.
        WarehouseError: when a night is running.

    """
    with Reader(home) as reader:
        published, as_of, _ = reader.file("report/newest_run").row(0)
    settings = settings_of(home=home, as_of=as_of)
    with Store(settings, published) as store:
        return link.learn(store, settings, out)


@app.command(name="evaluate")
def evaluate_(
    *,
    home: Home,
    truth: Annotated[Path, Parameter(help="truth.csv of a sample; decoys.csv is looked for beside it.")],
) -> None:
    """Print recall, precision and F1 of the last night against the truth, and the decoys it fell for."""
    terminal.OUT.print(evaluate.report(home, truth), markup=False)


@app.command(name="explain")
def explain_(
    first: Annotated[str, Parameter(help="Number of a finding, as in the worklist; or a record, TYPE:KEY or its key alone.")],
    second: Annotated[str | None, Parameter(help="Another record; the two are compared.")] = None,
    /,
    *,
    home: Home,
    html: Annotated[Path | None, Parameter(help="Also write the weights of the two records as a chart; it names nobody.")] = None,
) -> None:
    """Show one finding in full, or why two records were or were not taken for one person. Prints personal data."""
    with Reader(home) as reader:
        _, as_of, _ = reader.file("report/newest_run").row(0)
    costs = settings_of(home=home, as_of=as_of).costs
    if second is not None:
        with Reader(home) as reader:
            left, right = explain.record(reader, first, "first"), explain.record(reader, second, "second")
            explained = explain.pair(reader, left, right, costs)
        terminal.show_pair(explained)
        if html:
            linkage.write_pair(html, explained)
        return
    if html:
        msg = "--html shows two records. Name both."
        raise UsageError(msg)
    number = first.strip().upper()
    if not identity.is_valid(number):
        msg = "this is not the number of a finding: its check character is wrong. Copy it from the worklist, or name two records."
        raise UsageError(msg)
    terminal.show_finding(home, number, costs)


@app.command(name="worklist")
def worklist_(*, home: Home) -> None:
    """Write the worklists of the last night again, from the warehouse."""
    with Reader(home) as reader:
        published, as_of, _ = reader.file("report/newest_run").row(0)
    settings = settings_of(home=home, as_of=as_of)
    with Store(settings, published) as store:
        newest = store.frame(query.sql("report/newest_run")).row(0)
        if newest[0] != published:
            msg = f"run {newest[0]} came after the published {published} and ended as {newest[2]}. Finish it with reconcile run."
            raise UsageError(msg)
        worklist.run(store, settings)
        publish.put_worklists(settings)
    terminal.OUT.print(f"worklists  {settings.worklists / str(as_of)}", markup=False)


@app.command(name="feedback")
def feedback_(*files: Annotated[Path, Parameter(help="Returned worklists, CSV or XLSX.")], home: Home) -> None:
    """Take in what stations answered, and write a receipt for each file; the next night knows the answers."""
    missing = [file.name for file in files if not file.is_file()]
    if missing or not files:
        msg = f"{', '.join(missing) or 'FILE'}: no such file. Name the returned worklists."
        raise UsageError(msg)
    receipts = take_in(home, lambda _store: list(files))
    terminal.show_receipts(receipts)
    if not any(one.is_usable for one in receipts):
        raise InputRefusedError(Place(", ".join(one.file for one in receipts)), "no row could be used", "The receipts say why, row by row.")


def take_in(home: Path, files: Callable[[Store], list[Path]]) -> list[feedback.Receipt]:
    """Take in the returned worklists that ``files`` chooses, as answers to the last publication.

    Raises:
        UsageError: when nothing was published yet.
        WarehouseError: when a night is running.

    """
    with Reader(home) as reader:
        published, as_of, _ = reader.file("report/newest_run").row(0)
    with Store(settings_of(home=home, as_of=as_of), published) as store:
        return feedback.take_in(store, files(store))


@app.command
def report(*, home: Home) -> None:
    """Show the last good night and how stations answered, in counts, and write the page about its linkage again."""
    with Reader(home) as reader:
        _, as_of, _ = reader.file("report/newest_run").row(0)
        linkage.put(linkage.stage(reader, settings_of(home=home, as_of=as_of)))
    terminal.show_summary(home)
    terminal.show_measures(home)


@app.command
def docs(
    *,
    check: Annotated[bool, Parameter(help="Write nothing; fail when a page is stale.")] = False,
    folder: Annotated[Path, Parameter(help="Where the pages are.")] = Path("docs"),
) -> None:
    """Write the generated pages: the data dictionary and the catalogue of findings. For developers, in a checkout."""
    pages = {folder / "data-dictionary.md": dictionary.render(), folder / "findings.md": catalogue.render()}
    stale = [path for path, text in pages.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if check and stale:
        msg = f"{', '.join(map(str, stale))}: stale. Run reconcile docs."
        raise ReconcileError(msg)
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")
