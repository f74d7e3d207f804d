"""Nights on a register that changes, with stations that answer: the full one is ``python -m bench.nights``."""

import dataclasses

import polars as pl

from bench.nights import Simulation
from reconcile import consult
from reconcile.home import Home
from reconcile.store import Reader


def differ(home):
    """Changes between the last two nights on which compare and the query over find.change do not agree."""
    first, second = home.published_runs()[-2:]
    compared = consult.compare_nights(home, first, second).changes.filter(pl.col("kind") == "finding")
    with Reader(home) as reader:
        queried = reader.file("inspect/two_nights")
    # Of a finding that came or went compare shows the tier, the query the status.
    of_place = pl.col("change").is_in(["tier", "station", "status"])
    shown = ["finding_type", "change", "finding_id", pl.when(of_place).then("before"), pl.when(of_place).then("after").alias("after")]
    rows = set(queried.select(shown).rows())
    assert {"gained", "lost", "station", "status"} <= {row[1] for row in rows}
    return rows ^ set(compared.rename({"about": "finding_type", "id": "finding_id"}).select(shown).rows())


def test_answers_are_kept_and_every_finding_is_in_the_state_it_should_be_in(tmp_path):
    simulation = Simulation(tmp_path, 2000, seed=3, churn=0.15, share=0.5)
    for _ in range(3):
        assert simulation.night() == []
    seen = simulation.oracle.counts
    assert simulation.wrong == []
    assert differ(Home(simulation.home)) == set()
    assert min(seen[f"nights {status}"] for status in ("dismissed", "confirmed", "undetermined", "resolved", "reopened")) > 0
    # The oracle notices: one finding that was dismissed shows up again, one answer is gone, one change is not in the history.
    number = next(number for number, found in simulation.found.items() if found.status == "dismissed")
    back = simulation.found | {number: dataclasses.replace(simulation.found[number], status="open")}
    assert any(number in one for one in simulation.oracle.settle(back, simulation.on, simulation.register))
