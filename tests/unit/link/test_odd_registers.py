"""Registers in which one value stands for many: it is said, and witnesses nothing."""

from typing import Any

import pytest
from strangers import people
from unissued import number

from reconcile import link
from reconcile.settings import Settings
from reconcile.store import Store

pytestmark = pytest.mark.usefixtures("jobs_with_records")


@pytest.mark.parametrize(
    ("column", "value"), [("address_text", "九里村1号"), ("birth_date", "1900-01-01"), ("name", "尹英梅"), ("mother_name", "石秀")]
)
def test_one_value_everywhere_is_said_and_witnesses_nothing(store: Store, settings: Settings, add: Any, column: str, value: str) -> None:
    add("police_resident", *people(1_100, **{column: value}))
    counts = link.run(store, settings)
    key = {"address_text": "address_key", "birth_date": "birth_date"}.get(column, f"{column}_key")
    assert counts["unusable_values", f"police_resident {key}"] == 1
    assert counts["persons"] == 1_100
    assert counts["candidates", "registration"] < 20_000
    assert store.execute("SELECT column_name FROM link.filler").fetchall() == [(key,)]


def test_a_number_on_more_records_than_one_person_has_is_nobodys(store: Store, settings: Settings, add: Any) -> None:
    """Thirteen strangers got one clerk's number; three registrations of one person share theirs and stay one."""
    rows = people(40)
    clerk = [{**row, "citizen_id": number("1971-03-04", 5)} for row in rows[:13]]
    twice = [{**rows[20], "registration_id": f"S{at}"} for at in range(2)]
    add("police_resident", *clerk, *rows[13:], *twice)
    counts = link.run(store, settings)
    assert counts["unusable_values", "police_resident citizen_id"] == 1
    assert store.value("SELECT count(*) FROM link.registration_pair WHERE number_level = 'equal'") == 3
    assert counts["persons"] == 40


def test_half_the_birth_dates_one_day_leaves_the_others_in_use(store: Store, settings: Settings, add: Any) -> None:
    rows = people(1_200)
    broken = [{**row, "birth_date": "1900-01-01"} if at % 2 else row for at, row in enumerate(rows)]
    twice = [{**rows[at], "registration_id": f"S{at}"} for at in range(0, 20, 2)]
    add("police_resident", *broken, *twice)
    counts = link.run(store, settings)
    assert counts["unusable_values", "police_resident birth_date"] == 1
    assert counts["persons"] == 1_200
    pairs = store.execute(
        "SELECT birth_date_level, tier, count(*) FROM link.registration_pair WHERE decision = 'match' GROUP BY ALL"
    ).fetchall()
    assert pairs == [("equal", "A", 10)]


def test_a_name_borne_by_many_is_weak_evidence_and_its_block_is_narrowed(store: Store, settings: Settings, add: Any) -> None:
    rows = people(1_200)
    common = [{**row, "name": "尹英梅"} if at < 50 else row for at, row in enumerate(rows)]
    add("police_resident", *common)
    counts = link.run(store, settings)
    assert counts["persons"] == 1_200
    assert store.value("SELECT bearers FROM link.value_frequency WHERE scope = 'name' AND value = '尹英梅' AND decade IS NULL") >= 50
