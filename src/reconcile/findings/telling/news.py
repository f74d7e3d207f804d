"""What is new about a finding that people had settled: the reasons to ask again, said to who reads the list."""

from __future__ import annotations

import polars as pl

from reconcile.contract.columns import COLUMNS
from reconcile.contract.tables import EXTRACTS
from reconcile.findings.telling.evidence import RECORD
from reconcile.query import sql
from reconcile.store import Store

NEWS = {"finding_id": pl.String, "condition": pl.String, "detail": pl.String, "sentence": pl.String}
"""What is new about a finding: a condition of ``settling.statuses``, keys and fields for the history, and a sentence for the list."""


def collect(store: Store) -> pl.DataFrame:
    """All that is new tonight (columns of ``NEWS``); ``find.stated`` is tonight's. Of several, the first is said to the clerk."""
    parts = {"evidence_changed": _since_dismissed(store), "still_delivered": _since_corrected(store), "unasked": _since_answered(store)}
    frames = [part.with_columns(condition=pl.lit(condition)) for condition, part in parts.items()]
    return pl.concat([pl.DataFrame(schema=NEWS), *frames], how="diagonal").select(*NEWS)


def add(findings: pl.DataFrame, news: pl.DataFrame) -> pl.DataFrame:
    """Reasons that also say why a finding that was settled is asked again."""
    first = news.unique("finding_id", keep="first", maintain_order=True).select("finding_id", "sentence")
    joined = findings.join(first, on="finding_id", how="left", maintain_order="left")
    return joined.with_columns(reason=pl.concat_str("reason", "sentence", ignore_nulls=True)).drop("sentence")


def _since_dismissed(store: Store) -> pl.DataFrame:
    """Dismissed findings whose evidence is not what it was; ``find.stated`` is tonight's.

    Returns ``finding_id``, ``detail`` (keys and fields, for the history) and ``sentence`` (Chinese, for the worklist).
    """
    rows = store.frame(sql("life/changed")).filter(~pl.col("is_new_record") | (pl.col("field") == RECORD))
    record = pl.col("record_type").replace({name: extract.chinese for name, extract in EXTRACTS.items()})
    field = pl.col("field").replace({name: column.chinese for name, column in COLUMNS.items()})
    parts = rows.with_columns(
        part=pl.col("record_type")
        + " "
        + pl.col("record_key")
        + pl.when("is_new_record").then(pl.lit("")).otherwise(" " + pl.col("field")),
        record=pl.when("is_new_record").then(record),
        changed=pl.when(~pl.col("is_new_record")).then(field),
    )
    changes = parts.group_by("finding_id", maintain_order=True).agg(
        detail=pl.col("part").str.join("; "),
        records=pl.col("record").drop_nulls().unique(maintain_order=True).str.join("、"),
        fields=pl.col("changed").drop_nulls().unique(maintain_order=True).str.join("、"),
    )
    news = pl.concat_str(
        pl.when(pl.col("records") != "").then(pl.lit("新出现") + pl.col("records")),
        pl.when(pl.col("fields") != "").then(pl.col("fields") + "有变化"),
        separator="，",
        ignore_nulls=True,
    )
    return changes.select("finding_id", "detail", sentence=pl.lit("此前核实为不属实，此后") + news + "，请重新核实。")


def _since_corrected(store: Store) -> pl.DataFrame:
    """Findings answered as corrected that a later delivery still shows: ``finding_id`` and ``sentence``."""
    still = store.frame(sql("life/uncorrected"))
    return still.with_columns(sentence=pl.lit("此前答复已纠正，但此后送来的数据仍有此问题，请重新核实。"))


def _since_answered(store: Store) -> pl.DataFrame:
    """Findings that were answered before they asked about all they ask tonight: ``finding_id`` and ``sentence``."""
    asked = store.frame(sql("life/unasked"))
    return asked.with_columns(sentence=pl.lit("此前已有答复，但此后新出现常住人口登记，请连同该登记一并核实。"))
