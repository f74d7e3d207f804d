"""When the linkage of an earlier night stands."""

import datetime as dt

import pytest
from warehouses import furnished

from reconcile import made_from
from reconcile.link import reuse
from reconcile.settings import Settings

CHANGES = {
    "rows were standardised again": "UPDATE ops.standardised SET made = 'b'",
    "a load more": "INSERT INTO ops.load (load_id, delivered_on, superseded) VALUES (2, DATE '2026-11-01', FALSE)",
    "another day of delivery": "UPDATE ops.load SET delivered_on = DATE '2026-11-02'",
    "a table lost rows": "DELETE FROM link.name",
    "a table has rows more": "INSERT INTO stats.score (job) VALUES ('death')",
    "figures are gone": "DELETE FROM ops.metric",
    "it is not known what it was made from": "DELETE FROM ops.linked",
}


@pytest.fixture
def settings(tmp_path):
    """Settings of a home in which nothing was linked yet."""
    return Settings(home=furnished(tmp_path / "home"), as_of=dt.date(2026, 11, 21), threads=1)


@pytest.fixture
def linked(store):
    """A linkage of one name, by run 1, with its figures."""
    store.run_id = "1"
    store.execute("INSERT INTO ops.standardised VALUES ('police_resident', 'loads', 'a', NULL)")
    store.execute("INSERT INTO ops.load (load_id, delivered_on, superseded) VALUES (1, DATE '2026-11-01', FALSE)")
    store.execute("INSERT INTO link.name (name_key) VALUES ('王芳')")
    figures = "('1', 'link', 'persons', NULL, 7), ('1', 'link', 'rows', 'death', 3), ('1', 'link', 'models_trained', NULL, 1)"
    store.execute(f"INSERT INTO ops.metric VALUES {figures}")
    reuse.remember(store, reuse.fingerprint(store, store.settings, "0001-a"))
    return store


def stands(store, version="0001-a", **settings):
    return reuse.standing(store, reuse.fingerprint(store, store.settings.model_copy(update=settings), version))


def test_it_stands_with_its_figures_on_every_later_day(linked):
    kept = {"persons": 7, ("rows", "death"): 3, "models_trained": 0, "reused": 1}
    assert stands(linked) == kept
    assert stands(linked, as_of=linked.settings.as_of.replace(day=30), threads=2) == kept


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_does_not_when_something_it_was_made_from_or_a_table_is_different(linked, change):
    linked.execute(change)
    assert stands(linked) is None


def test_nor_with_another_model_setting_or_program_or_an_answer_about_a_pair(linked, monkeypatch):
    assert stands(linked, version="0002-b") is None
    rules = linked.settings.rules
    assert stands(linked, rules=rules.model_copy(update={"move_late_days": rules.move_late_days + 1})) is None
    with monkeypatch.context() as patch:
        patch.setattr(made_from, "program", lambda: "another")
        assert stands(linked) is None
    linked.execute("INSERT INTO ops.judged_pair (finding_id, left_key, right_key, verdict, load_id) VALUES ('F', 'R1', 'R2', 'same', 1)")
    assert stands(linked) is None


def test_a_superseded_load_is_none_of_it(linked):
    linked.execute("INSERT INTO ops.load (load_id, delivered_on, superseded) VALUES (2, DATE '2026-11-01', TRUE)")
    assert stands(linked) is not None
