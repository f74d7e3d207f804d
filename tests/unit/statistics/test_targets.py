"""The file of targets: what it says, and what is refused with line and key."""

from decimal import Decimal
from pathlib import Path

import pytest
from warehouses import furnished

from reconcile import standardise, targets
from reconcile.errors import InputRefusedError
from reconcile.settings import Settings
from reconcile.store import Store

SAMPLE = Path(__file__).parents[3] / "sample_data"
COUNTIES = {"990101", "990102", "990103", "990104"}


def test_the_example_of_the_plan():
    read = targets.read(SAMPLE, COUNTIES)
    assert [read.shares["all", year] for year in (2018, 2019, 2020)] == [Decimal("40.5"), 42, 43]
    assert [read.steps[county] for county in ("990101", "990102", "990103")] == [Decimal("0.6"), Decimal("1.2"), Decimal("2.4")]
    assert "990104" not in read.steps


def test_no_file_is_no_target(tmp_path):
    assert targets.read(tmp_path, COUNTIES) == targets.Targets()
    assert targets.read(None, COUNTIES) == targets.Targets()


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("[prefecture]\n2018 = 40.5\n2019 = 100.1", "targets.toml:3, column prefecture.2019", "0 to 100"),
        ("[prefecture]\n2018 = -1", "targets.toml:2, column prefecture.2018", "0 to 100"),
        ("[prefecture]\n2018 = true", "targets.toml:2, column prefecture.2018", "0 to 100"),
        ("[prefecture]\nnext = 4", "targets.toml:2, column prefecture.next", "a year"),
        ("prefecture = 4", "targets.toml:1, column prefecture", "a table"),
        ("\n[county.990109]\nstep = 1", "targets.toml:2, column county.990109", "no county"),
        ('[county."990101"]\nstep = 1\n[county."990102"]\nstep = "1"', "targets.toml:4, column county.990102.step", "0 to 100"),
        ("[county.990101]\nstep = 1\nshare = { 2018 = 101 }", "targets.toml:3, column county.990101.share.2018", "0 to 100"),
        ("[county.990101.housed]\n2017 = 4\n2018 = 4.5", "targets.toml:3, column county.990101.housed.2018", "number of persons"),
        ("[county.990101]\nsteps = 1", "targets.toml:2, column county.990101.steps", "unknown key"),
        ("[country]\nx = 1", "targets.toml:1, column country", "unknown key"),
        ("[prefecture\n", "targets.toml", "not a TOML file"),
        ("[prefecture]\n2018 = nan", "targets.toml:2, column prefecture.2018", "0 to 100"),
    ],
)
def test_what_cannot_be_is_refused_with_line_and_key(tmp_path, text, place, problem):
    (tmp_path / "targets.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputRefusedError) as raised:
        targets.read(tmp_path, COUNTIES)
    assert str(raised.value.place) == place
    assert problem in raised.value.problem


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "targets.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputRefusedError, match="not a TOML file"):
        targets.read(tmp_path, COUNTIES)


def test_a_night_hears_of_it_before_it_links_anything(tmp_path):
    (tmp_path / "targets.toml").write_text("[county.990109]\nstep = 1\n", encoding="utf-8")
    settings = Settings(home=furnished(tmp_path / "home"), inbox=tmp_path, as_of="2026-11-21", threads=1)
    with Store(settings) as store, pytest.raises(InputRefusedError, match=r"targets\.toml:1, column county\.990109: no county"):
        standardise.run(store, settings)
