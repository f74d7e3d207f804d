"""Where two minors live, on literal addresses."""

import polars as pl
import pytest

from reconcile.link.fields import childhood
from reconcile.standardise import addresses

HOME, NEXT_DOOR = "龙泉县城东镇枫坳村9组8号", "龙泉县城东镇枫坳村9组10号"
FAR, TOWN_ONLY = "石坪县城关镇大湾村2组3号", "龙泉县城东镇"


@pytest.mark.parametrize(
    ("left", "right", "minors", "expected"),
    [
        (HOME, HOME, (True, True), "one_home"),
        (HOME, NEXT_DOOR, (True, True), "one_home"),
        (HOME, FAR, (True, True), "two_homes"),
        (HOME, "龙泉县城东镇大湾村2组3号", (True, True), "two_homes"),
        (HOME, FAR, (True, False), "missing"),
        (HOME, FAR, (False, False), "missing"),
        (HOME, FAR, (True, None), "missing"),
        (HOME, TOWN_ONLY, (True, True), "missing"),
        (HOME, None, (True, True), "missing"),
    ],
)
def test_two_homes_are_told_of_minors_only(left: str, right: str | None, minors: tuple[bool, bool | None], expected: str) -> None:
    texts = pl.DataFrame({"l": [left], "r": [right]}, schema={"l": pl.String, "r": pl.String})
    values: dict[str, object] = {
        f"{side}_address_{part}": value
        for side in ("l", "r")
        for part, value in (texts.select(addresses.parts(pl.col(side)).alias("part")).unnest("part").row(0, named=True)).items()
    }
    values |= {"l_area_code": None, "r_area_code": None, "l_is_minor": minors[0], "r_is_minor": minors[1]}
    frame = pl.DataFrame([values], schema={name: pl.Boolean if name.endswith("minor") else pl.String for name in values})
    assert childhood.FIELD.find(childhood.FIELD, frame).to_list() == [expected]
