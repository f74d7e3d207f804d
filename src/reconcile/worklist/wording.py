"""Chinese text of worklist cells, as Polars expressions over the columns of ``sql/worklist/*.sql``."""

from __future__ import annotations

import polars as pl

from reconcile import cells
from reconcile.contract import codes
from reconcile.contract.columns import COLUMNS
from reconcile.contract.tables import EXTRACTS

KEY = ["finding_id", "record_type", "record_key"]

_AGENCIES = {"police": "公安", "health": "卫健", "civil_affairs": "民政", "resettlement": "安置部门"}
_SOURCES = {name: _AGENCIES.get(extract.agency, "") + extract.chinese for name, extract in EXTRACTS.items()}
_REFERENCES = {name: COLUMNS[extract.key[0]].chinese for name, extract in EXTRACTS.items()}
_FIELDS = {name: column.chinese for name, column in COLUMNS.items()}
_DIFFERING = ("name", "sex", "birth_date", "citizen_id", "father_name", "mother_name", "spouse_name", "death_date")


def _label(column: str, labels: dict[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(labels, default=None, return_dtype=pl.String)


def _labelled(label: pl.Expr | str, value: str | pl.Expr) -> pl.Expr:
    """``label：value``, null where the value is."""
    heading = pl.lit(label) if isinstance(label, str) else label
    shown = pl.col(value) if isinstance(value, str) else value
    return heading + "：" + shown.cast(pl.String)


def _phrase(*parts: pl.Expr) -> pl.Expr:
    """The parts that are there, as one phrase; empty text when none is."""
    return pl.concat_str(*parts, separator="，", ignore_nulls=True)


def _listed(*parts: pl.Expr) -> pl.Expr:
    """The parts that are there, as a list; empty text when none is."""
    return pl.concat_str(*parts, separator="；", ignore_nulls=True)


def number(column: str) -> pl.Expr:
    """A citizen number as delivered, without the guards of the delivery."""
    return cells.unguarded(pl.col(column).str.strip_chars(" \u3000\ufeff\u200b")).str.strip_chars()


def registration() -> pl.Expr:
    """登记信息: sex, birth, address, state and origin of the subject's own record; for an event, its date."""
    active = pl.when(pl.col("record_type") == "police_resident").then(pl.lit("在册"))
    cancelled = _phrase(_label("cancel_kind", codes.CANCEL_KIND.known), pl.col("cancelled_on").cast(pl.String))
    kind = "（" + _label("registration_kind", codes.REGISTRATION_KIND.known) + "）"
    registered = pl.col("registered_on").cast(pl.String) + "登记" + kind.fill_null("")
    state = pl.when(pl.col("cancel_kind").is_null()).then(active).otherwise("已注销（" + cancelled + "）")
    stated = pl.col("stated_code").fill_null("缺失")
    parts = [
        _phrase(_label("sex", codes.SEX.known), pl.col("birth_date").cast(pl.String) + "出生"),
        _labelled(_FIELDS["address_text"], "address_text"),
        _phrase(state, registered),
        _labelled(_FIELDS["death_date"], "death_date"),
        _event(),
        pl.when(pl.col("recipient") == "unrouted").then(_labelled(_FIELDS["station_code"], stated)),
    ]
    return _listed(*(part.replace("", None) for part in parts))


def _event() -> pl.Expr:
    return _labelled(_label("event_field", _FIELDS), "event_on")


def others(pairs: pl.DataFrame) -> pl.DataFrame:
    """Beside each subject its finding's other records: 对方来源, 对方信息, 不一致项, 另一派出所.

    Args:
        pairs: rows of ``sql/worklist/other.sql``.

    Returns:
        One row per subject that has other records: ``finding_id``, ``record_type``, ``record_key``, ``sources``,
        ``references``, ``differences``, ``stations``. Of the record of another station no more than its reference
        and what differs.

    """
    is_register = pl.col("other_type") == "police_resident"
    place = pl.when(pl.col("is_same_station")).then(pl.lit("（本所）")).otherwise(pl.lit("（他所）"))
    reference = _labelled(_label("other_type", _REFERENCES), "other_key")
    several = pl.len().over(KEY) > 1
    station = pl.col("other_station_name").fill_null("未知派出所") + "（" + pl.col("other_station") + "）"
    worded = pairs.with_columns(number("number"), number("other_number")).select(
        *KEY,
        pl.when(is_register).then(_label("other_type", _SOURCES) + place).otherwise(_label("other_type", _SOURCES)).alias("source"),
        _phrase(reference, _labelled(_FIELDS["death_date"], "other_death_date"), _event()).alias("reference"),
        pl.when(several & (_differences() != ""))
        .then(pl.col("other_key") + " " + _differences())
        .otherwise(_differences())
        .alias("difference"),
        pl.when(~pl.col("is_same_station") & pl.col("other_type").str.starts_with("police")).then(station).alias("station"),
    )
    return worded.group_by(KEY, maintain_order=True).agg(
        _joined("source").alias("sources"),
        _joined("reference").alias("references"),
        _joined("difference").alias("differences"),
        _joined("station").alias("stations"),
    )


def _differences() -> pl.Expr:
    columns = {"citizen_id": "number"}
    pairs = [(_FIELDS[name], columns.get(name, name)) for name in _DIFFERING]
    return _listed(*(_difference(label, name) for label, name in pairs))


def _difference(label: str, column: str) -> pl.Expr:
    def shown(name: str) -> pl.Expr:
        return _label(name, codes.SEX.known) if column == "sex" else pl.col(name).cast(pl.String)

    return _labelled(label, "本登记 " + shown(column)) + "，对方 " + shown(f"other_{column}")


def _joined(column: str) -> pl.Expr:
    """The distinct values of a group in order, null and empty ones left out."""
    value = pl.col(column).replace("", None)
    return value.drop_nulls().unique(maintain_order=True).str.join("；")


def own_evidence(evidence: pl.DataFrame) -> pl.DataFrame:
    """Where each registration and its own number contradict each other: ``own_differences``, from ``sql/worklist/own_evidence.sql``."""
    label = _label("field", _FIELDS).fill_null(pl.col("field"))
    worded = evidence.select(*KEY, (label + "：登记 " + pl.col("register_value") + "，号码 " + pl.col("source_value")).alias("difference"))
    return worded.group_by(KEY, maintain_order=True).agg(_joined("difference").alias("own_differences"))
