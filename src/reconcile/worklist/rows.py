"""The rows of all worklists, worded for clerks: three queries, then expressions; no loop over findings."""

from __future__ import annotations

import polars as pl

from reconcile import cells
from reconcile.findings import rules
from reconcile.query import sql
from reconcile.store import Store
from reconcile.worklist import records, wording
from reconcile.worklist.columns import HEADINGS

UNROUTED = "unrouted"
"""Recipient of findings whose station nobody knows."""


def all_lists(store: Store) -> pl.DataFrame:
    """Every row of every list: ``recipient``, ``station_name``, then the columns of ``HEADINGS`` as clean text.

    ``recipient`` is a station code, ``unrouted``, ``health`` or ``civil_affairs``. One row per finding and subject;
    ordered by recipient, priority, due date and finding, so that rows of one finding stand together.
    """
    records.collect(store)
    rows = store.frame(sql("worklist/item"))
    for beside in (wording.others(store.frame(sql("worklist/other"))), wording.own_evidence(store.frame(sql("worklist/own_evidence")))):
        rows = rows.join(beside, on=wording.KEY, how="left", maintain_order="left")
    texts = [cells.cleaned(text.cast(pl.String)).fill_null("").alias(heading) for heading, text in _shown().items()]
    return rows.select("recipient", "station_name", *texts)


def _shown() -> dict[str, pl.Expr]:
    """Heading → expression; the columns a station fills are empty."""
    chinese = {rule.finding_type: rule.chinese for rule in rules.discover()}
    differences = pl.concat_str(pl.col("differences").replace("", None), "own_differences", separator="；", ignore_nulls=True)
    repeated = pl.when(pl.col("rows_on_list") > 1).then(pl.format("（本编号在本表有{}行，填写其中一行即可。）", "rows_on_list"))
    filled = {
        "编号": pl.col("finding_id"),
        "问题类型": pl.col("finding_type").replace(chinese),
        "优先级": pl.col("priority"),
        "人员编号": pl.when(pl.col("record_type") == "police_resident").then("record_key"),
        "姓名": pl.col("name"),
        "公民身份号码": wording.number("number"),
        "户号": pl.col("household_no"),
        "登记信息": wording.registration(),
        "对方来源": pl.col("sources"),
        "对方信息": pl.col("references"),
        "不一致项": differences,
        "判断依据": pl.col("reason"),
        "建议核查": pl.concat_str("suggestion", repeated, ignore_nulls=True),
        "截止日期": pl.col("due_on"),
        "另一派出所": pl.col("stations"),
    }
    return {heading: filled.get(heading, pl.lit("")) for heading in HEADINGS}
