"""The three scores of the yearly assessment, 40 + 30 + 30 points, in exact arithmetic: integers and fractions, rounded once, at the end.

Source: annex 1 of the assessment, as far as it is preserved; its operators are reconstructed (docs/statistics.md).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

Reading = Literal["strict", "broad"]
Number = int | Decimal | Fraction

URBANISATION, SETTLING, RESETTLEMENT = 40, 30, 30
"""Most points of each score."""


class Settling(NamedTuple):
    """Columns of 公业58 for a year that the second score asks for."""

    gained: int
    births: int
    urban_inside: int
    urban_outside: int
    settled: int
    village_rebuild: int
    code_change: int


def urbanisation(before: Number, after: Number, step: Number) -> Fraction | None:
    """Points for the rise of the share of people in towns, 0 to 40; None where the step is 0.

    Args:
        before: share at the end of the year before, in percent.
        after: share at the end of the year.
        step: percentage points the plan asks of the year.

    """
    if step <= 0:
        return None
    rise = Fraction(after) - Fraction(before)
    return _within(rise / Fraction(step) * URBANISATION, URBANISATION)


def settling(form: Settling, reading: Reading) -> Fraction | None:
    """Points for rural people who settled in towns, 0 to 30; None where the towns gained nobody.

    ``strict`` counts beside them urban people who moved in, as the counting rule says; ``broad`` whatever else the towns gained but
    births, as the formula says. Village rebuilding and changes of codes count in neither.
    """
    if form.gained <= 0:
        return None
    counted = form.settled - form.village_rebuild - form.code_change
    others = form.urban_inside + form.urban_outside if reading == "strict" else form.gained - form.settled - form.births
    return _within(Fraction(counted + others, form.gained) * SETTLING, SETTLING)


def resettlement(moved: int, housed: int) -> Fraction | None:
    """Points for relocated people whose registration followed them, 0 to 30; None where nobody was housed."""
    if housed <= 0:
        return None
    return _within(Fraction(moved, housed) * RESETTLEMENT, RESETTLEMENT)


def share(part: int, whole: int) -> Fraction | None:
    """Part of a whole in percent, unrounded; None of nothing."""
    return Fraction(part * 100, whole) if whole > 0 else None


def total(*points: Fraction | None) -> Fraction | None:
    """Sum of scores; None where one is not defined."""
    return sum((point for point in points if point is not None), Fraction(0)) if None not in points else None


def shown(points: Fraction) -> Decimal:
    """Two places, half up."""
    return (Decimal(points.numerator) / Decimal(points.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _within(points: Fraction, most: int) -> Fraction:
    return max(Fraction(0), min(Fraction(most), points))
