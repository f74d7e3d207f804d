"""The review list: what contradicts itself, where an operator finds it."""

import csv
import datetime as dt
import io

import polars as pl
import pytest
from warehouses import furnished

from reconcile.query import sql
from reconcile.report import review
from reconcile.settings import Settings
from reconcile.store import Store

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def store(tmp_path):
    with Store(Settings(home=furnished(tmp_path / "home"), as_of=DAY)) as opened:
        yield opened


@pytest.fixture
def filled(store):
    store.insert(
        "ops.judgement", pl.DataFrame([{"finding_id": "D1", "outcome": "not_an_error", "verified_on": DAY, "station_code": "9901"}])
    )
    store.insert("ops.judged_pair", pl.DataFrame([{"finding_id": "D1", "left_key": "R1", "right_key": "R2", "verdict": "different"}]))
    entries = [
        {"kind": "between", "finding_id": None, "left_key": "R1", "right_key": "R2", "other_key": "R3"},
        {"kind": "answers_disagree", "finding_id": "N1", "left_key": None, "right_key": None, "other_key": None},
    ]
    store.insert("find.review", pl.DataFrame(entries))
    return store


def test_each_entry_is_a_row_with_a_sentence_and_who_answered_what(filled):
    rows = list(csv.DictReader(io.StringIO(review.text(filled).removeprefix("\ufeff"))))
    assert [row["说明"][:5] for row in rows] == ["各派出所对", "已答复登记"]
    assert [rows[1][name] for name in ("编号", "登记一", "登记二", "登记三")] == ["D1", "R1", "R2", "R3"]
    assert rows[1]["已有答复"] == "D1: 9901 不属实 2026-11-21"


def test_a_night_without_contradictions_leaves_no_list(filled):
    assert review.text(filled).count("\r\n") == 3
    filled.execute("DELETE FROM find.review")
    assert review.text(filled) is None


def test_every_kind_has_its_sentence(filled):
    kinds = {part.split("'")[1] for part in sql("life/review").split("SELECT") if "' AS kind" in part}
    assert kinds == set(review.SENTENCES)
