from __future__ import annotations

import pytest


def clocks(warehouse, *days):
    warehouse.deliver("police_death", *({"event_id": f"E{number}", "death_date": day} for number, day in enumerate(days)))
    warehouse.execute("UPDATE ops.load SET file = 'deaths.xlsx', superseded = FALSE, run_id = '20261121-01'")
    counts = warehouse.run()
    return {subject: cells for (name, subject), cells in counts.items() if name == "equal_clocks"}


@pytest.mark.parametrize("clock", ["23:59:17", "23:54:17", "00:05:43", "23:59:59"])
def test_a_column_whose_clocks_are_all_near_midnight_says_so(warehouse, clock):
    days = [f"2025-01-{day:02} {clock}" for day in (1, 2, 3)]
    assert clocks(warehouse, *days, "2025-01-04") == {f"deaths.xlsx death_date {clock}": 3}


@pytest.mark.parametrize(
    "days",
    [
        ["2025-01-01 00:00:00"] * 3,  # midnight
        ["2025-01-01 12:00:00"] * 3,  # noon, far from midnight
        ["2025-01-01 23:59:17", "2025-01-02 23:59:17", "2025-01-03 14:05:00"],  # hours that people died
        ["2025-01-01 23:59:17"] * 2,  # chance
        ["2025-01-01"] * 3,
    ],
)
def test_other_clocks_say_nothing(warehouse, days):
    assert clocks(warehouse, *days) == {}


def test_a_published_file_does_not_say_so_again(warehouse):
    warehouse.execute("INSERT INTO ops.run (run_id, status) VALUES ('20261121-01', 'done')")
    assert clocks(warehouse, *["2025-01-01 23:59:17"] * 3) == {}
