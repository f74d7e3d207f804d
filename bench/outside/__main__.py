"""A night on registers that this project did not invent, against what should be found.

``python -m bench.outside --population 30000 --seeds 1 2 3 --habits --of-each-life 10`` makes them, runs a night on each and prints
recall and precision by type, and of each kind of life what was missed and what was said beside. Cases of other types than those planted
are not judged.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import polars as pl
from cyclopts import App, Parameter

from bench.outside import habits as offices
from bench.outside import last_days, life, lives
from bench.outside.people import TODAY, populate
from bench.outside.registers import Registers
from reconcile import evaluate, pipeline
from reconcile.home import Home
from reconcile.settings import Settings
from reconcile.store import Reader

app = App(help=__doc__)
_FOUND = """
SELECT finding.finding_type, string_agg(subject.record_type || ':' || subject.record_key, ' ' ORDER BY ALL) AS subjects
FROM find.finding AS finding INNER JOIN find.subject AS subject ON finding.finding_id = subject.finding_id
WHERE finding.tier <> 'D' GROUP BY finding.finding_id, finding.finding_type
"""


def registers(seed: int, population: int, *, habits: bool, of_each_life: int = 0) -> Registers:
    """Registers of about so many people: two in a hundred with a case, four in a thousand dead and unknown."""
    made = Registers(populate(seed, population))
    made.second_registrations(population // 50)
    made.deaths(population // 60)
    made.moves(population // 100)
    life.plant(made, [*lives.KINDS, *last_days.KINDS], of_each_life)
    made.births(0.25)
    made.strangers_who_died(population // 250)
    if habits:
        offices.spoil(made)
    return made


def run(inbox: Path, home: Home) -> None:
    """A night."""
    pipeline.run_night(Settings(home=home, inbox=inbox, as_of=TODAY), lambda _: None)


def by_kind(made: Registers, home: Home) -> pl.DataFrame:
    """Of each kind of life: kind, finding_type, expected, found; and how often records of it stand in a finding that nobody expected."""
    with Reader(home) as reader:
        found = reader.frame(_FOUND)
    expected = _groups(made.truth + made.more, made.kinds).join(found.with_columns(found=1), on=["finding_type", "subjects"], how="left")
    counted = expected.group_by("kind", "finding_type").agg(expected=pl.len(), found=pl.col("found").sum())
    planted = _groups(made.truth + made.more + made.spared, made.kinds)
    members = planted.select("kind", subject=pl.col("subjects").str.split(" ")).explode("subject").unique()
    others = found.join(expected, on=["finding_type", "subjects"], how="anti").with_row_index("finding")
    others = others.select("finding", "finding_type", subject=pl.col("subjects").str.split(" ")).explode("subject")
    others = others.join(members, on="subject")
    beside = others.unique(["finding", "kind"]).group_by("kind", "finding_type").agg(beside=pl.len())
    joined = counted.join(beside, on=["kind", "finding_type"], how="full", coalesce=True).filter(pl.col("kind") != "")
    return joined.with_columns(pl.col("expected", "found", "beside").fill_null(0)).sort("kind", "finding_type")


def _groups(rows: list[tuple[str, str, str, str]], kinds: dict[str, str]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=["finding_type", "group_id", "record_type", "record_key"], orient="row")
    subject = pl.concat_str("record_type", "record_key", separator=":").sort().str.join(" ")
    grouped = frame.group_by("finding_type", "group_id").agg(subjects=subject)
    return grouped.with_columns(kind=pl.col("group_id").replace_strict(kinds, return_dtype=pl.String))


@app.default
def main(
    *,
    population: int = 30_000,
    seeds: Annotated[list[int], Parameter(consume_multiple=True)] = [1],  # noqa: B006 - read only
    habits: bool = False,
    of_each_life: int = 0,
    keep: Path | None = None,
) -> None:
    """Make the registers, run the nights, print what was found; ``keep`` is a folder that keeps inbox and home of each seed."""
    os.umask(0o077)  # as the command line does
    pl.Config.set_tbl_rows(-1)
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="outside-") as name:
            folder = Path(name) if keep is None else keep / str(seed)
            inbox, home = folder / "inbox", Home(folder / "home")
            made = registers(seed, population, habits=habits, of_each_life=of_each_life)
            made.write(inbox)
            run(inbox, home)
            found = evaluate.evaluate(home, inbox / "truth.csv")
            print(f"seed {seed}: living people listed as dead: {found.living_as_dead}")
            print(found.types.select("finding_type", "expected", "found", "right", "recall", "precision"))
            if of_each_life:
                print(by_kind(made, home))


if __name__ == "__main__":
    app()
