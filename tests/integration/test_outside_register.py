"""A night on a register that shares no line with the sample: what it plants is found, and nobody is accused."""

from pathlib import Path

from bench.outside.__main__ import registers, run
from reconcile import evaluate
from reconcile.home import Home


def test_what_others_plant_is_found_and_nobody_is_accused(tmp_path: Path) -> None:
    inbox, home = tmp_path / "inbox", Home(tmp_path / "home")
    registers(7, 4_000, habits=True).write(inbox)
    run(inbox, home)
    found = evaluate.evaluate(home, inbox / "truth.csv")
    assert found.living_as_dead == 0
    figures = {row["finding_type"]: row for row in found.types.iter_rows(named=True)}
    assert {name for name, row in figures.items() if row["precision"] < 1} == set()
    assert {name for name, row in figures.items() if row["recall"] < 0.97} == set()
    assert set(figures) >= {"death_not_cancelled", "duplicate_registration", "birth_not_registered", "move_out_not_landed"}
