from __future__ import annotations

import pytest

from reconcile.standardise import unread
from reconcile.store import Store


def columns(warehouse, floor=2):
    with Store(warehouse.settings) as store:
        return [(found.column, found.unread, found.filled, found.codes, dict(found.examples)) for found in unread.columns(store, floor)]


def deaths(warehouse, *flags):
    warehouse.deliver("police_death", *({"event_id": f"E{number}", "reversed": flag} for number, flag in enumerate(flags)))
    warehouse.execute("UPDATE ops.load SET file = 'deaths.csv', superseded = FALSE, run_id = '20261121-01'")
    warehouse.run()


def test_cells_of_a_flag_are_counted_where_they_state_something(warehouse):
    deaths(warehouse, "/", "/", " /", "?", "否", "1", "", None, "无")
    assert columns(warehouse) == [("reversed", 4, 6, 2, {"/": 3})]


def test_up_to_the_floor_a_column_is_not_counted(warehouse):
    deaths(warehouse, "/", "/", "?")
    assert columns(warehouse, floor=3) == []
    assert len(columns(warehouse, floor=2)) == 1


def test_codes_that_a_profile_declares_are_read(warehouse):
    warehouse.execute("INSERT INTO ref.profile_code VALUES (1, 'reversed', '/', '0')")
    deaths(warehouse, "/", "/", "/", "甲", "甲", "甲")
    assert columns(warehouse) == [("reversed", 3, 6, 1, {"甲": 3})]


def test_words_for_nothing_do_not_dilute_a_code_that_nobody_reads(warehouse):
    residents = [{"registration_id": f"R{number}", "cancel_kind": kind} for number, kind in enumerate(["正常"] * 40 + ["21"] * 4)]
    warehouse.deliver("police_resident", *residents)
    warehouse.execute("UPDATE ops.load SET file = 'residents.csv', superseded = FALSE, run_id = '20261121-01'")
    warehouse.run()
    assert columns(warehouse) == [("cancel_kind", 4, 4, 1, {"21": 4})]


@pytest.mark.parametrize(
    "texts",
    [
        [f"王{chr(0x4E00 + number)}" for number in range(21)] * 3,  # too many different ones: perhaps names
        ["王伟", "李娜"] * 2,  # held by too few cells
        ["云岭县城关镇幸福路一号"] * 3,  # too long for a code
    ],
    ids=["many", "few cells", "long"],
)
def test_what_may_be_a_persons_data_is_not_shown(warehouse, texts):
    deaths(warehouse, *texts)
    ((_, cells, filled, _, shown),) = columns(warehouse)
    assert (cells, filled, shown) == (len(texts), len(texts), {})


def test_a_file_that_a_good_run_published_is_not_asked_about_again(warehouse):
    deaths(warehouse, "/", "/", "/")
    warehouse.execute("INSERT INTO ops.run (run_id, status) VALUES ('20261121-01', 'done')")
    assert columns(warehouse) == []


def test_the_sentence_names_file_column_and_counts(warehouse):
    deaths(warehouse, "/", "/", "/", "1")
    with Store(warehouse.settings) as store:
        (found,) = unread.columns(store, 2)
    assert str(found) == "deaths.csv: reversed (冲销标志): 3 of 4 filled cells cannot be read (1 different code, most often '/' in 3)"
