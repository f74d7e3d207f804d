"""What equations give away: found by elimination, and by singular values."""

import numpy as np
from computed import determined
from hypothesis import given
from hypothesis import strategies as some

from reconcile.statistics.elimination import System

CELLS = 9
EQUATIONS = some.lists(some.lists(some.sampled_from([0, 0, 0, 1, -1, 1, -1, 2, 3]), min_size=CELLS, max_size=CELLS), max_size=8)
HIDDEN = some.sets(some.integers(0, CELLS - 1))


def system(rows, hidden):
    return System([{cell: factor for cell, factor in enumerate(row) if factor} for row in rows], hidden)


def by_rank(rows, hidden):
    cells = sorted(hidden)
    matrix = np.array(rows, dtype=float).reshape(len(rows), CELLS)[:, cells]
    return {cells[column] for column in determined(matrix)}


def test_a_sum_tells_its_only_hidden_part():
    assert system([[1, 1, 1, -1]], {1}).told() == {1}
    assert system([[1, 1, 1, -1]], {1, 2}).told() == set()


def test_two_sums_tell_together_what_neither_tells_alone():
    rows = [[1, 1, 1, 0], [1, 1, 0, -1], [0, 0, 1, 1]]
    assert system(rows[:2], {0, 1, 2}).told() == {2}
    assert system([[1, 1, 0, 0], [1, -1, 0, 0]], {0, 1}).told() == {0, 1}


def test_cells_go_in_their_order_with_a_hidden_one_until_no_sums_tell_it():
    rows = [[1, 1, 1, 0, 0], [0, 0, 1, 1, 1]]
    made = system(rows, {0})
    made.close({0}, {0: 1, 1: 3, 2: 2, 3: 4, 4: 5})
    assert made.hidden == {0, 2, 1}
    assert made.told() == {2}  # by the second sum; it was to protect 0 and need not be hidden


@given(EQUATIONS, HIDDEN)
def test_what_is_told_is_what_has_one_value_in_all_solutions(rows, hidden):
    assert system(rows, hidden).told() == by_rank(rows, hidden)


@given(EQUATIONS, HIDDEN, some.sets(some.integers(0, CELLS - 1)))
def test_closed_tells_nothing_that_is_protected_unless_it_needs_no_other_cell(rows, hidden, protected):
    made = system(rows, hidden)
    made.close(protected, dict.fromkeys(range(CELLS), 1.0))
    assert hidden <= made.hidden
    assert made.told() == by_rank(rows, made.hidden)
    assert made.told() & protected & hidden <= by_rank(rows, set(range(CELLS)))
    assert hidden == made.hidden or by_rank(rows, hidden) & protected
