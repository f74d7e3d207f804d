"""What a night writes into a column with a closed list stands in the list, and what SQL can write stands there too."""

import re

import pytest

from reconcile import query
from reconcile.contract import words
from reconcile.contract.warehouse import TABLES, find, link
from reconcile.link.fields.level import Meaning
from reconcile.link.jobs import JOBS
from reconcile.report import review
from reconcile.store import Reader

LISTED = [
    *((table.name, column.name, set(column.values)) for table in TABLES.values() for column in table.columns if column.values),
    *((job.table, column, set(values)) for job in JOBS for column, values in words.VALUES.items()),
]


@pytest.mark.parametrize(("table", "column", "values"), LISTED, ids=[f"{table}.{column}" for table, column, _ in LISTED])
def test_a_night_writes_no_other_value(good_night, table, column, values):
    with Reader(good_night.home) as reader:
        written = set(reader.frame(f"SELECT DISTINCT {column} AS value FROM {table} WHERE {column} IS NOT NULL")["value"])
    assert written <= values


@pytest.mark.parametrize(
    ("file", "column", "values"),
    [
        ("life/review", "kind", find.REVIEW["kind"].values),
        ("link/activity", "kind", link.ACTIVITY["kind"].values),
        ("link/event", "how", link.EVENT["how"].values),
    ],
)
def test_sql_writes_the_listed_values_and_all_of_them(file, column, values):
    assert set(re.findall(rf"'(\w+)' AS {column}\b", query.sql(file))) == set(values)


def test_the_operator_reads_a_sentence_for_each_kind_of_contradiction():
    assert set(review.SENTENCES) == set(find.REVIEW_KINDS)


def test_a_comment_names_every_value():
    assert all(f" {value}" in find.REVIEW["kind"].note for value in find.REVIEW_KINDS)


def test_meanings_of_levels_are_those_of_the_rules():
    assert set(link.LEVEL["meaning"].values) == {str(meaning) for meaning in Meaning}
