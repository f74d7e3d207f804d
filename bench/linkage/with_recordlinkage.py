"""recordlinkage as its documentation shows: block, compare to similarities, and an unsupervised classifier (ECM) on agreement.

Blocks are those that cost little in pandas; similarities become agreement at 0.85 as in its Febrl examples; names, which it compares by
code points, by Damerau-Levenshtein on Chinese and by Jaro-Winkler on Latin texts.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import pandas as pd
import polars as pl
import recordlinkage as rl

from bench.linkage.score import Outcome
from bench.linkage.tasks import Task
from reconcile import memory

AGREES = 0.85
"""Similarity that counts as agreement; the value of its documentation."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Blocks (columns that must all agree), columns compared exactly, and columns compared by a string measure."""

    blocks: tuple[tuple[str, ...], ...]
    exact: tuple[str, ...]
    alike: tuple[tuple[str, str], ...]


LATIN, EDITS = "jarowinkler", "damerau_levenshtein"
PLANS = {
    "register": Plan(
        (
            ("citizen_id",),
            ("name_key", "birth_date"),
            ("name_sound", "birth_date"),
            ("birth_date", "mother_name_key"),
            ("birth_date", "father_name_key"),
            ("name_sound", "mother_id"),
            ("name_key", "address_key"),
            ("spouse_id", "sex"),
        ),
        (
            "name_sound",
            "birth_date",
            "sex",
            "father_name_key",
            "father_id",
            "mother_name_key",
            "mother_id",
            "spouse_name_key",
            "address_key",
        ),
        (("citizen_id", EDITS), ("name_key", EDITS)),
    ),
    "deaths": Plan(
        (
            ("citizen_id",),
            ("name_key", "birth_date"),
            ("name_sound", "birth_date"),
            ("name_key", "address_key"),
            ("birth_date", "area_code", "sex"),
        ),
        ("name_sound", "birth_date", "sex", "area_code", "address_key"),
        (("citizen_id", EDITS), ("name_key", EDITS)),
    ),
    "febrl": Plan(
        (("given_name",), ("surname",), ("date_of_birth",), ("soc_sec_id",), ("address_1",)),
        ("date_of_birth", "soc_sec_id", "street_number", "postcode", "state"),
        (("given_name", LATIN), ("surname", LATIN), ("address_1", LATIN), ("suburb", LATIN)),
    ),
    "rldata": Plan(
        (
            ("given_name", "surname"),
            ("date_of_birth",),
            ("given_name", "year"),
            ("surname", "year"),
            ("given_name", "day"),
            ("surname", "day"),
        ),
        ("year", "day"),
        (("given_name", LATIN), ("surname", LATIN)),
    ),
}


def run(task: Task) -> Outcome:
    """Block, compare and classify; the time starts with the records in a data frame."""
    plan = PLANS[task.kind]
    frames = [_frame(task.records(side), plan) for side in (("left", "right") if task.is_link else ("left",))]
    memory.reset_peak()
    started = time.perf_counter()
    indexer = rl.Index()
    for columns in plan.blocks:
        indexer.block(list(columns))
    pairs = indexer.index(*frames)
    compare = rl.Compare()
    for column in plan.exact:
        compare.exact(column, column, label=column)
    for column, method in plan.alike:
        compare.string(column, column, method=method, threshold=AGREES, label=column)
    features = compare.compute(pairs, *frames)
    classifier = rl.ECMClassifier()
    matches = classifier.fit_predict(features.astype(int))
    seconds, peak = time.perf_counter() - started, memory.peak_mb()
    ends = pd.DataFrame(list(features.index), columns=["left_key", "right_key"])
    scored = pl.from_pandas(ends).with_columns(
        score=pl.Series(classifier.prob(features.astype(int)).to_numpy()), decided=pl.Series(features.index.isin(matches))
    )
    scored = scored.with_columns(probability="score")
    return Outcome(scored, scored.select("left_key", "right_key"), seconds, peak)


def _frame(records: pl.DataFrame, plan: Plan) -> pd.DataFrame:
    if "date_of_birth" in records.columns:
        records = records.with_columns(year=pl.col("date_of_birth").str.head(4), day=pl.col("date_of_birth").str.tail(4))
    columns = {*(column for block in plan.blocks for column in block), *plan.exact, *(column for column, _ in plan.alike)}
    dates = [name for name in columns if records.schema[name] == pl.Date]
    return (
        records.with_columns(pl.col(dates).dt.to_string("%Y%m%d"))
        .select("record_key", *sorted(columns))
        .to_pandas()
        .set_index("record_key")
    )
