"""How a row says whether its registration stands: active, struck off, or not to be read."""

import polars as pl
import pytest
from worklist_case import RESIDENTS, day, std_frame

from reconcile.worklist import rows

UNREAD = {"load_id": 7, "line": 3, "extract": "police_resident", "column_name": "cancel_kind", "severity": "value"}


def shown(store, **cells):
    """登记信息 of R1 on the list of its station, when its row says this."""
    residents = [row | cells | {"_load_id": 7, "_line": 3} if row["registration_id"] == "R1" else row for row in RESIDENTS]
    store.replace("std.police_resident", std_frame("police_resident", residents))
    (text,) = rows.all_lists(store).filter(pl.col("人员编号") == "R1")["登记信息"].unique()
    return text


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({}, "在册，"),
        ({"cancel_kind": "death", "cancelled_on": day("2026-01-02")}, "已注销（死亡，2026-01-02）"),
        ({"cancel_kind": "death"}, "已注销（死亡）"),
        ({"cancelled_on": day("2026-01-02")}, "已注销（2026-01-02）"),
    ],
)
def test_a_date_alone_says_that_it_was_struck_off(store, cells, words):
    assert words in shown(store, **cells)


def test_a_kind_nobody_can_read_is_neither(store):
    store.insert("ops.reject", pl.DataFrame([UNREAD]))
    text = shown(store)
    assert "是否注销不明" in text
    assert "在册" not in text
