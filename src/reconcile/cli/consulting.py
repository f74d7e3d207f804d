"""Commands that ask something of the nights of a home, and show or write what was asked for."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from reconcile import consult, evaluate, operate, terminal
from reconcile.cli.base import app
from reconcile.errors import UsageError
from reconcile.export import Form
from reconcile.home import Home
from reconcile.program import Day, HomeDirectory
from reconcile.report import linkage


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
    newest = consult.newest_night(Home(home))
    terminal.show_headline(newest)
    if since:
        terminal.show_what_is_there(lambda: terminal.show_nights(consult.nights_since(Home(home), since)))
    elif Home(home).latest.is_file():
        terminal.show_what_is_there(
            *([] if as_of else [lambda: consult.write_pages(Home(home))]),
            lambda: terminal.show_summary(Home(home), as_of),
            lambda: terminal.show_measures(Home(home), as_of),
        )
        page = Home(home).night_page(as_of or operate.settings_of_last_night(Home(home))[1].as_of)
        if open and page.is_file():
            webbrowser.open(page.absolute().as_uri())
    newest.check()


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
        explained = consult.explain_pair(Home(home), first, second)
        terminal.show_pair(explained)
        if html:
            linkage.write_pair(html, explained)
        return
    if html:
        msg = "--html shows two records. Name both."
        raise UsageError(msg)
    terminal.show_finding(consult.explain_finding(Home(home), first))


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
    compared = consult.compare_models if models else consult.compare_nights
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
    done = consult.export_night(Home(home), target, names, format, is_masked=masked)
    terminal.show_fact("export", f"{done.folder}  {done.files} files, {done.rows:,} rows")


@app.command
def bulletin(
    *,
    home: HomeDirectory,
    since: Annotated[Day | None, Parameter(help="First day of the period; else the first of the month of the last night.")] = None,
) -> None:
    """Write the bulletin by county up to the last night (信息简报): a workbook with charts and a page of text. Counts only."""
    for name, path in zip(("workbook", "text"), consult.write_bulletin(Home(home), since), strict=True):
        terminal.show_fact(name, path)


@app.command(name="evaluate")
def evaluate_(
    *,
    home: HomeDirectory,
    truth: Annotated[Path, Parameter(help="truth.csv of a sample; decoys.csv is looked for beside it.")],
) -> None:
    """Print recall, precision and F1 of the last night against the truth, and the decoys it fell for."""
    terminal.show_evaluation(evaluate.evaluate(Home(home), truth))
