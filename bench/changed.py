"""What a night costs when little has changed: the first night, one with nothing new, and snapshots of which a share of the rows differs.

``python -m bench.changed --population 200000`` writes a sample, runs a first night on it, and then each night on a copy of that home.
``--other PROGRAM`` times another build beside it, night by night: the ``reconcile`` of the environment it is installed in.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cyclopts import App

from bench.churn import Register, delivered
from bench.oracle import FIRST
from bench.spent import PROGRAM, spent
from reconcile.home import Home
from reconcile.sample import write

SHARES = (0.0, 0.001, 0.005, 0.05)
"""Of the registrations, changed in a full snapshot; of the first one nothing is delivered at all."""
RESULT = Path(__file__).parent / "results" / "changed.json"

app = App(help=__doc__)


class Build:
    """A build of the program, with a home of its own."""

    def __init__(self, name: str, command: Sequence[str], folder: Path) -> None:
        """Keep the command that starts it; its home lies in the folder."""
        self.name, self.command = name, command
        self.first, self.home = folder / name / "first", folder / name / "home"
        told = subprocess.run([*command, "run", "--help"], capture_output=True, text=True, check=True).stdout
        self.decided = ["--force", *(["--by", "bench", "--reason", "as planted"] if "--by" in told else [])]

    def night(self, inbox: Path, on: dt.date, *, is_first: bool = False) -> dict[str, float]:
        """Run a night on a copy of the home after the first one: seconds from start to end, and processor seconds."""
        home = self.first if is_first else self.home
        if not is_first:
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(self.first, home, symlinks=True)
        options = ["run", "--inbox", str(inbox), "--home", str(home), "--as-of", str(on), *self.decided]
        took = spent([*self.command, *options], is_quiet=True)
        return {"seconds": took.seconds, "processor": took.processor}


@app.default
def main(*, population: int = 200_000, seed: int = 1, other: str = "") -> None:
    """Time every night with each build, one after the other, and write ``bench/results/changed.json``."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="changed-") as name:
        folder = Path(name)
        builds = [Build("this", PROGRAM, folder)] + ([Build("other", [other], folder)] if other else [])
        inbox = folder / "inbox"
        write(inbox, population, seed)
        found["first"] = {build.name: build.night(inbox, FIRST, is_first=True) for build in builds}
        rows = delivered(Home(builds[0].first).warehouse)
        for manifest in inbox.glob("manifest_*"):
            manifest.unlink()
        for number, share in enumerate(SHARES, 1):
            on = FIRST + dt.timedelta(days=number)
            if share:
                register = Register(rows, seed)
                register.churn(share)
                register.deliver(inbox, on)
            label = f"{share:.1%} changed" if share else "nothing new"
            found[label] = {build.name: build.night(inbox, on) for build in builds}
            print(label, found[label], flush=True)
    RESULT.write_text(json.dumps({"population": population, "nights": found}, indent=2) + "\n", encoding="utf-8")
    print(table(found))


def table(found: dict[str, dict[str, dict[str, float]]]) -> str:
    """Seconds and processor seconds of each night, and their ratio to the first night of the same build and to the other build."""
    lines = [
        "night | build | s | processor s | of its first night | of the other build",
        "--- | --- | ---: | ---: | ---: | ---:",
    ]
    for night, builds in found.items():
        for build, took in builds.items():
            of_first = took["seconds"] / found["first"][build]["seconds"]
            beside = f"{took['seconds'] / builds['other']['seconds']:.2f}" if build == "this" and "other" in builds else ""
            figures = f"{took['seconds']:,} | {took['processor']:,} | {of_first:.2f} | {beside}"
            lines.append(f"{night} | {build} | {figures}")
    return "\n".join(f"| {line} |" for line in lines)


if __name__ == "__main__":
    app()
