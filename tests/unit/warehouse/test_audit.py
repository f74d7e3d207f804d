"""Who ran what: entries that nobody without the key can change, take out or add."""

import datetime as dt
import json

import pytest
from warehouses import furnished

from reconcile import audit, identity
from reconcile.settings import Settings
from reconcile.store import Store

NIGHT = dt.date(2026, 11, 21)


@pytest.fixture
def store(tmp_path):
    given = {"threads": 1, "due_days": 10, "key": None, "by": "王主任", "reason": "the register is complete"}
    settings = Settings(home=furnished(tmp_path / "home"), as_of=NIGHT, force=True, **given)
    with Store(settings, "20261121-01") as made:
        for command in ("run", "feedback", "backup"):
            audit.note(made, command)
        audit.note(made, "purge", outcome={"lists": 3})
        yield made


def problem(store):
    return audit.problem(store, identity.key_of(store.settings))


def test_an_entry_says_who_decided_why_and_with_which_settings(store):
    run = store.frame("SELECT * FROM ops.audit ORDER BY number").to_dicts()[0]
    assert (run["command"], run["decided_by"], run["reason"], run["run_id"]) == ("run", "王主任", "the register is complete", "20261121-01")
    assert run["account"]
    settings = json.loads(run["settings"])
    assert (settings["force"], settings["due_days"], settings["as_of"]) == (True, 10, "2026-11-21")
    assert not settings.keys() & {"due_on", "key", "finding_key", "max_rows_per_station"}
    assert store.value("SELECT outcome FROM ops.audit WHERE command = 'purge'") == '{"lists": 3}'


def test_no_secret_is_in_it(tmp_path):
    settings = Settings(home=furnished(tmp_path / "home"), as_of=NIGHT, finding_key="open sesame")
    with Store(settings) as store:
        audit.note(store, "run")
        assert "sesame" not in str(store.frame("SELECT * FROM ops.audit").rows())


def test_a_chain_as_it_was_written_is_whole(store):
    assert problem(store) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE ops.audit SET reason = 'another' WHERE number = 1", "entry 1 is not as it was written"),
        ("UPDATE ops.audit SET noted_at = noted_at - INTERVAL 1 SECOND WHERE number = 3", "entry 3 is not as it was written"),
        ("DELETE FROM ops.audit WHERE number = 2", "entry 2 is missing"),
        ("DELETE FROM ops.audit WHERE number = 2; UPDATE ops.audit SET number = number - 1 WHERE number > 2", "entry 2 is not as"),
        ("UPDATE ops.audit SET number = 5 - number WHERE number IN (2, 3)", "entry 2 is not as it was written"),
        ("UPDATE ops.audit SET seal = 'x' WHERE number = 4", "entry 4 is not as it was written"),
    ],
)
def test_what_was_changed_taken_out_or_put_in_another_order_is_named(store, change, said):
    store.execute(change)
    assert said in problem(store)


def test_an_entry_of_another_chain_does_not_fit_in_though_the_key_sealed_it(store):
    """As from a copy of the warehouse in which something else was done: number, key and seal are right, what went before is not."""
    own = store.frame("SELECT * FROM ops.audit ORDER BY number")
    store.execute("DELETE FROM ops.audit")
    for command in ("another run", "feedback"):
        audit.note(store, command)
    store.execute("DELETE FROM ops.audit WHERE number = 1")
    store.insert("ops.audit", own.filter(number=1))
    assert problem(store) == "ops.audit: entry 2 is not as it was written, or the one before it is gone."


def test_entries_that_are_cut_off_leave_a_run_that_nobody_ran(store):
    store.execute("INSERT INTO ops.run (run_id, started_at) VALUES ('20261122-01', CAST(current_timestamp AS TIMESTAMP) + INTERVAL 1 DAY)")
    assert problem(store) == "ops.audit: no entry is about run 20261122-01; the last entries are gone."


def test_another_key_seals_nothing(store):
    assert "entry 1 is not as it was written" in audit.problem(store, b"another")
