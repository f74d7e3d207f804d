"""Where children live: those of one family grow up in one home, so that two homes are rather of one child.

It says nothing of people who are grown: brothers and sisters part. The levels say what is added to the address, which is weighed itself.
"""

from __future__ import annotations

import polars as pl

from reconcile.link.fields import address
from reconcile.link.fields.level import MISSING as ABSENT
from reconcile.link.fields.level import Field, Level, Meaning, level_of

ONE_HOME = Level(
    "one_home",
    Meaning.UNKNOWN,
    "both are of minors of one house, group or village",
    "同村（街）未成年人",
    0.03,
    0.003,
    is_told=False,
    birth=0.28,
    family=0.27,
)
# Parents who part take a child each: one pair of twins in fifteen is a careful guess, until the register says better.
TWO_HOMES = Level(
    "two_homes",
    Meaning.UNKNOWN,
    "both are of minors, registered in two places",
    "未成年人，两处登记",
    0.27,
    0.297,
    is_told=False,
    birth=0.02,
    family=0.03,
)
MISSING = Level(
    ABSENT, Meaning.UNKNOWN, "one of the two is grown, or it is not known where one lives", "已成年，或住址不详", 0.7, 0.7, is_told=False
)
_PLACES = {ONE_HOME: (address.HOUSE, address.GROUP, address.VILLAGE), TWO_HOMES: (address.TOWN, address.COUNTY, address.DIFFERENT)}


def _level(field: Field, frame: pl.DataFrame) -> pl.Series:
    minors = frame.select((pl.col("l_is_minor") & pl.col("r_is_minor")).fill_null(value=False)).to_series()
    place = pl.lit(address.FIELD.find(field, frame.filter(minors)))
    homes = frame.filter(minors).select(
        level_of([(place.is_in([one.name for one in at]), level) for level, at in _PLACES.items()], MISSING).alias("level")
    )
    found = pl.Series([MISSING.name]).new_from_index(0, frame.height)
    return found.scatter(minors.arg_true(), homes["level"]).alias("level")


FIELD = Field(
    "childhood", "address_text", ("is_minor", *address.FIELD.reads), (ONE_HOME, TWO_HOMES, MISSING), _level, beside=address.FIELD.beside
)
