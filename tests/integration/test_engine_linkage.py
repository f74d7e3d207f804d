"""The linkage of a night on another engine: the same candidates, levels, pairs, persons and events."""

import shutil
from dataclasses import replace
from unittest.mock import Mock

import pytest
from installation import NIGHT

from reconcile import link
from reconcile.engine.session import connect, see_workers
from reconcile.engine.spark import FOLDER, Spark
from reconcile.errors import EngineError
from reconcile.home import Home
from reconcile.link import prepare
from reconcile.link.jobs import DEATH, REGISTRATION, Pass
from reconcile.link.pairs import block
from reconcile.settings import Settings
from reconcile.store import Store

TABLES = """
SELECT schema_name || '.' || table_name FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name IN ('link', 'stats') ORDER BY ALL
"""
CROWDED = (Pass("sex_year", ("sex", "year(birth_date)"), "many of one block", ("left(name_key, 1)",)),)
"""Blocks over the budget, of which some fit when they are narrowed."""


@pytest.fixture(scope="module")
def store(good_night, spark_server, tmp_path_factory):
    """The warehouse of the good night, with a server to ask."""
    home = Home(shutil.copytree(good_night.home.root, tmp_path_factory.mktemp("engine") / "home", symlinks=True))
    with Store(Settings(home=home, as_of=NIGHT, engine=spark_server, threads=1, full=True), "20261121-01") as store:
        yield store


def rows(store, table):
    frame = store.frame(f"SELECT * FROM {table}")
    return frame.select(sorted(frame.columns)).sort(sorted(frame.columns))


def test_the_linkage_of_the_night_is_that_of_duckdb(store):
    tables = [name for (name,) in store.execute(TABLES).fetchall()]
    before = {table: rows(store, table) for table in tables}
    assert min(before[f"link.{table}"].height for table in ("registration_pair", "death_pair", "birth_pair", "birth", "move")) > 50
    counts = link.run(store, store.settings)
    assert counts["candidates", "registration"] > 200
    assert [table for table in tables if not rows(store, table).equals(before[table])] == []


def test_a_server_that_is_lost_leaves_the_linkage_as_it_was(store, monkeypatch):
    lost = EngineError("no answer")
    monkeypatch.setattr(link.pairing, "run", Mock(side_effect=lost))
    before = {table: rows(store, f"link.{table}") for table in ("name", "value_frequency", "value_spread", "model", "person")}
    assert min(table.height for table in before.values()) > 10
    with pytest.raises(EngineError, match="no answer"):
        link.run(store, store.settings)
    assert [table for table in before if not rows(store, f"link.{table}").equals(before[table])] == []
    assert store.value("SELECT count(*) FROM duckdb_tables() WHERE database_name = 'temp'") == 0
    assert not (store.settings.home.scratch / FOLDER).exists()


def test_candidates_of_blocks_over_the_budget_are_those_of_duckdb(store):
    prepare.run(store, store)
    with Spark(store, store.settings) as spark:
        for job in (replace(job, passes=CROWDED, block_pairs=10) for job in (REGISTRATION, DEATH)):
            counts = block.run(store, job)
            here = store.frame("SELECT left_no, right_no, passes FROM candidate ORDER BY ALL")
            assert here.height > 0
            assert {name for name, _ in counts} == {"pass_pairs", "candidates", "blocks_narrowed", "pairs_dropped"}
            assert block.run(spark, job) == counts
            assert spark.frame("SELECT left_no, right_no, passes FROM candidate").sort("left_no", "right_no").equals(here)


def test_a_worker_with_another_program_is_refused(spark_server):
    session = connect(spark_server, {})  # where workers are of this program
    with pytest.raises(EngineError, match="this very version of reconcile"):
        see_workers(session, spark_server, "of last year")
    session.stop()
