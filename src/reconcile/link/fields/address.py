"""The address, by its parts: house, group, village or street, town, county."""

from __future__ import annotations

import polars as pl

from reconcile.link.explanation import Explanation
from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import OTHER, SAME, Bearers, Field, Level, Meaning, level_of
from reconcile.standardise.addresses import ESTATE, PARTS

HOUSE = Level("house", Meaning.AGREES, "the same house", SAME, 0.4, 1e-5, by_frequency=True, birth=0.5, family=0.35, namesakes=2e-05)
GROUP = Level(
    "group",
    Meaning.TOLERATED,
    "the same villagers' group, another house or none stated",
    "同组",
    0.1,
    3e-4,
    by_frequency=True,
    birth=0.1,
    family=0.1,
    namesakes=0.0006,
)
VILLAGE = Level(
    "village",
    Meaning.TOLERATED,
    "the same village, street or estate, and nothing more that both state and share",
    "同村（街）",
    0.1,
    2e-3,
    by_frequency=True,
    birth=0.1,
    family=0.1,
    namesakes=0.004,
)
TOWN = Level(
    "town",
    Meaning.UNKNOWN,
    "the same town, another place in it",
    "同乡镇",
    0.06,
    2e-2,
    is_told=False,
    birth=0.06,
    family=0.06,
    namesakes=0.04,
)
# The address of a record often ends where that of the registration goes on.
SHORT = Level(
    "short",
    Meaning.UNKNOWN,
    "the same town or county, where one of the two addresses ends",
    "一方只写到县或乡镇，所写部分一致",
    0.08,
    1e-2,
    is_told=False,
    birth=0.06,
    family=0.07,
    namesakes=0.02,
)
COUNTY = Level(
    "county", Meaning.UNKNOWN, "the same county, another town", "同县", 0.1, 6e-2, is_told=False, birth=0.08, family=0.12, namesakes=0.09
)
# Two registrations at two addresses are the rule, and every source words an address its own way: only likeness is told.
DIFFERENT = Level(
    "different",
    Meaning.CONTRADICTS,
    "another county",
    f"{OTHER}（不同县）",
    0.1,
    0.85,
    is_told=False,
    birth=0.05,
    family=0.15,
    namesakes=0.83,
)
MISSING = Level(
    ABSENT, Meaning.UNKNOWN, "an address is missing, or the two have no part in common", "未填写，或无共同部分", 0.05, 0.05, is_told=False
)

COLUMNS = tuple(f"address_{part}" for part in PARTS)
_SIGN = "(?:自治县|自治旗|[县市区旗])$"
"""What a county is; 云岭县 that became 云岭区 is the same place."""
_TOWN_SIGN = "(?:镇|乡|街道办事处|街道|苏木)$"
"""What a town is; 城关镇 became 城关街道."""
_VILLAGE_SIGN = "(?:村|社区)$"
"""What a village is; 柳林村 became 柳林社区."""
_COLLECTIVE = "集体|宿舍"
"""Households of hundreds: one address, and no house."""


def _level(_field: Field, frame: pl.DataFrame) -> pl.Series:
    parts = frame.select(f"{side}_{column}" for side in ("l", "r") for column in (*COLUMNS, "area_code"))
    codes = _same("area_code")
    counties, towns = _same("address_county", _SIGN), _same("address_town", _TOWN_SIGN, ends_alike=True)
    is_county = counties | codes
    other_county = (~counties & ~codes.fill_null(value=False)) | (~codes & ~counties.fill_null(value=False))
    villages, streets, groups = _same("address_village", _VILLAGE_SIGN), _same("address_street"), _same("address_group")
    work = parts.with_columns(_houses(parts)).with_columns(
        other_county=other_county.fill_null(value=False),
        county=is_county.fill_null(value=False),
        other_town=(~towns).fill_null(value=False),
        town=towns.fill_null(value=False),
        # Who names the village and who names the street may mean one place; nobody can tell.
        other_place=(~villages | ~streets | ~pl.col("estates")).fill_null(value=False),
        place=(villages | streets | pl.col("estates")).fill_null(value=False),
        other_group=(~groups).fill_null(value=False),
        group=groups.fill_null(value=False),
    )
    here = pl.col("place") & ~pl.col("other_place") & ~pl.col("other_town")
    level = level_of(
        [
            (pl.col("other_county"), DIFFERENT),
            (here & pl.col("houses") & ~pl.col("other_group"), HOUSE),
            (here & pl.col("group"), GROUP),
            (here, VILLAGE),
            ((pl.col("town") | pl.col("county")) & ~pl.col("other_town") & (_ends("l") | _ends("r")), SHORT),
            (pl.col("town"), TOWN),
            (pl.col("county"), COUNTY),
        ],
        MISSING,
    )
    return work.select(level.alias("level")).to_series()


