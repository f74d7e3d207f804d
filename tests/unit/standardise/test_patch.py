"""Which rows of a second delivery stay as they were standardised: a mark in ``std`` shows it."""

from __future__ import annotations

import pytest

from reconcile import made_from

FIRST = [{"registration_id": key, "name": name} for key, name in (("R1", "王芳"), ("R2", "李伟"), ("R3", "张敏"))]


@pytest.fixture
def register(warehouse):
    """A register that was standardised, with a mark on each of its rows that no delivery brought."""
    warehouse.deliver("police_resident", *FIRST)
    warehouse.run()
    warehouse.execute("UPDATE std.police_resident SET household_no = 'kept'")
    return warehouse


def again(warehouse, *rows, full=False):
    """Deliver the register once more; registration and line of each row, and whether it was kept."""
    warehouse.deliver("police_resident", *rows)
    warehouse.execute("UPDATE ops.load SET superseded = load_id < $newest", newest=warehouse.loads)
    warehouse.run(full=full)
    assert warehouse.rows("SELECT DISTINCT _load_id FROM raw.police_resident") == [(warehouse.loads,)]
    assert warehouse.rows("SELECT DISTINCT _load_id FROM std.police_resident") == [(warehouse.loads,)]
    return warehouse.rows("SELECT registration_id, name, household_no = 'kept', _line FROM std.police_resident ORDER BY ALL")


def test_rows_that_stand_there_word_for_word_are_kept_at_their_new_place(register):
    rows = again(register, FIRST[2], FIRST[0] | {"name": "王方"}, {"registration_id": "R4", "name": "赵静"})
    assert rows == [("R1", "王方", False, 3), ("R3", "张敏", True, 2), ("R4", "赵静", False, 4)]


def test_a_row_that_stands_twice_is_standardised_anew(register):
    assert again(register, FIRST[0], FIRST[0], FIRST[1]) == [("R1", "王芳", False, 3), ("R2", "李伟", True, 4)]


def test_a_row_with_a_refused_value_is_standardised_anew_so_that_its_reject_has_its_line(warehouse):
    broken = {"registration_id": "R9", "cancelled_on": "20261399"}
    warehouse.deliver("police_resident", broken, FIRST[0])
    warehouse.run()
    assert [row[0] for row in again(warehouse, FIRST[0], broken)] == ["R1", "R9"]
    assert warehouse.rows("SELECT load_id, line, column_name FROM ops.reject") == [(2, 3, "cancelled_on")]


def test_everything_is_standardised_anew(register, monkeypatch, caplog):
    assert [kept for *_, kept, _ in again(register, *FIRST, full=True)] == [False] * 3
    register.execute("UPDATE std.police_resident SET household_no = 'kept'")
    assert [kept for *_, kept, _ in again(register, *FIRST)] == [True] * 3
    assert caplog.messages == []
    monkeypatch.setattr(made_from, "program", lambda: "another")
    assert [kept for *_, kept, _ in again(register, *FIRST)] == [False] * 3
    assert caplog.messages == [
        "the program is another version than that of the last night: everything is made anew, and takes as long as a first night."
    ]


def test_what_a_profile_says_of_codes_is_part_of_a_row(register):
    register.execute("INSERT INTO ref.profile_code VALUES (2, 'sex', '1', '2')")
    assert [kept for *_, kept, _ in again(register, *FIRST)] == [False] * 3
    register.execute("UPDATE std.police_resident SET household_no = 'kept'")
    register.execute("INSERT INTO ref.profile_code VALUES (3, 'sex', '1', '2')")
    assert [kept for *_, kept, _ in again(register, *FIRST)] == [True] * 3


def test_rows_of_which_two_have_one_place_are_standardised_anew(register):
    register.execute("UPDATE raw.police_resident SET _line = 2; UPDATE std.police_resident SET _line = 2")
    assert [kept for *_, kept, _ in again(register, *FIRST)] == [False] * 3


def test_a_lost_table_is_made_again(register):
    register.execute("DELETE FROM std.police_resident")
    assert [row[0] for row in again(register, *FIRST)] == ["R1", "R2", "R3"]
