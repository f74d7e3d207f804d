"""The linkage of a night on another engine: the same candidates."""

import shutil
from dataclasses import replace

import pytest
from installation import NIGHT

from reconcile.engine.spark import Spark
from reconcile.home import Home
from reconcile.link import prepare
from reconcile.link.jobs import DEATH, REGISTRATION, Pass
from reconcile.link.pairs import block
from reconcile.settings import Settings
from reconcile.store import Store


@pytest.fixture(scope="module")
def store(good_night, spark_server, tmp_path_factory):
    """The warehouse of the good night, prepared for its jobs, with a server to ask."""
    home = Home(shutil.copytree(good_night.home.root, tmp_path_factory.mktemp("engine") / "home", symlinks=True))
    with Store(Settings(home=home, as_of=NIGHT, engine=spark_server, threads=1), "20261121-01") as store:
        prepare.run(store)
        yield store


@pytest.fixture(scope="module")
def spark(store):
    with Spark(store, store.settings) as spark:
        yield spark


CROWDED = (Pass("sex_year", ("sex", "year(birth_date)"), "many of one block", ("left(name_key, 1)",)),)
"""Blocks over the budget, of which some fit when they are narrowed."""


@pytest.mark.parametrize(
    ("job", "left_out"),
    [
        (replace(REGISTRATION, passes=REGISTRATION.passes[11:13]), set()),
        (replace(REGISTRATION, passes=CROWDED, block_pairs=10), {"blocks_narrowed", "pairs_dropped"}),
        (replace(DEATH, passes=DEATH.passes[1:2]), set()),
        (replace(DEATH, passes=CROWDED, block_pairs=10), {"blocks_narrowed", "pairs_dropped"}),
    ],
    ids=["one population", "one population over budget", "two populations", "two populations over budget"],
)
def test_candidates_are_those_of_duckdb(store, spark, job, left_out):
    counts = block.run(store, job)
    here = store.frame("SELECT left_no, right_no, passes FROM candidate ORDER BY ALL")
    assert here.height > 0
    assert {name for name, _ in counts} == {"pass_pairs", "candidates"} | left_out
    assert block.run(spark, job) == counts
    there = spark.frame("SELECT left_no, right_no, passes FROM candidate").sort("left_no", "right_no")
    assert there.equals(here)
