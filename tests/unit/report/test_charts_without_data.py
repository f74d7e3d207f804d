"""A chart that would be empty says why; one that is drawn leaves room for its labels."""

import re
from concurrent.futures import Future

import polars as pl
import pytest

from reconcile.report import charts, linkage

pytestmark = pytest.mark.usefixtures("pictures")


@pytest.mark.parametrize(("moved", "is_drawn"), [([0.0, None], False), ([0.0004], False), ([0.02], True), ([], False)])
def test_a_field_that_has_not_moved_draws_no_bar(moved, is_drawn):
    assert charts.has_drifted(pl.DataFrame({"psi": moved}, schema={"psi": pl.Float64})) is is_drawn


def test_a_section_without_a_picture_says_why():
    picture: Future[str] = Future()
    picture.set_result("<svg/>")
    sections = [
        linkage.Section("Empty", "What to look at.", [], "No chart: nothing was compared."),
        linkage.Section("Full", "Look.", [("", picture)], "Not said."),
    ]
    shown = linkage._render("page", [], [[("registration", False)]], sections)
    assert "No chart: nothing was compared." in shown
    assert "Not said." not in shown
    assert "<svg/>" in shown


def test_the_longest_label_lies_inside_the_picture():
    """The reader's font may be a fourth wider than that the labels were measured in."""
    name = "sound_of_mothers_name_and_place"
    table = pl.DataFrame({"job": ["registration"], "pass": [name], "matches": [5], "matches_alone": [1]})
    picture = charts.svg(charts.blocking(table))
    end = float(re.findall(r"translate\(([\d.]+),", picture)[0])
    assert end >= len(name) * 11 * 0.6 * 1.1
