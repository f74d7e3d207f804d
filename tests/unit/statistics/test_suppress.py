"""Small numbers: hidden, and not to be computed from what is shown."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as some

from reconcile.statistics.suppress import hidden

TOTALS = [["county"], ["month"], []]


def table(*rows):
    return pl.DataFrame([{"county": county, "month": month, "births": births} for county, month, births in rows], strict=False)


def shown(cells, totals, below=3):
    return hidden(cells, "births", totals=totals, below=below)["births"].to_list()


def test_a_small_number_takes_the_smallest_of_its_group_along():
    cells = table(("a", 1, 2), ("a", 2, 9), ("a", 3, 7), ("b", 1, 5), ("b", 2, 4))
    assert shown(cells, [["county"]]) == [None, 9, None, 5, 4]


def test_a_small_number_whose_sum_nobody_shows_goes_alone():
    cells = table(("a", 1, 2), ("a", 2, 9))
    assert shown(cells, []) == [None, 9]


def test_two_small_numbers_hide_each_other():
    assert shown(table(("a", 1, 1), ("a", 2, 2), ("a", 3, 9)), [["county"]]) == [None, None, 9]


def test_nothing_small_hides_nothing():
    assert shown(table(("a", 1, 3), ("a", 2, 0)), TOTALS) == [3, 0]


def test_zero_is_no_person_and_is_hidden_only_where_nothing_else_is_left():
    assert shown(table(("a", 1, 0), ("a", 2, 2), ("a", 3, 8)), [["county"]]) == [0, None, None]
    assert shown(table(("a", 1, 0), ("a", 2, 2)), [["county"]]) == [None, None]


def test_what_is_not_known_stays_so():
    made = hidden(table(("a", 1, None), ("a", 2, 5)), "births", totals=[["county"]], below=3)
    assert made["births"].to_list() == [None, 5]
    assert made["is_hidden"].to_list() == [False, False]


def test_a_limit_of_one_hides_nothing():
    assert shown(table(("a", 1, 1), ("a", 2, 2)), TOTALS, below=1) == [1, 2]


@given(some.lists(some.lists(some.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=5), some.integers(0, 6))
def test_no_group_whose_sum_is_shown_hides_a_single_cell(rows, below):
    cells = table(*((str(county), month, births) for county, row in enumerate(rows) for month, births in enumerate(row)))
    made = hidden(cells, "births", totals=TOTALS, below=below)
    assert made.filter(pl.col("births").is_between(1, below - 1)).is_empty()
    for columns in (["county"], ["month"]):
        assert 1 not in made.group_by(columns).agg(pl.col("is_hidden").sum())["is_hidden"].to_list()
    assert made["is_hidden"].sum() != 1
    kept = made.with_columns(truth=cells["births"]).filter(~pl.col("is_hidden"))
    assert (kept["births"] == kept["truth"]).all()
    assert made.select("county", "month").equals(cells.select("county", "month"))
