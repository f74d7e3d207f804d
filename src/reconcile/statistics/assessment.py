"""Rows of ``stats.assessment``: the scores of counties, from the forms, the targets and the resettled people."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import polars as pl

from reconcile import query
from reconcile.contract.warehouse import stats_urban
from reconcile.statistics import scores
from reconcile.statistics.scores import RESETTLEMENT, SETTLING, URBANISATION, Reading, Settling
from reconcile.store import Store
from reconcile.targets import Targets

READINGS: tuple[Reading, ...] = ("strict", "broad")
"""The counting rule is the default: it stands first."""

_Score = tuple[Fraction | None, str | None]
"""Points, unrounded, and why there are none."""


def of(store: Store, targets: Targets) -> pl.DataFrame:
    """Scores of each county for whole years and for the one that is not over."""
    rows = [row for county in store.frame(query.sql("publish/assessed")).to_dicts() for row in _scored(county, targets)]
    return pl.DataFrame(rows, schema=stats_urban.ASSESSMENT.polars(), orient="row")


def _scored(county: dict[str, Any], targets: Targets) -> Iterator[tuple[object, ...]]:
    place = (county["period_from"], county["period_to"], county["county_code"])
    rise, moved = _urbanisation(county, targets), _resettlement(county, targets)
    yield (*place, "urbanisation", "one", _shown(rise), URBANISATION, rise[1])
    yield (*place, "resettlement", "one", _shown(moved), RESETTLEMENT, moved[1])
    for reading in READINGS:
        settled = _settling(county, reading)
        whole = (scores.total(rise[0], settled[0], moved[0]), rise[1] or settled[1] or moved[1])
        yield (*place, "settling", reading, _shown(settled), SETTLING, settled[1])
        yield (*place, "total", reading, _shown(whole), URBANISATION + SETTLING + RESETTLEMENT, whole[1])


def _shown(score: _Score) -> float | None:
    return None if score[0] is None else float(scores.shown(score[0]))


def _told(points: Fraction | None) -> _Score:
    return points, None if points is not None else "nothing_to_divide_by"


def _urbanisation(county: dict[str, Any], targets: Targets) -> _Score:
    if county["lacks_share"]:
        return None, county["lacks_share"]
    step = targets.steps.get(county["county_code"])
    if step is None:
        return None, "no_target"
    before = scores.share(county["urban_before"], county["population_before"])
    after = scores.share(county["urban"], county["population"])
    return _told(None if before is None or after is None else scores.urbanisation(before, after, step))


def _settling(county: dict[str, Any], reading: Reading) -> _Score:
    if county["lacks_form"]:
        return None, county["lacks_form"]
    return _told(scores.settling(Settling(*(county[name] for name in Settling._fields)), reading))


def _resettlement(county: dict[str, Any], targets: Targets) -> _Score:
    housed = targets.housed.get((county["county_code"], county["period_to"].year))
    return (None, "no_target") if housed is None else _told(scores.resettlement(county["moved"], housed))
