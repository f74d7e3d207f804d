"""The benchmark's measure of a probability, on literal pairs."""

from dataclasses import dataclass
from typing import Any

import polars as pl
import pytest

from bench.linkage import calibration
from reconcile.link.explanation import Explanation

PERSONS = pl.DataFrame(
    {
        "record_key": ["A", "B", "C", "D"],
        "citizen_id": ["1", "2", "1", None],
        "name_key": ["尹英", "尹英", "尹英", "尹梅"],
        "birth_date": ["1980-05-17"] * 4,
        "father_id": [None, None, None, None],
        "mother_id": ["M", "N", None, "M"],
        "father_name_key": [None] * 4,
        "mother_name_key": [None] * 4,
    },
    schema_overrides=dict.fromkeys(("father_id", "father_name_key", "mother_name_key"), pl.String),
)


@dataclass
class Register:
    """What the measure reads of a task."""

    is_link: bool = False

    def records(self, side: str = "left") -> pl.DataFrame:
        assert side == "left"
        return PERSONS


def measured(*pairs: tuple[str, str, float, bool]) -> dict[str, Any]:
    frame = pl.DataFrame(pairs, schema=["left_key", "right_key", "probability", "is_true"], orient="row")
    return calibration.figures(Register(), frame)  # type: ignore[arg-type]


def test_expected_and_observed_are_compared_in_each_range() -> None:
    """Of two pairs given 0.92 one is one person; a pair given 0.06 is none: (2 * 0.42 + 0.06) / 3."""
    found = measured(("A", "B", 0.92, True), ("B", "D", 0.92, False), ("A", "D", 0.06, False))
    assert found["open_pairs"] == 3
    assert found["calibration_error"] == pytest.approx((2 * 0.42 + 0.06) / 3)


def test_equal_numbers_and_pairs_that_nobody_asks_about_are_left_out() -> None:
    assert measured(("A", "C", 0.5, True), ("A", "B", 0.005, True))["open_pairs"] == 0


@pytest.mark.parametrize(
    ("pair", "explanation"), [(("A", "D"), Explanation.BIRTH), (("A", "B"), Explanation.NAMESAKES), (("B", "D"), Explanation.STRANGERS)]
)
def test_what_two_people_are_is_told_by_their_parents_name_and_birth_date(pair: tuple[str, str], explanation: Explanation) -> None:
    shares = {name.share: [0.6 if name is explanation else 0.1] for name in Explanation}
    frame = pl.DataFrame({"left_key": [pair[0]], "right_key": [pair[1]], "probability": [0.1], "is_true": [False], **shares})
    curves = calibration.figures(Register(), frame)["reliability"]  # type: ignore[arg-type]
    assert {row["explanation"]: row["observed"] for row in curves} == {str(name): float(name is explanation) for name in Explanation}
