"""Scores of the yearly assessment: the worked examples to the last place, and what is not defined."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reconcile.statistics import scores
from reconcile.statistics.scores import Settling

FORM = Settling(gained=5200, births=1150, urban_inside=500, urban_outside=400, settled=2900, village_rebuild=120, code_change=480)


def shown(points):
    return None if points is None else str(scores.shown(points))


@pytest.mark.parametrize(
    ("before", "after", "step", "points"),
    [
        ("35.10", "36.15", "1.2", "35.00"),
        ("40.0", "40.9", "0.6", "40.00"),
        ("40.0", "39.9", "2.4", "0.00"),
        ("40.0", "40.0", "2.4", "0.00"),
        ("35.10", "36.15", "0", None),
    ],
)
def test_urbanisation(before, after, step, points):
    assert shown(scores.urbanisation(Decimal(before), Decimal(after), Decimal(step))) == points


@pytest.mark.parametrize(("reading", "points"), [("strict", "18.46"), ("broad", "19.90")])
def test_settling(reading, points):
    assert shown(scores.settling(FORM, reading)) == points


def test_settling_where_towns_gained_nobody_is_not_defined():
    assert scores.settling(FORM._replace(gained=0), "strict") is None


@pytest.mark.parametrize(("moved", "housed", "points"), [(4412, 4550, "29.09"), (4551, 4550, "30.00"), (0, 0, None), (0, 5, "0.00")])
def test_resettlement(moved, housed, points):
    assert shown(scores.resettlement(moved, housed)) == points


def test_total():
    points = (
        scores.urbanisation(Decimal("35.10"), Decimal("36.15"), Decimal("1.2")),
        scores.settling(FORM, "strict"),
        scores.resettlement(4412, 4550),
    )
    assert shown(scores.total(*points)) == "82.55"
    assert scores.total(*points[:2], None) is None


def test_a_share_is_not_rounded_before_it_is_scored():
    before, after = scores.share(3513, 10_007), scores.share(3524, 10_007)
    assert scores.urbanisation(before, after, Decimal("0.6")) == Fraction(11 * 100 * 40 * 10, 10_007 * 6)


@given(some.integers(0, 10**7), some.integers(0, 10**7))
def test_points_stay_within_their_bounds(moved, housed):
    points = scores.resettlement(moved, housed)
    assert (points is None) == (housed == 0)
    assert points is None or 0 <= points <= 30
