"""Comparison levels hold for any values: the same both ways round, reflexive, and never outside the specification."""

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.link.fields import birth_date, name
from reconcile.standardise.names import name_key

NAMES = st.text(alphabet="王伟玮章张一依艾尼阿布不都·. □?买提江姜", max_size=9)
UNTIMED = settings(deadline=None, max_examples=25)
"""The tables of sounds and of the lunar calendar are made on the first call."""
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2026, 12, 31))


def name_levels(pairs: list[tuple[str, str]]) -> list[str]:
    frame = pl.DataFrame(pairs, schema={"l_name": pl.String, "r_name": pl.String}, orient="row")
    frame = frame.with_columns(name_key(pl.col(f"{side}_name")).alias(f"{side}_name_key") for side in "lr")
    none = pl.lit(None, pl.String)
    return name.levels(frame.with_columns(l_former_names_key=none, r_former_names_key=none)).to_list()


def birth_levels(pairs: list[tuple[dt.date, dt.date]]) -> list[str]:
    frame = pl.DataFrame(pairs, schema={"l_birth_date": pl.Date, "r_birth_date": pl.Date}, orient="row")
    return birth_date.levels(frame.with_columns(l_age=pl.lit(None, pl.Int32), l_death_date=pl.lit(None, pl.Date))).to_list()


@UNTIMED
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=20))
def test_name_levels_are_the_same_both_ways_round(pairs: list[tuple[str, str]]) -> None:
    forth = name_levels(pairs)
    assert forth == name_levels([(right, left) for left, right in pairs])
    assert set(forth) <= {level.name for level in name.FIELD.levels}


@UNTIMED
@given(st.lists(NAMES, min_size=1, max_size=20))
def test_a_name_equals_itself_unless_nothing_of_it_can_be_read(values: list[str]) -> None:
    assert set(name_levels([(value, value) for value in values])) <= {"equal", "missing"}


@UNTIMED
@given(st.lists(st.tuples(NAMES, NAMES), min_size=2, max_size=20))
def test_the_level_of_a_pair_does_not_depend_on_the_others(pairs: list[tuple[str, str]]) -> None:
    assert name_levels(pairs)[::-1] == name_levels(pairs[::-1])
    assert name_levels(pairs)[:1] == name_levels(pairs[:1])


@UNTIMED
@given(st.lists(st.tuples(DATES, DATES), min_size=1, max_size=20))
def test_birth_levels_are_the_same_both_ways_round(pairs: list[tuple[dt.date, dt.date]]) -> None:
    forth = birth_levels(pairs)
    assert forth == birth_levels([(right, left) for left, right in pairs])
    assert set(forth) <= {level.name for level in birth_date.FIELD.levels}
    assert [level == "equal" for level in forth] == [left == right for left, right in pairs]
