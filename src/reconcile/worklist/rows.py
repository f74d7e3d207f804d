"""The rows of all worklists, worded for clerks: three queries, then expressions; no loop over findings."""

from __future__ import annotations

import polars as pl

from reconcile import cells
from reconcile.findings.raising import rules
from reconcile.findings.raising.rules import Rule
from reconcile.query import sql
from reconcile.store import Store
from reconcile.worklist import records, wording
from reconcile.worklist.columns import HEADINGS


def all_lists(store: Store) -> pl.DataFrame:
    """Every row of every list: ``recipient``, ``station_name``, then the columns of ``HEADINGS`` as clean text.

    ``recipient`` is a station code, ``unrouted``, ``health`` or ``civil_affairs``. One row per finding and subject;
    ordered by recipient and the place of the finding there, so that rows of one finding stand together. ``waiting`` is
    how many findings of the recipient stand on no list yet, ``standing`` a key of ``wording.STANDING``.
    """
    declared = rules.discover()
    records.collect(store, declared)
    rows = store.frame(sql("worklist/item"))
    beside = (
        wording.others(store.frame(sql("worklist/other"))),
        wording.own_evidence(store.frame(sql("worklist/own_evidence"))),
        wording.strongest(store.frame(sql("worklist/strongest"))),
        store.frame(sql("worklist/waiting")),
    )
    for frame in beside:
        common = [name for name in frame.columns if name in wording.KEY]
        rows = rows.join(frame, on=common, how="left", maintain_order="left")
    texts = [cells.cleaned(text.cast(pl.String)).fill_null("").alias(heading) for heading, text in _list_columns(declared).items()]
    return rows.select("recipient", "station_name", "standing", "waiting", *texts)


def _list_columns(declared: list[Rule]) -> dict[str, pl.Expr]:
    """Heading → expression; the columns a station fills are empty."""
    chinese = {rule.finding_type: rule.chinese for rule in declared}
    differences = pl.concat_str("about", pl.col("differences").replace("", None), "own_differences", separator="；", ignore_nulls=True)
    roles = {f"{rule.finding_type}.{role}": text for rule in declared for role, text in rule.suggestions.items()}
    of_role = pl.concat_str("finding_type", "role", separator=".").replace_strict(roles, default=None, return_dtype=pl.String)
    repeated = pl.when(pl.col("rows_on_list") > 1).then(pl.format("（本编号在本表有{}行，填写其中一行即可。）", "rows_on_list"))
    filled = {
        "编号": pl.col("finding_id"),
        "办理状态": pl.col("standing").replace_strict(wording.STANDING),
        "问题类型": pl.col("finding_type").replace(chinese),
        "人员编号": pl.col("registration_id"),
        "姓名": pl.col("name"),
        "公民身份号码": wording.number("number"),
        "登记信息": wording.registration(),
        "对方记录": pl.col("counterparts"),
        "不一致项": differences,
        "判断依据": pl.concat_str("reason", "strongest", ignore_nulls=True),
        "建议核查": pl.concat_str(of_role.fill_null(pl.col("suggestion")), repeated, ignore_nulls=True),
        "截止日期": pl.col("due_on"),
        "优先级": pl.col("priority"),
        "村（居）委会": pl.col("community"),
    }
    return {heading: filled.get(heading, pl.lit("")) for heading in HEADINGS}
