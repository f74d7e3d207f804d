"""A night on registers that this project did not invent, against what should be found.

``python -m bench.outside --population 30000 --seeds 1 2 3 --habits`` makes them, runs a night on each and prints recall and precision
by type. Cases of other types than those planted are not judged.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from bench.outside.people import TODAY, populate
from bench.outside.registers import Registers
from reconcile import evaluate, pipeline
from reconcile.home import Home
from reconcile.settings import Settings

app = App(help=__doc__)


def registers(seed: int, population: int, *, habits: bool) -> Registers:
    """Registers of about so many people: two in a hundred with a case, four in a thousand dead and unknown."""
    made = Registers(populate(seed, population))
    made.second_registrations(population // 50)
    made.deaths(population // 60)
    made.moves(population // 100)
    made.births(0.25)
    made.strangers_who_died(population // 250)
    if habits:
        made.habits()
    return made


def run(inbox: Path, home: Home) -> None:
    """A night."""
    pipeline.run_night(Settings(home=home, inbox=inbox, as_of=TODAY), lambda _: None)


@app.default
def main(
    *,
    population: int = 30_000,
    seeds: Annotated[list[int], Parameter(consume_multiple=True)] = [1],  # noqa: B006 - read only
    habits: bool = False,
) -> None:
    """Make the registers, run the nights, print what was found."""
    os.umask(0o077)  # as the command line does
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="outside-") as name:
            inbox, home = Path(name) / "inbox", Home(Path(name) / "home")
            registers(seed, population, habits=habits).write(inbox)
            run(inbox, home)
            found = evaluate.evaluate(home, inbox / "truth.csv")
        print(f"seed {seed}: living people listed as dead: {found.living_as_dead}")
        print(found.types.select("finding_type", "expected", "found", "right", "recall", "precision"))


if __name__ == "__main__":
    app()
