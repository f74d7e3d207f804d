"""Figures: declared once each, and the line a stage ends with."""

from __future__ import annotations

from reconcile import figures
from reconcile.figures import FIGURES
from reconcile.pipeline import STAGES


def test_a_figure_is_declared_once_for_a_stage_there_is():
    keys = [(figure.stage, figure.name) for figure in FIGURES]
    assert len(keys) == len(set(keys))
    assert {stage for stage, _ in keys} == {stage.name for stage in STAGES}


def test_every_figure_has_a_sentence():
    assert not [figure.name for figure in FIGURES if not figure.sentence.endswith(".")]


def test_a_name_and_a_subject_stay_two_words():
    assert figures.parts(("rows", "police_death")) == ("rows", "police_death")
    assert figures.parts("files") == ("files", None)


def test_figures_of_several_subjects_are_added_up():
    counts: figures.Counts = {("rows", "station"): 2, ("rows", "police_death"): 3, ("delivered", "station"): 6}
    assert figures.headline("standardise", counts) == [("delivered", 6), ("rows", 5)]


def test_zeros_shares_flags_details_and_what_nobody_declared_are_left_out():
    counts: figures.Counts = {
        "models_trained": 0,
        ("candidates", "death"): 7,
        ("completeness", "death"): 0.9,
        ("without_numbers", "death"): 1,
        ("patterns", "death"): 5,
        "no_such_figure": 4,
    }
    assert figures.headline("link", counts) == [("candidates", 7)]


def test_the_line_is_not_longer_than_asked_for():
    counts: figures.Counts = {figure.name: 1 for figure in FIGURES if figure.stage == "worklist"}
    assert len(figures.headline("worklist", counts, most=2)) == 2
