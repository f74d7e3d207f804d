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


def read(warehouse, *rows, extract="police_death", columns="death_date", **delivered):
    """The dates that are read of the rows of one load, and the figure."""
    key = {"police_death": "event_id", "police_resident": "registration_id"}[extract]
    warehouse.deliver(extract, *({key: f"K{number}"} | row for number, row in enumerate(rows)), **delivered)
    warehouse.execute("UPDATE ops.load SET file = 'deaths.xlsx', superseded = FALSE, run_id = '20261121-01' WHERE run_id IS NULL")
    counts = warehouse.run()
    found = warehouse.rows(f"SELECT {columns} FROM std.{extract} ORDER BY {key}")
    return [" ".join(str(day) for day in row) for row in found], [subject for name, subject in counts if name == "equal_clocks"]


def test_a_column_of_midnights_by_universal_time_is_read_by_the_clocks_of_china(warehouse):
    written = [
        "2025-12-31 16:00:00",
        "2024-02-28T16:00:00.000",
        "1988-06-30 15:00:00",
        "1900/12/30 15:54:17",
    ]  # summer time, mean solar time
    # The third in summer time, the last by the mean solar time of Shanghai.
    days, said = read(warehouse, *({"death_date": day} for day in written))
    assert days == ["2026-01-01", "2024-02-29", "1988-07-01", "1900-12-31"]
    assert said == ["deaths.xlsx death_date 15:00:00"]


def test_hours_of_death_stay_on_their_day(warehouse):
    lasts = [
        "2025-01-02 14:05:00",  # hours that people died
        "2025-01-02 15:00:00",  # no summer time in 2025, so no midnight
        "2025-01-02",
        "2025-01-02 16:00:00 北京时间",
        None,  # two cells: chance
    ]
    for load, last in enumerate(lasts):
        days = ("2025-01-01 16:00:00", "2025-01-01 16:00:00", last)
        warehouse.deliver("police_death", *({"event_id": f"K{load}{row}", "death_date": day} for row, day in enumerate(days) if day))
    warehouse.run()
    found = warehouse.rows(
        "SELECT _load_id, list(CAST(death_date AS VARCHAR) ORDER BY _line) FROM std.police_death GROUP BY ALL ORDER BY 1"
    )
    both = ["2025-01-01", "2025-01-01"]
    assert [days for _, days in found] == [[*both, "2025-01-02"]] * 4 + [both]


def test_one_row_is_enough_where_three_of_its_dates_are_such_midnights(warehouse):
    row = {"death_date": "2025-12-31 16:00:00", "registered_on": "2026-01-04 16:00:00", "birth_date": "1941-03-04 16:00:00"}
    assert read(warehouse, row, columns="death_date, registered_on, birth_date")[0] == ["2026-01-01 2026-01-05 1941-03-05"]


def test_what_yesterday_was_no_proof_is_read_anew(warehouse):
    rows = [{"birth_date": f"1960-01-{day:02} 16:00:00"} for day in (1, 2, 3)]
    resident = {"extract": "police_resident", "columns": "birth_date"}
    assert read(warehouse, *rows[:2], **resident)[0] == ["1960-01-01", "1960-01-02"]
    warehouse.execute("UPDATE ops.load SET superseded = TRUE")
    assert read(warehouse, *rows, **resident, on="2026-11-02")[0] == ["1960-01-02", "1960-01-03", "1960-01-04"]


def test_a_column_of_midnights_eight_hours_east_is_read_by_the_clocks_of_china(warehouse):
    # Java's GMT+8, or a database told +08:00, of moments that were midnight in China: an hour short in the summers that had summer time.
    written = [
        "1974-08-15 00:00:00",
        "1988-06-30 23:00:00",  # summer time of 1988 …
        "1986-05-04 00:00:00.000",  # … which in 1986 began at two in the morning of this day
        "1940/6/30 23:00",  # … and of 1940
        "1988-12-01T00:00:00",
        "1900-12-30 23:54:17",  # mean solar time
    ]
    days, said = read(warehouse, *({"death_date": day} for day in written))
    assert days == ["1974-08-15", "1988-07-01", "1986-05-04", "1940-07-01", "1988-12-01", "1900-12-31"]
    assert said == ["deaths.xlsx death_date 23:00:00"]


@pytest.mark.parametrize(
    "days",
    [
        ["1974-08-15 00:00:00", "1988-06-30 23:00:00", "1988-07-02 00:00:00"],  # a midnight in summer time: the clocks are China's
        ["1974-08-15 00:00:00", "1988-06-30 23:00:00", "2025-06-30 23:00:00"],  # no summer time in 2025, so an hour of death
        ["1974-08-15 00:00:00", "1988-06-30 23:00:00", "1974-08-16 00:20:00"],
        ["1974-08-15 00:00:00", "1988-06-30 23:00:00", "1974-08-16"],
        ["1974-08-15 00:00:00", "1988-06-30 23:00:00"],  # two cells: chance
    ],
)
def test_other_columns_with_eleven_at_night_keep_their_days(warehouse, days):
    read_days, said = read(warehouse, *({"death_date": day} for day in days))
    assert (read_days, said) == ([day[:10] for day in days], [])