def _ends(side: str) -> pl.Expr:
    """Whether an address says nothing behind the town."""
    return pl.all_horizontal(pl.col(f"{side}_address_{part}").is_null() for part in ("village", "street", "group", "house"))


def _same(column: str, sign: str = "", *, ends_alike: bool = False) -> pl.Expr:
    """Whether both state one value, null where one states none; ``sign`` is left out at its end.

    With ``ends_alike`` one may go on in front: 云岭城关镇 is 城关镇, its county written without 县.
    """
    left, right = (pl.col(f"{side}_{column}") for side in ("l", "r"))
    if sign:
        left, right = left.str.replace(sign, ""), right.str.replace(sign, "")
    same = left == right
    return same | left.str.ends_with(right) | right.str.ends_with(left) if ends_alike else same


def _houses(parts: pl.DataFrame) -> list[pl.Series]:
    """``houses``: one house, by the numbers as far as both have them; ``estates``: one name before the numbers, 幸福小区2栋 and 幸福小区.

    Null where one states none. What stands between numbers is not compared: 2栋3室 and 2-3 are one flat.
    """
    pairs = parts.select(l="l_address_house", r="r_address_house")
    distinct = pairs.drop_nulls().unique(maintain_order=True)
    numbers = {side: pl.col(side).str.extract_all(r"\d+") for side in ("l", "r")}
    both = pl.min_horizontal(numbers["l"].list.len(), numbers["r"].list.len())
    named = {side: pl.col(side).str.extract(ESTATE, 1) for side in ("l", "r")}
    # A word without any number names no place: what an office writes where it knows none is no estate.
    is_numbered = pl.any_horizontal(pl.col(side).str.contains(r"\d") for side in ("l", "r"))
    known = distinct.with_columns(estates=pl.when(is_numbered).then(named["l"] == named["r"])).with_columns(
        houses=(both > 0)
        & (numbers["l"].list.head(both) == numbers["r"].list.head(both))
        & pl.col("estates").fill_null(value=True)
        & ~pl.any_horizontal(pl.col(side).str.contains(_COLLECTIVE) for side in ("l", "r"))
    )
    found = pairs.join(known, on=["l", "r"], how="left", maintain_order="left")
    return [found["houses"].fill_null(value=False).alias("houses"), found["estates"].alias("estates")]


FIELD = Field(
    "address",
    "address_text",
    ("address_key", "area_code", *COLUMNS),
    (HOUSE, GROUP, VILLAGE, SHORT, TOWN, COUNTY, DIFFERENT, MISSING),
    _level,
    # The people of the smallest place that both state; where the texts differ, those of the larger village.
    Bearers(
        "home_house",
        """CASE
            WHEN left_record.home_house = right_record.home_house THEN left_record.home_house_bearers
            WHEN left_record.home_group = right_record.home_group THEN left_record.home_group_bearers
            ELSE greatest(left_record.home_village_bearers, right_record.home_village_bearers)
        END""",
        of_level={GROUP.name: "home_group", VILLAGE.name: "home_village"},
    ),
    shared_by=(Explanation.PERSON, Explanation.BIRTH, Explanation.FAMILY),
    beside=("address_key", "area_code"),
)
