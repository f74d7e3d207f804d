"""Receipts: what became of each row of a returned worklist, in words a clerk can act on.

A receipt names rows, finding numbers, and what an answer was understood as; it repeats no text of the file, so it names no person.
"""

from __future__ import annotations

from itertools import chain, count
from pathlib import Path

import polars as pl

from reconcile.contract.codes import METHOD, OUTCOME
from reconcile.contract.columns import COLUMNS
from reconcile.settings import Settings

RESULTS = ("采用", "已收到过", "退回")
"""Accepted, known from an earlier file or row, refused."""

_FILE = "文件无法读取，或找不到清单的表头。请用下发的清单填写，存为 XLSX 或 CSV 后重新交回。"
_UNANSWERED = "清单中没有填写任何答复"
_REASONS = {
    "finding_check": "编号有误，校验字符不符，请按清单原样填写",
    "finding_unknown": "没有这个编号，可能是其他单位的清单",
    "other_station": "该编号没有下发给这个派出所",
    "station_differs": "本行的派出所代码与清单文件名中的派出所不一致",
    "other_agency": "该编号不由本部门核实",
    "station_missing": "看不出是哪个派出所的答复，请保留清单的文件名或填写派出所代码",
    "verified_too_early": "核实日期远早于问题发现的日期，请核对年份",
    "verified_too_late": "核实日期在以后，请核对年份",
    "verified_before_reopened": "该问题此后有变化、已重新提出，请按新的清单重新核实",
    "answers_disagree": "本文件对同一编号的答复不一致，请只保留一种",
    "required": "没有填写",
    "code_unknown": "不在可选范围内",
    "columns": "本行的列数多于表头",
    "quote": "本行的引号不成对",
    "encoding": "本行有无法识别的文字编码",
    "length": "本行过长",
}
_DATE = "不是完整的日期，请写成 2026-11-25 的样子"
_FORM = "格式不对"
_NAME = "请在备注中写明应由哪个派出所核实（全称、简称或代码，如“转城东所”）后再次交回"
_NO_STATION = f"备注中没有认出派出所，{_NAME}"
_SEVERAL_STATIONS = f"备注可指多个派出所，{_NAME}；简称须加县名，如“转云岭城东所”"
_SCHEMA = {"line": pl.Int64, "finding_id": pl.String, "result": pl.String, "understood": pl.String, "reason": pl.String}


def of_file() -> pl.DataFrame:
    """What the receipt says when a whole file could not be used."""
    return pl.DataFrame([(None, None, RESULTS[2], None, _FILE)], schema=_SCHEMA, orient="row")


def of_rows(judged: pl.DataFrame, rejects: pl.DataFrame, numbers: pl.DataFrame) -> pl.DataFrame:
    """One row per answered row of the file: ``line``, ``finding_id``, ``result``, ``understood``, ``reason``, by line.

    Args:
        judged: result of ``judge.judge``.
        rejects: columns of ``ops.reject`` for what the standardising and the reading refused.
        numbers: ``line`` and ``finding_id`` of rows whose number has the right check character.

    """
    column = pl.col("column_name")
    heading = column.replace_strict({name: declared.chinese for name, declared in COLUMNS.items()}, default="", return_dtype=pl.String)
    refusals = rejects.select("line", "severity", reason=heading.fill_null("") + _worded() + _choices())
    refused = refusals.filter(severity="row").group_by("line").agg(pl.col("reason").unique(maintain_order=True).str.join("；"))
    partly = refusals.filter(severity="value").group_by("line").agg(remark=pl.col("reason").unique(maintain_order=True).str.join("；"))
    counted = judged.select(
        "line",
        "finding_id",
        result=pl.when(pl.col("rule").is_not_null())
        .then(pl.lit(RESULTS[2]))
        .when("is_repeated")
        .then(pl.lit(RESULTS[1]))
        .otherwise(pl.lit(RESULTS[0])),
        understood=pl.when(pl.col("rule").is_null()).then(
            pl.concat_str(
                pl.col("outcome").replace(OUTCOME.known),
                pl.lit("转") + pl.col("to_station"),
                pl.col("verified_on").cast(pl.String),
                separator="，",
                ignore_nulls=True,
            )
        ),
        reason=pl.coalesce(_worded(), _not_named()),
    ).join(partly, on="line", how="left")
    taken = pl.col("remark") + "，未采用该项"
    counted = counted.with_columns(reason=pl.coalesce("reason", pl.when(pl.col("result") == RESULTS[0]).then(taken))).drop("remark")
    unread = refused.join(numbers, on="line", how="left").with_columns(result=pl.lit(RESULTS[2]), understood=pl.lit(None, pl.String))
    rows = pl.concat([counted.select(*_SCHEMA), unread.select(*_SCHEMA)]).sort("line")
    return rows if rows.height else pl.DataFrame([(None, None, None, None, _UNANSWERED)], schema=_SCHEMA, orient="row")


def _choices() -> pl.Expr:
    """What could have been written instead of a code that nobody knows."""
    listed = {name: f"，应为{'、'.join(codes.known.values())}之一" for name, codes in (("outcome", OUTCOME), ("method", METHOD))}
    choices = pl.col("column_name").replace_strict(listed, default="", return_dtype=pl.String)
    return pl.when(rule="code_unknown").then(choices).otherwise(pl.lit(""))


def _not_named() -> pl.Expr:
    """What to do about a note that names no station to go to, or more than one."""
    stations = pl.col("stations")
    return pl.when(stations == 0).then(pl.lit(_NO_STATION)).when(stations > 1).then(pl.lit(_SEVERAL_STATIONS))


def _worded() -> pl.Expr:
    rule = pl.col("rule")
    other = pl.when(rule.str.starts_with("date_")).then(pl.lit(_DATE)).when(rule.is_not_null()).then(pl.lit(_FORM))
    return pl.coalesce(rule.replace_strict(_REASONS, default=None, return_dtype=pl.String), other)


def path(settings: Settings, file: str, recipient: str | None, load_id: int) -> Path:
    """Where the receipt of a file goes: the folder of its station, ``unknown`` when the file does not say; none is overwritten."""
    folder, name = settings.home.receipts / (recipient or "unknown"), f"receipt_{Path(file).stem}_{load_id}"
    names = chain([name], (f"{name}_{number}" for number in count(2)))
    return next(free for candidate in names if not (free := folder / f"{candidate}.csv").exists())


def write(rows: pl.DataFrame, places: pl.DataFrame, target: Path) -> None:
    """Write a receipt; ``places`` has the ``row`` of each ``line``."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shown = rows.join(places, on="line", how="left", maintain_order="left").select(
        pl.col("row").cast(pl.String).alias("表格行号"),
        pl.col("finding_id").alias("编号"),
        pl.col("result").alias("处理结果"),
        pl.col("understood").alias("登记为"),
        pl.col("reason").alias("原因"),
    )
    shown.fill_null("").write_csv(target, include_bom=True, line_terminator="\r\n", quote_style="always")
