"""Nights on a register that changes, with stations that answer: the full one is ``python bench/nights.py``."""

import dataclasses

from bench.nights import Simulation


def test_answers_are_kept_and_every_finding_is_in_the_state_it_should_be_in(tmp_path):
    simulation = Simulation(tmp_path, 2000, seed=3, churn=0.15, share=0.5)
    for _ in range(4):
        assert simulation.night() == []
    seen = simulation.oracle.counts
    assert simulation.wrong == []
    assert min(seen[f"nights {status}"] for status in ("dismissed", "confirmed", "undetermined", "resolved", "reopened")) > 0
    # The oracle notices: one finding that was dismissed shows up again, one answer is gone, one change is not in the history.
    number = next(number for number, found in simulation.found.items() if found.status == "dismissed")
    back = simulation.found | {number: dataclasses.replace(simulation.found[number], status="open")}
    assert any(number in one for one in simulation.oracle.settle(back, simulation.on, simulation.register))
