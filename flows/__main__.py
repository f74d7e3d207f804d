"""``python -m flows night``, ``feedback`` and ``retrain`` run a flow now; ``serve`` waits for the schedule, and asks ``server``."""

from __future__ import annotations

import os
import sys
from typing import Annotated

from cyclopts import App, Parameter

from flows import environment
from reconcile.home import Home
from reconcile.program import AsOf, By, Force, Full, HomeDirectory, Inbox, Reason, run_program

PROGRAM = "python -m flows"
NEEDED = ("flows.nightly", "reconcile.terminal", "recordlinkage", "jinja2", "reconcile.report.charts")
"""What a night imports sooner or later and takes long."""

app = App(
    name=PROGRAM,
    help="The night and the taking in of answers as Prefect flows.",
    help_format="plaintext",  # <home> is a word, no markup
    default_parameter=Parameter(negative=()),
)


@app.command
def night(
    *, inbox: Inbox, home: HomeDirectory, as_of: AsOf, full: Full = False, force: Force = False, by: By = None, reason: Reason = None
) -> None:
    """Run the night now, with progress and an artifact in Prefect."""
    environment.prepare(Home(home))
    # Not as parameters of the flow: Prefect keeps those, and they name a person.
    os.environ.update({name: value for name, value in (("RECONCILE_BY", by), ("RECONCILE_REASON", reason)) if value})
    environment.load(NEEDED)
    from prefect import tags  # noqa: PLC0415 - after the environment is prepared

    from flows import naming  # noqa: PLC0415
    from flows.nightly import nightly  # noqa: PLC0415
    from reconcile import terminal  # noqa: PLC0415

    with tags(*naming.tags(home)):
        nightly(inbox=inbox, home=home, as_of=as_of, full=full, force=force)
    terminal.show_summary(Home(home))


@app.command
def feedback(*, home: HomeDirectory) -> None:
    """Take in now what stations put into <home>/returns."""
    environment.prepare(Home(home))
    from flows.feedback import returns  # noqa: PLC0415 - after the environment is prepared

    returns(home)


@app.command
def retrain(*, home: HomeDirectory) -> None:
    """Train a match model on the register of the last night now."""
    environment.prepare(Home(home))
    from flows.retrain import retrain as flow  # noqa: PLC0415 - after the environment is prepared

    flow(home=home)


@app.command
def server(
    *,
    home: HomeDirectory,
    host: Annotated[str, Parameter(help="Address it listens at; it asks nobody for a password.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="Port it listens at; 0 for a free one, which it then names.")] = 4200,
) -> None:
    """Start Prefect's server, which ``serve`` needs; its database is in <home>/prefect."""
    environment.prepare(Home(home))
    environment.show_page(host, port)
    if port == 0:
        os.environ["PREFECT_SERVER_LOGGING_LEVEL"] = "INFO"  # Prefect names port 0; its web server, one level down, the real one
    os.execv(sys.executable, [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)])  # noqa: S606 - itself


@app.command
def serve(*, inbox: Inbox, home: HomeDirectory) -> None:
    """Run the night on schedule (01:30 in China, as_of = the date of the scheduled start), and by day take in what stations return."""
    environment.prepare(Home(home))
    environment.reach_server()
    from flows import deployments  # noqa: PLC0415 - after the environment is prepared

    deployments.serve(inbox, home)


if __name__ == "__main__":
    sys.exit(run_program(app, PROGRAM))
